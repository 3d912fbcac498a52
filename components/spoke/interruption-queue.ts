import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type PolicyDocument } from "../policy-document";

/** EventBridge events about instances: the five kinds that Karpenter 1.14 supports. */
const EVENTS = {
  health: { source: "aws.health", detailType: "AWS Health Event" },
  "spot-interruption": { source: "aws.ec2", detailType: "EC2 Spot Instance Interruption Warning" },
  rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
  "state-change": { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
  "capacity-reservation": { source: "aws.ec2", detailType: "EC2 Capacity Reservation Instance Interruption Warning" },
} as const;

/** Retention of five minutes: later, a warning is useless, because a spot instance has only two. */
const RETENTION_SECONDS = 300;

/** Accepts only messages of our rules, and only over TLS. */
export function interruptionQueuePolicy(queueArn: string, ruleArns: readonly string[]): PolicyDocument {
  return policyDocument(
    {
      Sid: "TakeEvents",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
    },
    {
      Sid: "RefuseWithoutTls",
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: queueArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
}

export interface InterruptionQueueArgs {
  /** Name in AWS, which Karpenter's configuration contains. */
  readonly queueName: string;
}

/** Where Karpenter hears that instances will be taken away, in time to move the pods. */
export class InterruptionQueue extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { queueName }: InterruptionQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:InterruptionQueue", name, {}, opts);
    const mine = { parent: this };
    const queue = new aws.sqs.Queue(
      name,
      { name: queueName, messageRetentionSeconds: RETENTION_SECONDS, sqsManagedSseEnabled: true },
      mine,
    );
    const rules = Object.entries(EVENTS).map(([kind, { source, detailType }]) => {
      const rule = new aws.cloudwatch.EventRule(
        `${name}-${kind}`,
        {
          description: `${detailType}, for Karpenter in ${queueName}`,
          eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }),
        },
        mine,
      );
      new aws.cloudwatch.EventTarget(`${name}-${kind}`, { rule: rule.name, arn: queue.arn }, mine);
      return rule;
    });
    new aws.sqs.QueuePolicy(
      name,
      {
        queueUrl: queue.url,
        policy: pulumi
          .all([queue.arn, pulumi.all(rules.map((rule) => rule.arn))])
          .apply(([queueArn, ruleArns]) => JSON.stringify(interruptionQueuePolicy(queueArn, ruleArns))),
      },
      mine,
    );
    this.arn = queue.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
