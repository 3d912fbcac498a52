import { attribute, text, type ModelResource } from "../../model/resource";
import type { Seen } from "../check";
import { oursIn } from "../accounts/ours";
import { isTrue, judged, ofType, type Rule } from "./rule";
import { refusesWithoutTls } from "./tls";

const TOPIC = "aws:sns/topic:Topic";
const QUEUE = "aws:sqs/queue:Queue";

/** Topics without a key, by name without the network's in front, and why. */
const UNENCRYPTED: readonly { readonly name: RegExp; readonly reason: string }[] = [
  {
    name: /^-events$/,
    reason: "names API calls and no data; EventBridge cannot publish under the key that AWS manages",
  },
];

const topicsAreEncrypted: Rule["check"] = (stack) =>
  ofType(stack, TOPIC).flatMap((topic) => {
    if (text(topic, "kmsMasterKeyId") !== "") return judged(topic, [], "is encrypted", []);
    const held = UNENCRYPTED.find(({ name }) => name.test(topic.name.slice(stack.name.length)));
    return judged(topic, ["kmsMasterKeyId"], `has no key (${held?.reason ?? ""})`, [
      held === undefined && "is not encrypted",
    ]);
  });

const queuesAreEncrypted: Rule["check"] = (stack) =>
  ofType(stack, QUEUE).flatMap((queue) => {
    const passed = isTrue(queue.inputs["sqsManagedSseEnabled"]) || text(queue, "kmsMasterKeyId") !== "";
    return judged(queue, ["sqsManagedSseEnabled", "kmsMasterKeyId"], "is encrypted", [!passed && "is not encrypted"]);
  });

/** The policies of a topic or a queue: by the property that names it, or inline. */
function refusal(policies: readonly ModelResource[], resource: ModelResource, actions: readonly string[]): Seen[] {
  const all = resource.inputs["policy"] === undefined ? policies : [...policies, resource];
  const refusals = all.map((policy) => refusesWithoutTls(policy, actions));
  // One whose text is not known yet may refuse.
  if (refusals.includes(undefined)) return [];
  const lets = !refusals.includes(true) && "lets requests pass without TLS";
  return judged(resource, ["policy"], "refuses what comes without TLS", [lets]);
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

/** Who gets what a topic publishes: nobody whom the plan does not name, but queues and functions of ours. */
const subscribersAreOurs: Rule["check"] = (stack, all) =>
  ofType(stack, "aws:sns/topicSubscription:TopicSubscription").flatMap((subscription) => {
    const isArn = ["sqs", "lambda", "firehose"].includes(text(subscription, "protocol"));
    const passed = isArn && oursIn(all).hasArn(text(subscription, "endpoint"));
    return judged(subscription, ["protocol", "endpoint"], "is of ours", [
      !passed && "sends messages to somebody who is not of our networks",
    ]);
  });

export const MESSAGE_RULES: readonly Rule[] = [
  { source: "Securing Amazon SNS data with server-side encryption", check: topicsAreEncrypted },
  { source: "Encryption at rest in Amazon SQS", check: queuesAreEncrypted },
  { source: "Amazon SNS security best practices; Amazon SQS security best practices", check: messagesNeedTls },
  { source: "Subscribing to an Amazon SNS topic", check: subscribersAreOurs },
];
