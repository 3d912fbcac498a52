import { eventsTopicName, parameterPath } from "../../components/names";
import { on, type Grant, type Scope } from "./grants";

const RULE_ACTIONS = [
  "events:DeleteRule",
  "events:PutRule",
  "events:PutTargets",
  "events:RemoveTargets",
  "events:TagResource",
  "events:UntagResource",
];

/** What EventBridge rules take whose names begin with these. */
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

/** What the hub takes to tell of changes of the transit gateway. */
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
