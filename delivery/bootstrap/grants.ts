import { eventsTopicName, type Naming, parameterPath } from "../../components/names";
import type { Statement } from "../../components/policy-document";

/** The account that a stack is deployed into. */
export interface Scope extends Naming {
  /** Keys of the provider's default tags, the same for every stack. */
  readonly tagKeys: readonly string[];
  /** Name of the stack, which the names of its resources begin with. */
  readonly stack: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Policy that every role of the stack must be bounded by. */
  readonly boundaryArn: string;
}

/** Permissions to create, change and delete some types of resources. */
export interface Grant {
  /** Pulumi types that it is for. A test compares them with the types in the plan. */
  readonly types: readonly string[];
  /** Each with a Sid; the types are the reason. */
  readonly statements: readonly Statement[];
}

/** Condition: the resource has the tag Project of this program, which the provider sets on everything. */
export const ours = ({ prefix }: Scope) => ({ "aws:ResourceTag/Project": prefix }) as const;

/** A request that gives something the tag Project. */
export const becomesOurs = ({ prefix }: Scope) => ({ "aws:RequestTag/Project": prefix }) as const;

/** A request that names tag keys, and none but the provider's own. */
export const defaultTagsAlone = ({ tagKeys }: Scope) =>
  ({
    // Without the second condition a request that names no key would pass: it removes all tags.
    "ForAllValues:StringEquals": { "aws:TagKeys": tagKeys },
    Null: { "aws:TagKeys": "false" },
  }) as const;

/** Allows actions on anything in the region of the stack. */
export function inRegion({ region }: Scope, Sid: string, Action: readonly string[]): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    // For actions without resource-level permissions, or whose resources have no name: only the Region can be restricted.
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": region } },
  };
}

/** Allows actions in the region of the stack, on what this program's provider has tagged. */
export function onOurs(
  scope: Scope,
  Sid: string,
  Action: readonly string[],
  Resource: string | readonly string[] = "*",
): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    Resource,
    Condition: { StringEquals: { "aws:RequestedRegion": scope.region, ...ours(scope) } },
  };
}

/** Allows actions on resources that have a name, or on all of a kind. */
export function on(Sid: string, Action: readonly string[], Resource: string | readonly string[]): Statement {
  return { Sid, Effect: "Allow", Action, Resource };
}

/** Kinds that one account shares with another: which of the two is in the ARN that IAM sees is not documented. */
const SHARED: readonly string[] = ["transit-gateway", "transit-gateway-attachment"];

/** ARN of everything of some kinds that EC2 has in the account and region: `vpc`, `subnet`, ... */
export function ec2({ account, region }: Pick<Scope, "account" | "region">, ...kinds: readonly string[]): string[] {
  return kinds.map((kind) => `arn:aws:ec2:${region}:${SHARED.includes(kind) ? "*" : account}:${kind}/*`);
}

const named = ({ account }: Scope, roles: readonly string[]): string[] =>
  roles.map((role) => `arn:aws:iam::${account}:role/${role}`);

/** Allows actions on roles that have the boundary, or get it by the request. */
function onBounded(scope: Scope, Sid: string, Action: readonly string[], roles: readonly string[]): Statement {
  return {
    ...on(Sid, Action, named(scope, roles)),
    // Without it, a principal that may create a role and write its policy could do everything (IAM User Guide,
    // "Permissions boundaries for IAM entities", delegating).
    Condition: { StringEquals: { "iam:PermissionsBoundary": scope.boundaryArn } },
  };
}

/**
 * Roles with policies of their own, bounded or not at all.
 *
 * @param roles patterns of their names; none has a path
 */
export function roleGrant(scope: Scope, roles: readonly string[]): Grant {
  return {
    types: ["aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"],
    statements: [
      onBounded(
        scope,
        "MakeBoundedRoles",
        [
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:DeleteRolePolicy",
          "iam:PutRolePermissionsBoundary",
          "iam:PutRolePolicy",
          "iam:UpdateAssumeRolePolicy",
          "iam:UpdateRole",
          "iam:UpdateRoleDescription",
        ],
        roles,
      ),
      // No condition knows the boundary of a role that is tagged.
      on("TagRoles", ["iam:TagRole", "iam:UntagRole"], named(scope, roles)),
    ],
  };
}

/** Roles, by patterns of their names, that may be passed to some services. */
export interface Passed {
  readonly Sid: string;
  readonly roles: readonly string[];
  /** Names of the services, `SERVICE.amazonaws.com`. */
  readonly services: readonly string[];
}

/** Managed policies on the roles of the stack, and handing roles to the services that work with them. */
export function serviceAccessGrant(scope: Scope, passed: readonly Passed[]): Grant {
  return {
    types: ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"],
    statements: [
      onBounded(scope, "AttachPolicies", ["iam:AttachRolePolicy", "iam:DetachRolePolicy"], [`${scope.stack}-*`]),
      ...passed.map(({ Sid, roles, services }) => ({
        ...on(Sid, ["iam:PassRole"], named(scope, roles)),
        Condition: { StringEquals: { "iam:PassedToService": services } },
      })),
    ],
  };
}

/** Grant for service-linked roles, which AWS services create on first use in an account. */
export function serviceLinkedRoleGrant(services: readonly string[]): Grant {
  return {
    types: [],
    statements: [
      {
        ...on("LetServicesMakeTheirRoles", ["iam:CreateServiceLinkedRole"], "arn:aws:iam::*:role/aws-service-role/*"),
        Condition: { StringEquals: { "iam:AWSServiceName": services } },
      },
    ],
  };
}

const RULE_ACTIONS = [
  "events:DeleteRule",
  "events:PutRule",
  "events:PutTargets",
  "events:RemoveTargets",
  "events:TagResource",
  "events:UntagResource",
];

/** Grant for EventBridge rules whose names begin with these. */
export function ruleGrant({ account, region }: Scope, Sid: string, names: readonly string[]): Grant {
  return {
    types: ["aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"],
    statements: [
      on(
        Sid,
        RULE_ACTIONS,
        names.map((name) => `arn:aws:events:${region}:${account}:rule/${name}-*`),
      ),
    ],
  };
}

/** Grants for the notifications of transit gateway changes. */
export function hubEventGrants(scope: Scope): readonly Grant[] {
  const { stack, account, region, prefix } = scope;
  return [
    ruleGrant(scope, "KeepRules", [`${stack}-transit-events`]),
    {
      types: ["aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy"],
      statements: [
        on(
          "KeepTopic",
          ["sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"],
          `arn:aws:sns:${region}:${account}:${eventsTopicName(prefix)}`,
        ),
      ],
    },
  ];
}

/** Parameters of a stack: the guard that keeps a destroy without a preview from beginning. */
export function parameterArn({ stack, account, region, prefix }: Scope): string {
  return `arn:aws:ssm:${region}:${account}:parameter${parameterPath(prefix, stack)}/*`;
}

export function guardGrant(scope: Scope): Grant {
  return {
    types: ["aws:ssm/parameter:Parameter"],
    statements: [
      on(
        "KeepParameters",
        ["ssm:AddTagsToResource", "ssm:DeleteParameter", "ssm:PutParameter", "ssm:RemoveTagsFromResource"],
        parameterArn(scope),
      ),
    ],
  };
}
