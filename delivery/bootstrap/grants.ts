import { type Naming, parameterPath } from "../../components/names";
import type { Statement } from "../../components/policy-document";

/** A stack and the account that it is deployed to. */
export interface Scope extends Naming {
  /** Keys of the provider's default tags, the same for every stack. */
  readonly tagKeys: readonly string[];
  /** Name of the stack, with which the names of its resources begin. */
  readonly stack: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** ARN of the permissions boundary that every role of the stack must have. */
  readonly boundaryArn: string;
}

/** Permissions to create, change and delete some types of resources. */
export interface Grant {
  /** Pulumi types of these resources. A test compares them with the types in the plan. */
  readonly types: readonly string[];
  /** Statements, each with a Sid. */
  readonly statements: readonly Statement[];
}

/** Condition values: the resource has the tag Project of this program, which the provider sets on every resource. */
export const ours = ({ prefix }: Scope) => ({ "aws:ResourceTag/Project": prefix }) as const;

/** Condition values: the request sets the tag Project of this program. */
export const becomesOurs = ({ prefix }: Scope) => ({ "aws:RequestTag/Project": prefix }) as const;

/** Conditions: the request names tag keys, all of them the provider's default ones. */
export const defaultTagsAlone = ({ tagKeys }: Scope) =>
  ({
    // The second condition excludes a request that names no key, which would remove all tags.
    "ForAllValues:StringEquals": { "aws:TagKeys": tagKeys },
    Null: { "aws:TagKeys": "false" },
  }) as const;

/** Allows actions on any resource in the stack's Region. */
export function inRegion({ region }: Scope, Sid: string, Action: readonly string[]): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    // For actions without resource-level permissions, or whose resources have no name: only the Region can be
    // restricted.
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": region } },
  };
}

/** Allows actions in the stack's Region on resources with the program's tag. */
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

/** Allows actions on resources with these ARNs. */
export function on(Sid: string, Action: readonly string[], Resource: string | readonly string[]): Statement {
  return { Sid, Effect: "Allow", Action, Resource };
}

/** Kinds of resources that one account shares with another. It is not documented which account's ARN IAM compares. */
const SHARED: readonly string[] = ["transit-gateway", "transit-gateway-attachment"];

/** ARNs of all EC2 resources of some kinds in the account and Region: `vpc`, `subnet`, ... */
export function ec2({ account, region }: Pick<Scope, "account" | "region">, ...kinds: readonly string[]): string[] {
  return kinds.map((kind) => `arn:aws:ec2:${region}:${SHARED.includes(kind) ? "*" : account}:${kind}/*`);
}

/** ARNs of a cluster and of everything that EKS has in it. */
export function clusterArns({ account, region }: Scope, cluster: string): string[] {
  const eks = `arn:aws:eks:${region}:${account}`;
  const kinds = ["access-entry", "addon", "nodegroup", "podidentityassociation"];
  return [`${eks}:cluster/${cluster}`, ...kinds.map((kind) => `${eks}:${kind}/${cluster}/*`)];
}

const named = ({ account }: Scope, roles: readonly string[]): string[] =>
  roles.map((role) => `arn:aws:iam::${account}:role/${role}`);

/** Allows actions on roles that have the permissions boundary, or get it by the request. */
function onBounded(scope: Scope, Sid: string, Action: readonly string[], roles: readonly string[]): Statement {
  return {
    ...on(Sid, Action, named(scope, roles)),
    // Without it, a principal that may create a role and write its policy could do everything (IAM User Guide,
    // "Permissions boundaries for IAM entities", delegating).
    Condition: { StringEquals: { "iam:PermissionsBoundary": scope.boundaryArn } },
  };
}

/**
 * Grant for roles with inline policies. They must have the permissions boundary.
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
      // No condition key of these actions has the boundary of the role.
      on("TagRoles", ["iam:TagRole", "iam:UntagRole"], named(scope, roles)),
    ],
  };
}

/** Roles that may be passed to some services. */
export interface Passed {
  readonly Sid: string;
  /** Patterns of their names. */
  readonly roles: readonly string[];
  /** Names of the services, `SERVICE.amazonaws.com`. */
  readonly services: readonly string[];
}

/** Grant for attaching managed policies to the stack's roles, and for passing roles to services. */
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

/** ARN pattern of the SSM parameters of a stack, one of which is the deletion guard. */
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
