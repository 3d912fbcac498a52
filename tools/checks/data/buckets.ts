import { deploymentRoleName, roleArn } from "../../../components/names";
import { evaluate } from "../../model/iam/permissions";
import {
  type AllStacks,
  attribute,
  isTrue,
  isUnset,
  items,
  knows,
  type ModelResource,
  objectIn,
  type Properties,
  type StackResources,
  text,
  textIn,
} from "../../model/resource";
import { type DataRule, type Observation, observe, resourcesOfType } from "../shared/check";
import { deniesWithoutTls, readPolicy } from "../shared/policies";

const BUCKET = "aws:s3/bucket:Bucket";

function eachBucket(check: (bucket: ModelResource, stack: StackResources) => Observation[]): DataRule["check"] {
  return (stack) => resourcesOfType(stack, BUCKET).flatMap((bucket) => check(bucket, stack));
}

/** Separate settings resources of a bucket. */
function settingsOf(stack: StackResources, type: string, bucket: ModelResource): readonly ModelResource[] {
  return resourcesOfType(stack, `aws:s3/${type}`).filter((each) => text(each, "bucket") === bucket.id);
}

/** The observation about a bucket from its settings; nothing if a preview does not know one of them. */
function observeSettings(
  bucket: ModelResource,
  settings: readonly ModelResource[],
  reads: readonly string[],
  passes: string,
  fault: string | false,
): Observation[] {
  const areKnown = settings.every((each) => reads.every((property) => knows(each, property)));
  return areKnown ? observe(bucket, [], passes, [fault]) : [];
}

const BLOCKS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const blocksPublicAccess = eachBucket((bucket, stack) => {
  const blocks = settingsOf(stack, "bucketPublicAccessBlock:BucketPublicAccessBlock", bucket);
  const open = BLOCKS.filter((each) => !(blocks.length > 0 && blocks.every(({ inputs }) => isTrue(inputs[each]))));
  const fault = open.length > 0 && `does not set ${open.join(", ")} to true`;
  return observeSettings(bucket, blocks, BLOCKS, "blocks public access", fault);
});

const disablesAcls = eachBucket((bucket, stack) => {
  const controls = settingsOf(stack, "bucketOwnershipControls:BucketOwnershipControls", bucket);
  const owners = controls.map(({ inputs }) => textIn(objectIn(inputs, "rule"), "objectOwnership"));
  const passed = owners.length > 0 && owners.every((owner) => owner === "BucketOwnerEnforced");
  const fault = !passed && "does not set objectOwnership to BucketOwnerEnforced";
  return observeSettings(bucket, controls, ["rule"], "disables ACLs", fault);
});

const ALGORITHMS = ["AES256", "aws:kms", "aws:kms:dsse"];

const isEncrypted = eachBucket((bucket, stack) => {
  const type = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
  const settings = settingsOf(stack, type, bucket);
  const rules = settings
    .flatMap((each) => items(each, "rules"))
    .map((rule) => textIn(objectIn(rule, "applyServerSideEncryptionByDefault"), "sseAlgorithm"));
  const passed = rules.length > 0 && rules.every((algorithm) => ALGORITHMS.includes(algorithm));
  const fault = !passed && "has no default encryption";
  return observeSettings(bucket, settings, ["rules"], "encrypts its objects by default", fault);
});

const ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetBucketPolicy"];

const needsTls = eachBucket((bucket, stack) => {
  const arn = attribute(bucket, "arn");
  const denials = settingsOf(stack, "bucketPolicy:BucketPolicy", bucket).map((policy) =>
    deniesWithoutTls(policy, ACTIONS, [arn, `${arn}/key`]),
  );
  // A policy that is not known yet may deny them.
  if (denials.includes(undefined)) return [];
  return observe(bucket, [], "denies requests without TLS", [!denials.includes(true) && "allows requests without TLS"]);
});

/** Inline properties that share a bucket; none of them is expected. */
const SHARING = ["acl", "accelerationStatus", "corsRules", "loggings", "policy"].concat([
  ...["replicationConfiguration", "website", "websites"],
]);

const isNotShared = eachBucket((bucket) => {
  const used = SHARING.filter((property) => {
    const value = bucket.inputs[property];
    return !isUnset(value) && !(property === "acl" && value === "private");
  });
  // Every bucket has its owner's own grant.
  const grants = items(bucket, "grants");
  const onlyOwner = grants.length <= 1 && grants.every((grant) => textIn(grant, "type") === "CanonicalUser");
  return observe(bucket, [...SHARING, "grants"], "is shared only by its bucket policy", [
    used.length > 0 && `sets ${used.join(", ")}, which shares it`,
    !onlyOwner && "grants access by ACL",
  ]);
});

/** Athena encrypts query results, whatever a query requests. */
const resultsAreEncrypted: DataRule["check"] = (stack) =>
  resourcesOfType(stack, "aws:athena/workgroup:Workgroup").flatMap((workgroup) => {
    const config = objectIn(workgroup.inputs, "configuration");
    const results = objectIn(config, "resultConfiguration");
    const encryption = objectIn(results, "encryptionConfiguration");
    return observe(workgroup, ["configuration"], "encrypts query results", [
      !isInOwnBucket(stack, textIn(results, "outputLocation")) && "writes query results to a bucket outside its stack",
      !/^(?:SSE|CSE)_/.test(textIn(encryption, "encryptionOption")) && "does not encrypt query results",
      // True is Athena's default.
      config["enforceWorkgroupConfiguration"] === false && "lets queries override its configuration",
    ]);
  });

/** Whether a location, `s3://BUCKET/PREFIX/`, is in a bucket of the stack. */
function isInOwnBucket(stack: StackResources, location: string): boolean {
  return resourcesOfType(stack, BUCKET).some(({ id }) => location.startsWith(`s3://${id}/`));
}

/** Rules of the log archive: the hub's bucket for logs, by its name or as the destination of flow logs. */
function eachArchive(
  check: (bucket: ModelResource, stack: StackResources, all: AllStacks) => Observation[],
): DataRule["check"] {
  return (stack, all) => {
    if (!stack.isHub) return [];
    const destinations = resourcesOfType(stack, "aws:ec2/flowLog:FlowLog").map((log) => text(log, "logDestination"));
    return resourcesOfType(stack, BUCKET)
      .filter((each) => each.name === `${stack.name}-logs` || destinations.includes(attribute(each, "arn")))
      .flatMap((bucket) => check(bucket, stack, all));
  };
}

const hasVersioning = eachArchive((bucket, stack) => {
  const settings = settingsOf(stack, "bucketVersioning:BucketVersioning", bucket);
  const statuses = settings.map(({ inputs }) => textIn(objectIn(inputs, "versioningConfiguration"), "status"));
  const passed = statuses.length > 0 && statuses.every((status) => status === "Enabled");
  const fault = !passed && "does not have versioning enabled";
  return observeSettings(bucket, settings, ["versioningConfiguration"], "has versioning enabled", fault);
});

/** Object Lock covers the whole retention period, so that nobody deletes logs early. */
const locksLogs = eachArchive((bucket, stack) => {
  const locks = settingsOf(stack, "bucketObjectLockConfiguration:BucketObjectLockConfiguration", bucket);
  const lifecycles = settingsOf(stack, "bucketLifecycleConfiguration:BucketLifecycleConfiguration", bucket);
  const locked = Math.min(
    ...locks.map(({ inputs }) => lockedDays(objectIn(objectIn(inputs, "rule"), "defaultRetention"))),
  );
  const stored = Math.max(0, ...lifecycles.flatMap((each) => items(each, "rules")).map(daysUntilExpiration));
  const fault =
    locks.length === 0 || locked === 0
      ? "has no Object Lock retention"
      : locked < stored && `locks log objects for ${String(locked)} days, but keeps them for ${String(stored)}`;
  const passes = `locks log objects for ${String(locked)} days`;
  return observeSettings(bucket, [...locks, ...lifecycles], ["rule", "rules"], passes, fault);
});

/** Days of a retention; 0 if it locks nothing. */
function lockedDays(retention: Properties): number {
  if (!["GOVERNANCE", "COMPLIANCE"].includes(textIn(retention, "mode"))) return 0;
  return Number(retention["days"] ?? 0) + 365 * Number(retention["years"] ?? 0);
}

/** Days after which a lifecycle rule expires logs; 0 if it does not apply to logs. */
function daysUntilExpiration(rule: Properties): number {
  const prefix = textIn(objectIn(rule, "filter"), "prefix");
  return "AWSLogs/".startsWith(prefix) ? Number(objectIn(rule, "expiration")["days"] ?? 0) : 0;
}

const LOG_ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"].concat([
  ...["s3:BypassGovernanceRetention", "s3:PutObjectRetention"],
]);

/** The deployment role, which manages the archive, can neither read nor change logs. */
const deniesDeploymentRole = eachArchive((bucket, stack, all) => {
  const account = all.accountMap.find(({ name }) => name === stack.name)?.account ?? "";
  const principal = roleArn(account, deploymentRoleName(all.project, stack.name));
  const policies = settingsOf(stack, "bucketPolicy:BucketPolicy", bucket).map((each) => readPolicy(each, "policy"));
  // A policy that is not known yet may deny.
  if (policies.includes(undefined)) return [];
  const isDenied = (action: string): boolean =>
    policies.some(
      (policy) =>
        policy !== undefined &&
        evaluate(policy, {
          ...{ principal, action, resource: `${attribute(bucket, "arn")}/AWSLogs/log` },
          context: { "aws:PrincipalArn": principal, "aws:SecureTransport": "true" },
        }) === "denied",
    );
  const open = LOG_ACTIONS.filter((action) => !isDenied(action));
  return observe(bucket, [], "denies the deployment role access to logs", [
    open.length > 0 && `does not deny the deployment role ${open.join(", ")}`,
  ]);
});

export const BUCKET_RULES: readonly DataRule[] = [
  { source: "Blocking public access to your Amazon S3 storage", check: blocksPublicAccess },
  { source: "Controlling ownership of objects and disabling ACLs for your bucket", check: disablesAcls },
  { source: "Setting default server-side encryption behavior for Amazon S3 buckets", check: isEncrypted },
  { source: "Security best practices for Amazon S3", check: needsTls },
  { source: "Access control list (ACL) overview", check: isNotShared },
  { source: "Encrypting Athena query results stored in Amazon S3", check: resultsAreEncrypted },
  { source: "Retaining multiple versions of objects with S3 Versioning", check: hasVersioning },
  { source: "Locking objects with Object Lock", check: locksLogs },
  { source: "Bucket policies for Amazon S3", check: deniesDeploymentRole },
];
