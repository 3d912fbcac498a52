import { attribute, items, type ModelResource, text, textIn } from "../../model/resource";
import type { Seen } from "../shared/check";
import { oursIn } from "../shared/known-accounts";
import { refusesWithoutTls } from "../shared/policy-documents";
import { inside, isEmpty, isTrue, judged, ofType, type Rule } from "./rule";

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

const REPOSITORY = "aws:ecr/repository:Repository";
const TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

/** Tags are immutable; except in the image cache, where they follow the upstream registry. */
const tagsStay: Rule["check"] = (stack) =>
  ofType(stack, REPOSITORY).flatMap((repository) => {
    const passed =
      text(repository, "imageTagMutability") === "IMMUTABLE" &&
      isEmpty(repository.inputs["imageTagMutabilityExclusionFilters"]);
    return judged(repository, ["imageTagMutability", "imageTagMutabilityExclusionFilters"], "has immutable tags", [
      !passed && "has mutable tags",
    ]);
  });

const imagesAreScanned: Rule["check"] = (stack) =>
  ofType(stack, REPOSITORY).flatMap((repository) => {
    const passed = isTrue(inside(repository.inputs, "imageScanningConfiguration")["scanOnPush"]);
    return judged(repository, ["imageScanningConfiguration"], "scans images on push", [
      !passed && "does not scan images on push",
    ]);
  });

const ENCRYPTIONS = ["AES256", "KMS", "KMS_DSSE"];

function encryption(repository: ModelResource): string | undefined {
  const kinds = items(repository, "encryptionConfigurations").map((each) => textIn(each, "encryptionType"));
  const passed = kinds.length > 0 && kinds.every((kind) => ENCRYPTIONS.includes(kind));
  return passed ? undefined : "has no encryption configuration";
}

const imagesAreEncrypted: Rule["check"] = (stack) =>
  [...ofType(stack, REPOSITORY), ...ofType(stack, TEMPLATE)].flatMap((repository) =>
    judged(repository, ["encryptionConfigurations"], "encrypts its images", [encryption(repository)]),
  );

export const REGISTRY_RULES: readonly Rule[] = [
  { source: "Preventing image tags from being overwritten in Amazon ECR", check: tagsStay },
  { source: "Scan images for software vulnerabilities in Amazon ECR", check: imagesAreScanned },
  { source: "Encryption at rest (Amazon ECR)", check: imagesAreEncrypted },
];

/** Properties that keep a key outside AWS, or outside its Region, or skip the policy safety check. */
const ELSEWHERE = ["customKeyStoreId", "xksKeyId", "multiRegion", "bypassPolicyLockoutSafetyCheck"];

/** Access to a key is decided by its policy, which the checks of accounts and wildcards cover. */
const keysAreRotated: Rule["check"] = (stack) =>
  ofType(stack, "aws:kms/key:Key").flatMap((key) => {
    const elsewhere = ELSEWHERE.filter((property) => !isEmpty(key.inputs[property]));
    return judged(key, ["enableKeyRotation", "keyUsage", ...ELSEWHERE], "rotates automatically", [
      !isTrue(key.inputs["enableKeyRotation"]) && "does not set enableKeyRotation",
      !["", "ENCRYPT_DECRYPT"].includes(text(key, "keyUsage")) && "has a keyUsage other than ENCRYPT_DECRYPT",
      elsewhere.length > 0 && `sets ${elsewhere.join(", ")}, which is not allowed`,
    ]);
  });

export const KEY_RULES: readonly Rule[] = [{ source: "Rotate AWS KMS keys", check: keysAreRotated }];
