import type { Calls, CallsByType } from "./calls";
import { of } from "./calls";

const alarm = (name: string): Pick<Calls, "arn"> => ({
  arn: of("cloudwatch", (stack, { prefix }) => `alarm:${prefix}-${stack}-${name}`),
});
const topic = (name: string): Pick<Calls, "arn"> => ({
  arn: of("sns", (stack, { prefix }) => `${prefix}-${stack}-${name}`),
});
const CHANGE = "cloudwatch:DeleteAlarms cloudwatch:UntagResource";
/** Both severities have a topic. */
const TOPICS = ["critical", "warning"].map(topic);
/** The hub's own topic. */
const EVENTS: Pick<Calls, "arn" | "only"> = {
  only: "hub",
  arn: of("sns", (_, { prefix }) => `${prefix}-network-events`),
};

/** For the alarms, what they notify, and the dashboard. */
export const ALARM_CALLS: CallsByType = {
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": [
    { ...alarm("critical"), make: "cloudwatch:PutCompositeAlarm cloudwatch:TagResource", change: CHANGE },
    // Composite alarms are described only to those who may describe every alarm.
    { read: "cloudwatch:DescribeAlarms" },
    { ...alarm("critical"), read: "cloudwatch:ListTagsForResource" },
  ],
  "aws:cloudwatch/dashboard:Dashboard": [
    {
      make: "cloudwatch:PutDashboard",
      change: "cloudwatch:DeleteDashboards",
      read: "cloudwatch:GetDashboard",
      arn: ({ account, prefix, stack }) => `arn:aws:cloudwatch::${account}:dashboard/${prefix}-${stack}`,
    },
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    { ...alarm("nat-ports-1"), make: "cloudwatch:PutMetricAlarm cloudwatch:TagResource", change: CHANGE },
    { ...alarm("nat-ports-1"), read: "cloudwatch:DescribeAlarms cloudwatch:ListTagsForResource" },
  ],
  "aws:sns/topic:Topic": [EVENTS, ...TOPICS].map((each) => ({
    ...each,
    make: "sns:CreateTopic sns:SetTopicAttributes sns:TagResource",
    change: "sns:DeleteTopic sns:UntagResource",
    read: "sns:GetTopicAttributes sns:ListTagsForResource",
  })),
  "aws:sns/topicPolicy:TopicPolicy": [EVENTS, ...TOPICS].map((each) => ({
    ...each,
    make: "sns:SetTopicAttributes",
    read: "sns:GetTopicAttributes",
  })),
  "aws:sns/topicSubscription:TopicSubscription": [
    ...[EVENTS, ...TOPICS].map((each) => ({
      ...each,
      make: "sns:Subscribe",
      context: () => ({ "sns:Protocol": "email", "sns:Endpoint": "network@example.org" }),
    })),
    { change: "sns:SetSubscriptionAttributes sns:Unsubscribe", read: "sns:GetSubscriptionAttributes" },
  ],
};
