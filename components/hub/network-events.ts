import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { PREFIX } from "../tags";
import { TRANSIT_EVENTS } from "../transit-events";
import { ourAccounts } from "./pull-policy";

export interface NetworkEventsArgs {
  /** Accounts whose rules publish. */
  readonly accounts: readonly string[];
  /** Account and Region of the topic. */
  readonly account: string;
  readonly region: string;
}

const TOPIC = `${PREFIX}-network-events`;

/**
 * The topic that reports changes of the network to people. It is not encrypted with a key of ours: its messages name API
 * calls and no data, and EventBridge cannot publish to a topic under the key that AWS manages.
 */
export class NetworkEvents extends pulumi.ComponentResource {
  /** Known once the topic's policy stands. */
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, { accounts, account, region }: NetworkEventsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:NetworkEvents", name, {}, opts);
    const mine = { parent: this };
    const topic = new aws.sns.Topic(name, { name: TOPIC, displayName: "Changes of the network" }, mine);
    const arn = `arn:aws:sns:${region}:${account}:${TOPIC}`;
    const policy = new aws.sns.TopicPolicy(
      name,
      { arn: topic.arn, policy: JSON.stringify(topicPolicy(arn, accounts)) },
      mine,
    );
    this.topicArn = policy.id.apply(() => arn);
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

/** The hub's own rules publish as a service, those of the spokes by a role each, and nothing passes without TLS. */
export function topicPolicy(topicArn: string, accounts: readonly string[]): PolicyDocument {
  const { Principal, Condition } = ourAccounts(accounts);
  return policyDocument(
    {
      Sid: "PublishFromTheHub",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topicArn,
      // Without a condition: EventBridge gives none of its keys to SNS, so a condition would refuse every event (Amazon
      // EventBridge User Guide, "Troubleshooting Amazon EventBridge"). A rule of another account needs a role instead.
    },
    {
      Sid: "PublishFromOurAccounts",
      Effect: "Allow",
      ...(Principal === undefined ? {} : { Principal }),
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { ...Condition, ArnLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/*-${TRANSIT_EVENTS}-*` } },
    },
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
}
