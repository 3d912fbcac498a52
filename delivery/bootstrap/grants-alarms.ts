import { alarmPrefix, alarmTopicName } from "../../components/alarms/names";
import { type Grant, inRegion, on, type Scope } from "./grants";

/**
 * Grants for the alarms of a stack, its dashboard, and the topics that they notify.
 *
 * @param otherTopics ARNs of the stack's topics for other purposes
 */
export function alarmGrants(scope: Scope, otherTopics: readonly string[] = []): readonly Grant[] {
  const { stack, account, region, prefix } = scope;
  const named = alarmPrefix(prefix, stack);
  const topics = [...otherTopics, ...alarmTopicArns(scope)];
  return [
    {
      types: ["aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy"],
      statements: [
        on(
          "KeepTopics",
          ["sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"],
          topics,
        ),
      ],
    },
    {
      types: ["aws:cloudwatch/compositeAlarm:CompositeAlarm", "aws:cloudwatch/metricAlarm:MetricAlarm"],
      statements: [
        on(
          "KeepAlarms",
          [
            "cloudwatch:DeleteAlarms",
            "cloudwatch:PutCompositeAlarm",
            "cloudwatch:PutMetricAlarm",
            "cloudwatch:TagResource",
            "cloudwatch:UntagResource",
          ],
          `arn:aws:cloudwatch:${region}:${account}:alarm:${named}-*`,
        ),
      ],
    },
    {
      types: ["aws:cloudwatch/dashboard:Dashboard"],
      statements: [
        {
          // A dashboard has no Region, and no tags (Service Authorization Reference, Amazon CloudWatch).
          ...on("KeepDashboard", ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"], dashboardArn(scope)),
          Condition: { StringEquals: { "aws:RequestedRegion": region } },
        },
      ],
    },
    {
      types: ["aws:sns/topicSubscription:TopicSubscription"],
      statements: [
        {
          ...on("SubscribeAddresses", ["sns:Subscribe"], topics),
          Condition: { StringEquals: { "sns:Protocol": "email" } },
        },
        // These actions have no resource: a subscription is named by the request alone.
        inRegion(scope, "ChangeSubscriptions", ["sns:SetSubscriptionAttributes", "sns:Unsubscribe"]),
      ],
    },
  ];
}

/** ARNs of the two topics of the alarms. */
function alarmTopicArns({ stack, account, region, prefix }: Scope): string[] {
  return (["critical", "warning"] as const).map(
    (severity) => `arn:aws:sns:${region}:${account}:${alarmTopicName(prefix, stack, severity)}`,
  );
}

/** ARN of the stack's dashboard. */
export function dashboardArn({ stack, account, prefix }: Scope): string {
  return `arn:aws:cloudwatch::${account}:dashboard/${alarmPrefix(prefix, stack)}`;
}
