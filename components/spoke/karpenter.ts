import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Written } from "../contract";
import { SERVICE_ACCOUNTS } from "../kubernetes-names";
import type { KarpenterContract } from "../platform-contract";
import { denyWithoutTls, policyDocument, type PolicyDocument } from "../policy-document";
import { discoveryPolicy, interruptionPolicy, launchPolicy, nodeRolePolicy } from "./karpenter-policy";
import { NodeRole } from "./nodes";
import { PodIdentityRole } from "./pod-identity";

export interface KarpenterArgs {
  /** Name of the cluster as a plain string, for the policies. */
  readonly clusterName: string;
  /** The same as an output of the cluster, for resources that depend on the cluster. */
  readonly cluster: pulumi.Input<string>;
  readonly clusterArn: string;
  readonly account: string;
  readonly region: string;
  /** `arn:aws:ecr:REGION:HUB`, the beginning of the ARNs of the hub's repositories. */
  readonly registryArn: string;
  /** Image to launch, `al2023@vYYYYMMDD`: the one of the managed nodes. */
  readonly amiAlias: string;
}

/**
 * AWS resources that Karpenter needs: the controller's role, the role of the nodes that it launches, and the queue of
 * interruption events. It finds subnets by their tag, and the security group by the tag that EKS sets. The Helm release
 * needs the Kubernetes API, so it belongs to the platform, which gets what it needs by the contract.
 */
export class Karpenter extends pulumi.ComponentResource {
  readonly contract: Written<KarpenterContract>;

  constructor(name: string, args: KarpenterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:Karpenter", name, {}, opts);
    const { clusterName, cluster, clusterArn, account, region, amiAlias } = args;
    const scope = { clusterName, account, region };
    const mine = { parent: this };

    // Not the role of the managed node groups: EKS creates the access entry of that role itself, refuses a second one,
    // and may delete it with the group.
    const nodeRole = new NodeRole(`${name}-karpenter-node`, { registryArn: args.registryArn }, mine);
    const profile = new aws.iam.InstanceProfile(`${name}-karpenter-node`, { role: nodeRole.name }, mine);
    new aws.eks.AccessEntry(
      `${name}-karpenter-node`,
      { clusterName: cluster, principalArn: nodeRole.arn, type: "EC2_LINUX" },
      mine,
    );

    const queueName = clusterName;
    const queue = new InterruptionQueue(`${name}-karpenter`, { queueName }, mine);
    new PodIdentityRole(
      `${name}-karpenter`,
      {
        clusterName: cluster,
        clusterArn,
        serviceAccount: SERVICE_ACCOUNTS.karpenter,
        policies: {
          launch: launchPolicy(scope),
          "node-role": nodeRole.arn.apply(nodeRolePolicy),
          interruption: queue.arn.apply(interruptionPolicy),
          discovery: discoveryPolicy(scope),
        },
      },
      mine,
    );

    this.contract = { queueName, instanceProfile: profile.name, amiAlias };
    this.registerOutputs({ instanceProfile: profile.name });
  }
}

/** EventBridge events about instances: the five kinds that Karpenter 1.14 supports. */
const EVENTS = {
  health: { source: "aws.health", detailType: "AWS Health Event" },
  "spot-interruption": { source: "aws.ec2", detailType: "EC2 Spot Instance Interruption Warning" },
  rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
  "state-change": { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
  "capacity-reservation": { source: "aws.ec2", detailType: "EC2 Capacity Reservation Instance Interruption Warning" },
} as const;

/** Retention of five minutes. A later warning is useless, because a spot instance gets only two minutes. */
const RETENTION_SECONDS = 300;

/** Accepts only messages of our rules, and only over TLS. */
function interruptionQueuePolicy(queueArn: string, ruleArns: readonly string[]): PolicyDocument {
  return policyDocument(
    {
      Sid: "TakeEvents",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
    },
    denyWithoutTls("RefuseWithoutTls", "sqs:*", queueArn),
  );
}

interface InterruptionQueueArgs {
  /** Name in AWS. Karpenter's configuration contains it. */
  readonly queueName: string;
}

/** Queue of events about instances that AWS will interrupt, from which Karpenter learns in time to move the pods. */
class InterruptionQueue extends pulumi.ComponentResource {
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
