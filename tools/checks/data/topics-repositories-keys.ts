import { attribute, isTrue, isUnset, items, type ModelResource, objectIn, text, textIn } from "../../model/resource";
import { type DataRule, type Observation, observe, resourcesOfType } from "../shared/check";
import { deniesWithoutTls, knownAccountsOf } from "../shared/policies";

const TOPIC = "aws:sns/topic:Topic";
const QUEUE = "aws:sqs/queue:Queue";

/** Topics that need no KMS key, by name without the network's name as prefix, and the reason. */
const UNENCRYPTED: readonly { readonly name: RegExp; readonly reason: string }[] = [
  {
    name: /^-events$/,
    reason: "messages name API calls, without data; EventBridge cannot publish with the AWS managed key",
  },
  {
    name: /^-alarm-(?:critical|warning)$/,
    reason: "messages name alarms and metrics, without data; CloudWatch cannot publish with the AWS managed key",
  },
];

const topicsAreEncrypted: DataRule["check"] = (stack) =>
  resourcesOfType(stack, TOPIC).flatMap((topic) => {
    if (text(topic, "kmsMasterKeyId") !== "") return observe(topic, [], "is encrypted", []);
    const allowed = UNENCRYPTED.find(({ name }) => name.test(topic.name.slice(stack.name.length)));
    return observe(topic, ["kmsMasterKeyId"], `has no KMS key, as allowlisted: ${allowed?.reason ?? ""}`, [
      allowed === undefined && "is not encrypted",
    ]);
  });

const queuesAreEncrypted: DataRule["check"] = (stack) =>
  resourcesOfType(stack, QUEUE).flatMap((queue) => {
    const passed = isTrue(queue.inputs["sqsManagedSseEnabled"]) || text(queue, "kmsMasterKeyId") !== "";
    return observe(queue, ["sqsManagedSseEnabled", "kmsMasterKeyId"], "is encrypted", [!passed && "is not encrypted"]);
  });

const messagesNeedTls: DataRule["check"] = (stack) => [
  ...resourcesOfType(stack, TOPIC).flatMap((topic) => {
    const policies = resourcesOfType(stack, "aws:sns/topicPolicy:TopicPolicy");
    const own = policies.filter((policy) => text(policy, "arn") === attribute(topic, "arn"));
    return observeTls(own, topic, ["sns:Publish"]);
  }),
  ...resourcesOfType(stack, QUEUE).flatMap((queue) => {
    const policies = resourcesOfType(stack, "aws:sqs/queuePolicy:QueuePolicy");
    const own = policies.filter((policy) => text(policy, "queueUrl") === queue.id);
    return observeTls(own, queue, ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]);
  }),
];

/** The observation from the policies of a topic or queue, separate or inline. */
function observeTls(
  policies: readonly ModelResource[],
  resource: ModelResource,
  actions: readonly string[],
): Observation[] {
  const all = resource.inputs["policy"] === undefined ? policies : [...policies, resource];
  const denials = all.map((policy) => deniesWithoutTls(policy, actions));
  // A policy that is not known yet may deny them.
  if (denials.includes(undefined)) return [];
  const fault = !denials.includes(true) && "allows requests without TLS";
  return observe(resource, ["policy"], "denies requests without TLS", [fault]);
}

/** Subscribers of a topic must be queues, functions or delivery streams of known accounts, or addresses in `alarm-emails`. */
const subscribersAreKnown: DataRule["check"] = (stack, all) => {
  const emails = all.alarms?.get(stack.name)?.emails ?? [];
  return resourcesOfType(stack, "aws:sns/topicSubscription:TopicSubscription").flatMap((subscription) => {
    const [protocol, endpoint] = [text(subscription, "protocol"), text(subscription, "endpoint")];
    const isArn = ["sqs", "lambda", "firehose"].includes(protocol);
    const passed =
      (isArn && knownAccountsOf(all).hasArn(endpoint)) || (protocol === "email" && emails.includes(endpoint));
    return observe(subscription, ["protocol", "endpoint"], "has an endpoint in a known account or in alarm-emails", [
      !passed && "sends messages outside the account map and alarm-emails",
    ]);
  });
};

const REPOSITORY = "aws:ecr/repository:Repository";
const TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

/** Tags are immutable; except in the image cache, where they follow the upstream registry. */
const tagsAreImmutable: DataRule["check"] = (stack) =>
  resourcesOfType(stack, REPOSITORY).flatMap((repository) => {
    const passed =
      text(repository, "imageTagMutability") === "IMMUTABLE" &&
      isUnset(repository.inputs["imageTagMutabilityExclusionFilters"]);
    return observe(repository, ["imageTagMutability", "imageTagMutabilityExclusionFilters"], "has immutable tags", [
      !passed && "has mutable tags",
    ]);
  });

const imagesAreScanned: DataRule["check"] = (stack) =>
  resourcesOfType(stack, REPOSITORY).flatMap((repository) => {
    const passed = isTrue(objectIn(repository.inputs, "imageScanningConfiguration")["scanOnPush"]);
    return observe(repository, ["imageScanningConfiguration"], "scans images on push", [
      !passed && "does not scan images on push",
    ]);
  });

const ENCRYPTIONS = ["AES256", "KMS", "KMS_DSSE"];

const imagesAreEncrypted: DataRule["check"] = (stack) =>
  [...resourcesOfType(stack, REPOSITORY), ...resourcesOfType(stack, TEMPLATE)].flatMap((repository) => {
    const types = items(repository, "encryptionConfigurations").map((each) => textIn(each, "encryptionType"));
    const passed = types.length > 0 && types.every((type) => ENCRYPTIONS.includes(type));
    return observe(repository, ["encryptionConfigurations"], "encrypts its images", [
      !passed && "has no encryption configuration",
    ]);
  });

/** Properties that keep a key outside AWS, or outside its Region, or skip the policy safety check. */
const KEY_ELSEWHERE = ["customKeyStoreId", "xksKeyId", "multiRegion", "bypassPolicyLockoutSafetyCheck"];

/** A key's policy decides who uses it; the checks of accounts and wildcards cover the policy. */
const keysAreRotated: DataRule["check"] = (stack) =>
  resourcesOfType(stack, "aws:kms/key:Key").flatMap((key) => {
    const used = KEY_ELSEWHERE.filter((property) => !isUnset(key.inputs[property]));
    return observe(key, ["enableKeyRotation", "keyUsage", ...KEY_ELSEWHERE], "rotates automatically", [
      !isTrue(key.inputs["enableKeyRotation"]) && "does not set enableKeyRotation",
      !["", "ENCRYPT_DECRYPT"].includes(text(key, "keyUsage")) && "has a keyUsage other than ENCRYPT_DECRYPT",
      used.length > 0 && `sets ${used.join(", ")}, which is not allowed`,
    ]);
  });

export const TOPIC_REPOSITORY_KEY_RULES: readonly DataRule[] = [
  { source: "Securing Amazon SNS data with server-side encryption", check: topicsAreEncrypted },
  { source: "Encryption at rest in Amazon SQS", check: queuesAreEncrypted },
  { source: "Amazon SNS security best practices; Amazon SQS security best practices", check: messagesNeedTls },
  { source: "Subscribing to an Amazon SNS topic", check: subscribersAreKnown },
  { source: "Preventing image tags from being overwritten in Amazon ECR", check: tagsAreImmutable },
  { source: "Scan images for software vulnerabilities in Amazon ECR", check: imagesAreScanned },
  { source: "Encryption at rest (Amazon ECR)", check: imagesAreEncrypted },
  { source: "Rotate AWS KMS keys", check: keysAreRotated },
];
