import { attribute, text, type ModelResource } from "../../model/resource";
import type { Seen } from "../check";
import { oursIn } from "../accounts/ours";
import { isTrue, judged, ofType, type Rule } from "./rule";
import { refusesWithoutTls } from "./tls";

const TOPIC = "aws:sns/topic:Topic";
const QUEUE = "aws:sqs/queue:Queue";

/** Topics that need no KMS key, by name without the network's name as prefix, and the reason. */
const UNENCRYPTED: readonly { readonly name: RegExp; readonly reason: string }[] = [
  {
    name: /^-events$/,
    reason: "messages name API calls, without data; EventBridge cannot publish with the AWS managed key",
  },
];

const topicsAreEncrypted: Rule["check"] = (stack) =>
  ofType(stack, TOPIC).flatMap((topic) => {
    if (text(topic, "kmsMasterKeyId") !== "") return judged(topic, [], "is encrypted", []);
    const held = UNENCRYPTED.find(({ name }) => name.test(topic.name.slice(stack.name.length)));
    return judged(topic, ["kmsMasterKeyId"], `has no KMS key, as allowlisted: ${held?.reason ?? ""}`, [
      held === undefined && "is not encrypted",
    ]);
  });

const queuesAreEncrypted: Rule["check"] = (stack) =>
  ofType(stack, QUEUE).flatMap((queue) => {
    const passed = isTrue(queue.inputs["sqsManagedSseEnabled"]) || text(queue, "kmsMasterKeyId") !== "";
    return judged(queue, ["sqsManagedSseEnabled", "kmsMasterKeyId"], "is encrypted", [!passed && "is not encrypted"]);
  });

/** The observation from the policies of a topic or queue, separate or inline. */
function refusal(policies: readonly ModelResource[], resource: ModelResource, actions: readonly string[]): Seen[] {
  const all = resource.inputs["policy"] === undefined ? policies : [...policies, resource];
  const refusals = all.map((policy) => refusesWithoutTls(policy, actions));
  // A policy that is not known yet may deny them.
  if (refusals.includes(undefined)) return [];
  const lets = !refusals.includes(true) && "allows requests without TLS";
  return judged(resource, ["policy"], "denies requests without TLS", [lets]);
}

const messagesNeedTls: Rule["check"] = (stack) => [
  ...ofType(stack, TOPIC).flatMap((topic) => {
    const policies = ofType(stack, "aws:sns/topicPolicy:TopicPolicy");
    const own = policies.filter((policy) => text(policy, "arn") === attribute(topic, "arn"));
    return refusal(own, topic, ["sns:Publish"]);
  }),
  ...ofType(stack, QUEUE).flatMap((queue) => {
    const policies = ofType(stack, "aws:sqs/queuePolicy:QueuePolicy");
    const own = policies.filter((policy) => text(policy, "queueUrl") === queue.id);
    return refusal(own, queue, ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]);
  }),
];

/** Subscribers of a topic must be queues, functions or delivery streams of known accounts. */
const subscribersAreOurs: Rule["check"] = (stack, all) =>
  ofType(stack, "aws:sns/topicSubscription:TopicSubscription").flatMap((subscription) => {
    const isArn = ["sqs", "lambda", "firehose"].includes(text(subscription, "protocol"));
    const passed = isArn && oursIn(all).hasArn(text(subscription, "endpoint"));
    return judged(subscription, ["protocol", "endpoint"], "has an endpoint in a known account", [
      !passed && "sends messages outside the account map",
    ]);
  });

export const MESSAGE_RULES: readonly Rule[] = [
  { source: "Securing Amazon SNS data with server-side encryption", check: topicsAreEncrypted },
  { source: "Encryption at rest in Amazon SQS", check: queuesAreEncrypted },
  { source: "Amazon SNS security best practices; Amazon SQS security best practices", check: messagesNeedTls },
  { source: "Subscribing to an Amazon SNS topic", check: subscribersAreOurs },
];
