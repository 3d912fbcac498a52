import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Severity } from "./kinds";
import { alarmTopicName } from "./names";
import { alarmTopicPolicy } from "./topic-policy";

export interface AlarmTopicArgs {
  /** Prefix of the names in AWS. */
  readonly prefix: string;
  /** Name of the network. */
  readonly network: string;
  readonly severity: Severity;
  /** Account and Region of the alarms. */
  readonly account: string;
  readonly region: string;
  /** Addresses that get the messages, each of which must confirm it. Plain strings: each is a resource. */
  readonly emails: readonly string[];
}

/** What the message of each topic is, for its subscribers. */
const DISPLAY_NAMES: Readonly<Record<Severity, string>> = {
  critical: "Network alarms that need somebody now",
  warning: "Network alarms that can wait",
};

/**
 * The SNS topic of the alarms of one severity. It is not encrypted with a KMS key: messages have names and values of metrics,
 * and CloudWatch cannot publish to a topic with the key that AWS manages (Amazon Simple Notification Service Developer Guide,
 * "Managing Amazon SNS encryption keys and costs").
 */
export class AlarmTopic extends pulumi.ComponentResource {
  /** Known before the topic exists, because its name is fixed. */
  readonly arn: string;

  constructor(
    name: string,
    { prefix, network, severity, account, region, emails }: AlarmTopicArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:alarms:AlarmTopic", name, {}, opts);
    const mine = { parent: this };
    const topicName = alarmTopicName(prefix, network, severity);
    const topicArn = `arn:aws:sns:${region}:${account}:${topicName}`;
    const topic = new aws.sns.Topic(name, { name: topicName, displayName: DISPLAY_NAMES[severity] }, mine);
    const document = alarmTopicPolicy({ topicArn, prefix, network, account, region });
    new aws.sns.TopicPolicy(name, { arn: topic.arn, policy: JSON.stringify(document) }, mine);
    subscribe(name, topic.arn, emails, mine);
    this.arn = topicArn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** Subscribes addresses to a topic. Amazon SNS asks each address to confirm it. */
export function subscribe(
  name: string,
  topic: pulumi.Input<string>,
  emails: readonly string[],
  opts: pulumi.CustomResourceOptions,
): void {
  for (const endpoint of emails) {
    new aws.sns.TopicSubscription(`${name}-${endpoint}`, { topic, protocol: "email", endpoint }, opts);
  }
}
