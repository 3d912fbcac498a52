import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EVERYBODY, forMembers, type Members } from "../members";
import { eventsTopicName } from "../names";
import { TRANSIT_EVENTS } from "../network/transit-attachment";
import { denyWithoutTls, policyDocument, type PolicyDocument } from "../policy-document";

export interface NetworkEventsArgs {
  /** Prefix of the topic's name. */
  readonly prefix: string;
  /** Accounts whose rules may publish. */
  readonly members: Members;
  /** Account and Region of the topic. */
  readonly account: string;
  readonly region: string;
}

/**
 * The SNS topic that reports changes of the network to people. It is not encrypted with a customer managed key: its
 * messages name API calls and contain no data, and EventBridge cannot publish to a topic with the key that AWS manages.
 */
export class NetworkEvents extends pulumi.ComponentResource {
  /** Known once the topic has its policy. */
  readonly topicArn: pulumi.Output<string>;

  constructor(
    name: string,
    { prefix, members, account, region }: NetworkEventsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:NetworkEvents", name, {}, opts);
    const mine = { parent: this };
    const topicName = eventsTopicName(prefix);
    const topic = new aws.sns.Topic(name, { name: topicName, displayName: "Changes of the network" }, mine);
    const arn = `arn:aws:sns:${region}:${account}:${topicName}`;
    const policy = new aws.sns.TopicPolicy(
      name,
      { arn: topic.arn, policy: JSON.stringify(topicPolicy(arn, members)) },
      mine,
    );
    this.topicArn = policy.id.apply(() => arn);
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

/** The hub's own rules publish as a service, those of each spoke with a role; nobody may publish without TLS. */
function topicPolicy(topicArn: string, members: Members): PolicyDocument {
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
    ...forMembers(members, ["Principal"], {
      Sid: "PublishFromOurAccounts",
      Effect: "Allow",
      Principal: EVERYBODY,
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/*-${TRANSIT_EVENTS}-*` } },
    }),
    denyWithoutTls("TlsOnly", "sns:Publish", topicArn),
  );
}
