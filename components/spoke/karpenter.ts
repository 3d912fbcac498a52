import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Architecture } from "../facts/instance-types";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { KARPENTER_SERVICE_ACCOUNT, karpenterManifests, type KarpenterManifests } from "./karpenter-manifests";
import { discoveryPolicy, interruptionPolicy, launchPolicy, nodeRolePolicy } from "./karpenter-policy";
import { NodeRole } from "./nodes";
import { PodIdentityRole } from "./pod-identity";

export interface KarpenterArgs {
  /** Name of the cluster, plain: it is in every policy. */
  readonly clusterName: string;
  /** The same as an output of the cluster, so that what belongs to the cluster comes after it. */
  readonly cluster: pulumi.Input<string>;
  readonly clusterArn: string;
  readonly account: string;
  readonly region: string;
  /** Hub's image registry, `ACCOUNT.dkr.ecr.REGION.amazonaws.com`. */
  readonly registry: string;
  /** `arn:aws:ecr:REGION:HUB`. */
  readonly registryArn: string;
  /** Architecture of the nodes to launch. */
  readonly architecture: Architecture;
  /** Image to launch, `al2023@vYYYYMMDD`: that of the managed nodes. */
  readonly amiAlias: string;
}

/**
 * All that Karpenter needs of AWS: what it may do, the role of the nodes that it launches, and the queue that warns
 * it. It finds subnets by their tag, and the security group by the one that EKS gives it. Its Helm release is not among it, as that needs the Kubernetes API; the
 * manifests are an output.
 */
export class Karpenter extends pulumi.ComponentResource {
  readonly manifests: pulumi.Output<KarpenterManifests>;

  constructor(name: string, args: KarpenterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:Karpenter", name, {}, opts);
    const { clusterName, cluster, clusterArn, account, region, registry } = args;
    const { architecture, amiAlias } = args;
    const scope = { clusterName, account, region };
    const mine = { parent: this };

    // A role of its own: EKS makes the access entry of a managed group's role itself, refuses a second one, and may
    // take it away with the group.
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
        serviceAccount: KARPENTER_SERVICE_ACCOUNT,
        policies: {
          launch: launchPolicy(scope),
          "node-role": nodeRole.arn.apply(nodeRolePolicy),
          interruption: queue.arn.apply(interruptionPolicy),
          discovery: discoveryPolicy(scope),
        },
      },
      mine,
    );

    this.manifests = profile.name.apply((instanceProfile) =>
      karpenterManifests({ clusterName, queueName, instanceProfile, registry, architecture, amiAlias }),
    );
    this.registerOutputs({ manifests: this.manifests });
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

/** Retention of five minutes: later, a warning is useless, because a spot instance has only two. */
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

interface InterruptionQueueArgs {
  /** Name in AWS, which Karpenter's configuration contains. */
  readonly queueName: string;
}

/** Where Karpenter hears that instances will be taken away, in time to move the pods. */
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
