import { isProperties, type Properties } from "../../model/resource";
import { compareLive } from "../drift/compare";
import { isNothing, sameValue, type Found } from "../drift/found";
import type { RunningResource } from "../exports/export";
import { parsed } from "../exports/nesting";
import { document, encryption, isOff, logs, reach, type Compared } from "./rule";

/** A property with a value that another resource of the stack sets. */
interface Shown {
  readonly type: string;
  readonly property: string;
  readonly rule: Compared;
  /** Type of the other resource, its property that refers to this one, and this one's property that it contains. */
  readonly by: string;
  readonly link: readonly [string, string];
  /** Possible values once the other resource exists. */
  readonly shows: (other: Properties) => readonly unknown[];
  /** Whether a value is the one without the other resource. */
  readonly before: (value: unknown) => boolean;
}

const BUCKET = "aws:s3/bucket:Bucket";
const GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway";
const SSE_S3 = { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } } };

const SHOWN: readonly Shown[] = [
  onBucket("policy", document("access"), "bucketPolicy", ({ policy }) => policy),
  onBucket("versioning", logs(), "bucketVersioning", ({ versioningConfiguration: asked }) => ({
    enabled: isProperties(asked) && asked["status"] === "Enabled",
  })),
  // S3 encrypts every object by default (Amazon S3 User Guide, "Setting default server-side encryption behavior").
  onBucket(
    "serverSideEncryptionConfiguration",
    encryption(),
    "bucketServerSideEncryptionConfiguration",
    ({ rules }) => ({ rule: Array.isArray(rules) ? (rules[0] as unknown) : undefined }),
    (value) => sameValue(withoutSwitches(value), SSE_S3),
  ),
  onBucket("lifecycleRules", logs(), "bucketLifecycleConfiguration", ({ rules }) =>
    Array.isArray(rules) ? rules.filter(isProperties).map(lifecycleRule) : [],
  ),
  onBucket("objectLockConfiguration", logs(), "bucketObjectLockConfiguration", ({ objectLockEnabled, rule }) => ({
    objectLockEnabled: objectLockEnabled ?? "Enabled",
    rule,
  })),
  onBucket("objectLockEnabled", logs(), "bucketObjectLockConfiguration", () => true),
  {
    ...{ type: "aws:sns/topic:Topic", property: "policy", rule: document("access") },
    ...{ by: "aws:sns/topicPolicy:TopicPolicy", link: ["arn", "arn"] },
    shows: ({ policy }) => [policy],
    before: isTopicsOwn,
  },
  {
    ...{ type: "aws:sqs/queue:Queue", property: "policy", rule: document("access") },
    ...{ by: "aws:sqs/queuePolicy:QueuePolicy", link: ["queueUrl", "id"] },
    shows: ({ policy }) => [policy],
    before: isNothing,
  },
  // Before the NAT gateway exists, the address has no network interface.
  {
    ...{ type: "aws:ec2/eip:Eip", property: "networkInterface", rule: reach() },
    ...{ by: "aws:ec2/natGateway:NatGateway", link: ["allocationId", "id"] },
    shows: ({ networkInterfaceId }) => [networkInterfaceId],
    before: isNothing,
  },
  onGateway("associationDefaultRouteTableId", "defaultRouteTableAssociation:DefaultRouteTableAssociation"),
  onGateway("propagationDefaultRouteTableId", "defaultRouteTablePropagation:DefaultRouteTablePropagation"),
];

/** Differences between such properties and both the other resource's value and AWS's default. */
export function shownElsewhere({ type, outputs, id }: RunningResource, stack: readonly RunningResource[]): Found[] {
  return SHOWN.filter((each) => each.type === type).flatMap(({ property, rule, by, link, shows, before }) => {
    const value = outputs[property];
    if (isNothing(value) || before(value)) return [];
    const [theirs, ours] = link;
    const own = ours === "id" ? id : outputs[ours];
    const others = stack.filter((each) => each.type === by && each.outputs[theirs] === own);
    const all = others.flatMap(({ outputs: other }) => shows(other));
    // If the other resource lacks the value, they cannot be compared.
    if (all.some(isNothing)) return [];
    const found = all.map((shown) => compareLive({ [property]: shown }, { [property]: value }, { [property]: rule }));
    if (found.some((differences) => differences.length === 0)) return [];
    return found[0] ?? compareLive({}, { [property]: value }, { [property]: rule });
  });
}

function onBucket(
  property: string,
  rule: Compared,
  by: string,
  shows: (other: Properties) => unknown,
  // The bucket precedes the other resource, and has the earlier value until a refresh.
  before: Shown["before"] = isOff,
): Shown {
  const name = `${by[0]?.toUpperCase() ?? ""}${by.slice(1)}`;
  return {
    ...{ type: BUCKET, property, rule, by: `aws:s3/${by}:${name}`, link: ["bucket", "id"], before },
    shows: (other) => [shows(other)],
  };
}

/** AWS's own table, until another becomes the default; the id of AWS's own is otherwise unknown. */
function onGateway(property: string, by: string): Shown {
  return {
    ...{ type: GATEWAY, property, rule: reach(), by: `aws:ec2transitgateway/${by}` },
    link: ["transitGatewayId", "id"],
    shows: ({ transitGatewayRouteTableId, originalDefaultRouteTableId }) => [
      transitGatewayRouteTableId,
      originalDefaultRouteTableId,
    ],
    before: isNothing,
  };
}

/** A lifecycle rule in the form of the bucket's property. */
function lifecycleRule(rule: Properties): Properties {
  const at = (name: string): Properties => (isProperties(rule[name]) ? rule[name] : {});
  const { noncurrentDays: days } = at("noncurrentVersionExpiration");
  const shown = {
    id: rule["id"],
    enabled: rule["status"] === "Enabled",
    prefix: at("filter")["prefix"] ?? rule["prefix"],
    abortIncompleteMultipartUploadDays: at("abortIncompleteMultipartUpload")["daysAfterInitiation"],
    expiration: rule["expiration"],
    noncurrentVersionExpiration: days === undefined ? undefined : { days },
    transitions: rule["transitions"],
  };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => !isOff(value)));
}

/** The encryption of a bucket without disabled settings and S3's own defaults. */
function withoutSwitches(value: unknown): unknown {
  if (!isProperties(value) || !isProperties(value["rule"])) return value;
  const { applyServerSideEncryptionByDefault, bucketKeyEnabled } = value["rule"];
  return { rule: { applyServerSideEncryptionByDefault, ...(bucketKeyEnabled === true ? { bucketKeyEnabled } : {}) } };
}

/** Whether a policy is the SNS default: access only for the owner's account. */
function isTopicsOwn(policy: unknown): boolean {
  const read = typeof policy === "string" ? parsed(policy) : undefined;
  if (!isProperties(read) || read["Id"] !== "__default_policy_ID") return false;
  const [statement, ...others] = [read["Statement"]].flat();
  const condition = isProperties(statement) ? JSON.stringify(statement["Condition"]) : "";
  return others.length === 0 && /^\{"StringEquals":\{"AWS:SourceOwner":"\d{12}"\}\}$/.test(condition);
}
