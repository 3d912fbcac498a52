import { eventsTopicName, parameterPath } from "../../components/names";
import type { Statement } from "../../components/policy-document";
import { type Grant, on, type Scope } from "./grants";

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
