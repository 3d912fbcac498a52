import { isProperties, type Properties } from "../../model/resource";
import { type DeployedResource, parseDocument } from "../exports/export";
import { document, encryption, isOff, logs, reach, type ComparedProperty } from "../live/rule";
import { compareLive } from "./compare";
import { equalValues, isAbsent, type PropertyFinding } from "./difference";

/** A property whose value another resource of the stack sets, such as the policy of a bucket. */
interface PropertySetElsewhere {
  readonly type: string;
  readonly property: string;
  readonly rule: ComparedProperty;
  /** Type of the other resource. */
  readonly setBy: string;
  /** Property of the other resource that refers to this one, and this one's property (or `id`) that it contains. */
  readonly link: readonly [string, string];
  /** Parts of the other resource, of which each may refer to this one. @default the whole resource */
  readonly partsOf?: (other: Properties) => readonly Properties[];
  /** Possible values once the other resource, or the part of it, exists. */
  readonly values: (other: Properties) => readonly unknown[];
  /** Whether a value is the one without the other resource. */
  readonly isUnset: (value: unknown) => boolean;
}

const SSE_S3 = { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } } };

const SET_ELSEWHERE: readonly PropertySetElsewhere[] = [
  onBucket("policy", document("access"), "bucketPolicy", ({ policy }) => policy),
  onBucket("versioning", logs(), "bucketVersioning", ({ versioningConfiguration: configuration }) => ({
    enabled: isProperties(configuration) && configuration["status"] === "Enabled",
  })),
  // S3 encrypts every object by default (Amazon S3 User Guide, "Setting default server-side encryption behavior").
  onBucket(
    "serverSideEncryptionConfiguration",
    encryption(),
    "bucketServerSideEncryptionConfiguration",
    ({ rules }) => ({ rule: Array.isArray(rules) ? (rules[0] as unknown) : undefined }),
    (value) => equalValues(withoutDefaults(value), SSE_S3),
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
    ...{ setBy: "aws:sns/topicPolicy:TopicPolicy", link: ["arn", "arn"] },
    values: ({ policy }) => [policy],
    isUnset: isDefaultTopicPolicy,
  },
  {
    ...{ type: "aws:sqs/queue:Queue", property: "policy", rule: document("access") },
    ...{ setBy: "aws:sqs/queuePolicy:QueuePolicy", link: ["queueUrl", "id"] },
    values: ({ policy }) => [policy],
    isUnset: isAbsent,
  },
  // Before the NAT gateway exists, the address has no network interface.
  {
    ...{ type: "aws:ec2/eip:Eip", property: "networkInterface", rule: reach() },
    ...{ setBy: "aws:ec2/natGateway:NatGateway", link: ["allocationId", "id"] },
    partsOf: addressesOf,
    values: ({ networkInterfaceId }) => [networkInterfaceId],
    isUnset: isAbsent,
  },
  onGateway("associationDefaultRouteTableId", "defaultRouteTableAssociation:DefaultRouteTableAssociation"),
  onGateway("propagationDefaultRouteTableId", "defaultRouteTablePropagation:DefaultRouteTablePropagation"),
];

/**
 * Compares the properties of a resource that other resources set: with those resources' values, and with AWS's default.
 *
 * @param stack - all deployed resources of the stack
 */
export function compareSetElsewhere(
  { type, outputs, id }: DeployedResource,
  stack: readonly DeployedResource[],
): PropertyFinding[] {
  return SET_ELSEWHERE.filter((each) => each.type === type).flatMap((each) => {
    const { property, rule, link, setBy } = each;
    const value = outputs[property];
    if (isAbsent(value) || each.isUnset(value)) return [];
    const [theirs, ours] = link;
    const own = ours === "id" ? id : outputs[ours];
    const others = stack
      .filter((other) => other.type === setBy)
      .flatMap((other) => each.partsOf?.(other.outputs) ?? [other.outputs])
      .filter((part) => part[theirs] === own);
    const expected = others.flatMap((part) => each.values(part));
    // If the other resource lacks the value, they cannot be compared.
    if (expected.some(isAbsent)) return [];
    const compareWith = (planned: Properties): PropertyFinding[] =>
      compareLive(planned, { [property]: value }, { [property]: rule });
    const findings = expected.map((other) => compareWith({ [property]: other }));
    if (findings.some((differences) => differences.length === 0)) return [];
    return findings[0] ?? compareWith({});
  });
}

function onBucket(
  property: string,
  rule: ComparedProperty,
  setBy: string,
  value: (other: Properties) => unknown,
  // The bucket precedes the other resource, and has the earlier value until a refresh.
  isUnset: PropertySetElsewhere["isUnset"] = isOff,
): PropertySetElsewhere {
  const name = `${setBy.slice(0, 1).toUpperCase()}${setBy.slice(1)}`;
  return {
    ...{ type: "aws:s3/bucket:Bucket", property, rule, isUnset },
    ...{ setBy: `aws:s3/${setBy}:${name}`, link: ["bucket", "id"] },
    values: (other) => [value(other)],
  };
}

/** The default table of a gateway: AWS's own, until another one becomes the default. */
function onGateway(property: string, setBy: string): PropertySetElsewhere {
  return {
    ...{ type: "aws:ec2transitgateway/transitGateway:TransitGateway", property, rule: reach() },
    ...{ setBy: `aws:ec2transitgateway/${setBy}`, link: ["transitGatewayId", "id"] },
    values: ({ transitGatewayRouteTableId, originalDefaultRouteTableId }) => [
      transitGatewayRouteTableId,
      originalDefaultRouteTableId,
    ],
    isUnset: isAbsent,
  };
}

/** A lifecycle rule in the form of the bucket's property. */
function lifecycleRule(rule: Properties): Properties {
  const at = (name: string): Properties => (isProperties(rule[name]) ? rule[name] : {});
  const { noncurrentDays: days } = at("noncurrentVersionExpiration");
  const properties = {
    id: rule["id"],
    enabled: rule["status"] === "Enabled",
    prefix: at("filter")["prefix"] ?? rule["prefix"],
    abortIncompleteMultipartUploadDays: at("abortIncompleteMultipartUpload")["daysAfterInitiation"],
    expiration: rule["expiration"],
    noncurrentVersionExpiration: days === undefined ? undefined : { days },
    transitions: rule["transitions"],
  };
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !isOff(value)));
}

/** The encryption of a bucket without disabled settings and S3's own defaults. */
function withoutDefaults(value: unknown): unknown {
  if (!isProperties(value) || !isProperties(value["rule"])) return value;
  const { applyServerSideEncryptionByDefault, bucketKeyEnabled } = value["rule"];
  return { rule: { applyServerSideEncryptionByDefault, ...(bucketKeyEnabled === true ? { bucketKeyEnabled } : {}) } };
}

/** Whether a policy is the SNS default: access only for the owner's account. */
function isDefaultTopicPolicy(policy: unknown): boolean {
  const document = typeof policy === "string" ? parseDocument(policy) : undefined;
  if (!isProperties(document) || document["Id"] !== "__default_policy_ID") return false;
  const [statement, ...others] = [document["Statement"]].flat();
  const condition = isProperties(statement) ? JSON.stringify(statement["Condition"]) : "";
  return others.length === 0 && /^\{"StringEquals":\{"AWS:SourceOwner":"\d{12}"\}\}$/.test(condition);
}

/** A NAT gateway, and the addresses of a regional one. */
function addressesOf(nat: Properties): readonly Properties[] {
  const { regionalNatGatewayAddresses: addresses } = nat;
  return [nat, ...(Array.isArray(addresses) ? addresses.filter(isProperties) : [])];
}
