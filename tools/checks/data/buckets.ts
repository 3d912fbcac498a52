import { roleArn } from "../../../components/deployment-identities";
import { deploymentRoleName } from "../../../components/names";
import type { Estate, EstateStack } from "../../model/estate";
import { evaluate } from "../../model/iam/evaluate";
import { attribute, items, knows, type ModelResource, type Properties, text, textIn } from "../../model/resource";
import type { Seen } from "../shared/check";
import { documentIn, refusesWithoutTls } from "../shared/policy-documents";
import { inside, isEmpty, isTrue, judged, ofType, type Rule } from "./rule";

function eachBucket(check: (bucket: ModelResource, stack: EstateStack) => Seen[]): Rule["check"] {
  return (stack) => ofType(stack, BUCKET).flatMap((bucket) => check(bucket, stack));
}

const BLOCKS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const isPrivate = eachBucket((bucket, stack) => {
  const blocks = of(stack, "bucketPublicAccessBlock:BucketPublicAccessBlock", bucket);
  const open = BLOCKS.filter((each) => !(blocks.length > 0 && blocks.every(({ inputs }) => isTrue(inputs[each]))));
  return judgedBy(
    bucket,
    blocks,
    BLOCKS,
    "blocks public access",
    open.length > 0 && `does not set ${open.join(", ")} to true`,
  );
});

const hasOneOwner = eachBucket((bucket, stack) => {
  const controls = of(stack, "bucketOwnershipControls:BucketOwnershipControls", bucket);
  const owners = controls.map(({ inputs }) => textIn(inside(inputs, "rule"), "objectOwnership"));
  const passed = owners.length > 0 && owners.every((owner) => owner === "BucketOwnerEnforced");
  return judgedBy(
    bucket,
    controls,
    ["rule"],
    "disables ACLs",
    !passed && "does not set objectOwnership to BucketOwnerEnforced",
  );
});

const ALGORITHMS = ["AES256", "aws:kms", "aws:kms:dsse"];

const isEncrypted = eachBucket((bucket, stack) => {
  const type = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
  const settings = of(stack, type, bucket);
  const rules = settings
    .flatMap((each) => items(each, "rules"))
    .map((rule) => textIn(inside(rule, "applyServerSideEncryptionByDefault"), "sseAlgorithm"));
  const passed = rules.length > 0 && rules.every((algorithm) => ALGORITHMS.includes(algorithm));
  return judgedBy(
    bucket,
    settings,
    ["rules"],
    "encrypts its objects by default",
    !passed && "has no default encryption",
  );
});

const ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetBucketPolicy"];

const needsTls = eachBucket((bucket, stack) => {
  const arn = attribute(bucket, "arn");
  const refusals = of(stack, "bucketPolicy:BucketPolicy", bucket).map((policy) =>
    refusesWithoutTls(policy, ACTIONS, [arn, `${arn}/key`]),
  );
  // A policy that is not known yet may deny them.
  if (refusals.includes(undefined)) return [];
  return judged(bucket, [], "denies requests without TLS", [!refusals.includes(true) && "allows requests without TLS"]);
});

/** Inline properties that share a bucket; none of them is expected. */
const SHARING = [
  ...[
    "acl",
    "accelerationStatus",
    "corsRules",
    "loggings",
    "policy",
    "replicationConfiguration",
    "website",
    "websites",
  ],
];

const isShared = eachBucket((bucket) => {
  const used = SHARING.filter((property) => {
    const value = bucket.inputs[property];
    return !isEmpty(value) && !(property === "acl" && value === "private");
  });
  // Every bucket has its owner's own grant.
  const grants = items(bucket, "grants");
  const isOwners = grants.length <= 1 && grants.every((grant) => textIn(grant, "type") === "CanonicalUser");
  return judged(bucket, [...SHARING, "grants"], "is shared only by its bucket policy", [
    used.length > 0 && `sets ${used.join(", ")}, which shares it`,
    !isOwners && "grants access by ACL",
  ]);
});

/** Whether a location, `s3://BUCKET/PREFIX/`, is in a bucket of the stack. */
function isIn(stack: EstateStack, location: string): boolean {
  return ofType(stack, BUCKET).some(({ id }) => location.startsWith(`s3://${id}/`));
}

/** Athena encrypts query results, whatever a query requests. */
const resultsAreEncrypted: Rule["check"] = (stack) =>
  ofType(stack, "aws:athena/workgroup:Workgroup").flatMap((workgroup) => {
    const config = inside(workgroup.inputs, "configuration");
    const encryption = inside(inside(config, "resultConfiguration"), "encryptionConfiguration");
    return judged(workgroup, ["configuration"], "encrypts query results", [
      !isIn(stack, textIn(inside(config, "resultConfiguration"), "outputLocation")) &&
        "writes query results to a bucket outside its stack",
      !/^(?:SSE|CSE)_/.test(textIn(encryption, "encryptionOption")) && "does not encrypt query results",
      // True is Athena's default.
      config["enforceWorkgroupConfiguration"] === false && "lets queries override its configuration",
    ]);
  });

export const BUCKET_RULES: readonly Rule[] = [
  { source: "Blocking public access to your Amazon S3 storage", check: isPrivate },
  { source: "Controlling ownership of objects and disabling ACLs for your bucket", check: hasOneOwner },
  { source: "Setting default server-side encryption behavior for Amazon S3 buckets", check: isEncrypted },
  { source: "Security best practices for Amazon S3", check: needsTls },
  { source: "Access control list (ACL) overview", check: isShared },
  { source: "Encrypting Athena query results stored in Amazon S3", check: resultsAreEncrypted },
];

const S3 = "aws:s3/";
export const BUCKET = `${S3}bucket:Bucket`;

/** Separate settings resources of a bucket. */
export function of(stack: EstateStack, type: string, bucket: ModelResource): readonly ModelResource[] {
  return ofType(stack, `${S3}${type}`).filter((each) => text(each, "bucket") === bucket.id);
}

/** The observation about a bucket from its settings; nothing if a preview does not know one of them. */
export function judgedBy(
  bucket: ModelResource,
  settings: readonly ModelResource[],
  reads: readonly string[],
  kept: string,
  fault: string | false,
): Seen[] {
  const areKnown = settings.every((each) => reads.every((property) => knows(each, property)));
  return areKnown ? judged(bucket, [], kept, [fault]) : [];
}

const archives = (stack: EstateStack): readonly ModelResource[] =>
  stack.isHub ? ofType(stack, BUCKET).filter((bucket) => isArchive(bucket, stack)) : [];

function isArchive(bucket: ModelResource, stack: EstateStack): boolean {
  const logged = ofType(stack, "aws:ec2/flowLog:FlowLog").map((log) => text(log, "logDestination"));
  return bucket.name === `${stack.name}-logs` || logged.includes(attribute(bucket, "arn"));
}

const versionsAreKept: Rule["check"] = (stack) =>
  archives(stack).flatMap((bucket) => {
    const settings = of(stack, "bucketVersioning:BucketVersioning", bucket);
    const statuses = settings.map(({ inputs }) => textIn(inside(inputs, "versioningConfiguration"), "status"));
    const passed = statuses.length > 0 && statuses.every((status) => status === "Enabled");
    return judgedBy(
      bucket,
      settings,
      ["versioningConfiguration"],
      "has versioning enabled",
      !passed && "does not have versioning enabled",
    );
  });

/** Object Lock covers the whole retention period, so that nobody deletes logs early. */
const logsAreLocked: Rule["check"] = (stack) =>
  archives(stack).flatMap((bucket) => {
    const locks = of(stack, "bucketObjectLockConfiguration:BucketObjectLockConfiguration", bucket);
    const lifecycles = of(stack, "bucketLifecycleConfiguration:BucketLifecycleConfiguration", bucket);
    const locked = Math.min(...locks.map(({ inputs }) => daysOf(inside(inside(inputs, "rule"), "defaultRetention"))));
    const kept = Math.max(0, ...lifecycles.flatMap((each) => items(each, "rules")).map(daysOfLogs));
    const settings = [...locks, ...lifecycles];
    return judgedBy(
      bucket,
      settings,
      ["rule", "rules"],
      `locks log objects for ${String(locked)} days`,
      [
        locks.length === 0 || locked === 0 ? "has no Object Lock retention" : "",
        locked > 0 && locked < kept
          ? `locks log objects for ${String(locked)} days, but keeps them for ${String(kept)}`
          : "",
      ].join(""),
    );
  });

/** Days of a retention; 0 if it locks nothing. */
function daysOf(retention: Properties): number {
  if (!["GOVERNANCE", "COMPLIANCE"].includes(textIn(retention, "mode"))) return 0;
  return Number(retention["days"] ?? 0) + 365 * Number(retention["years"] ?? 0);
}

/** Days after which a lifecycle rule expires logs; 0 if it does not apply to logs. */
function daysOfLogs(rule: Properties): number {
  const prefix = textIn(inside(rule, "filter"), "prefix");
  return "AWSLogs/".startsWith(prefix) ? Number(inside(rule, "expiration")["days"] ?? 0) : 0;
}

const ON_LOGS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"].concat([
  "s3:BypassGovernanceRetention",
  "s3:PutObjectRetention",
]);

/** The deployment role, which manages the archive, can neither read nor change logs. */
const deploymentsTouchNoLog: Rule["check"] = (stack, all) =>
  archives(stack).flatMap((bucket) => {
    const principal = roleArn(accountOf(stack, all), deploymentRoleName(all.project, stack.name));
    const policies = of(stack, "bucketPolicy:BucketPolicy", bucket).map((each) => documentIn(each, "policy"));
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
    const open = ON_LOGS.filter((action) => !isDenied(action));
    return judged(bucket, [], "denies the deployment role access to logs", [
      open.length > 0 && `does not deny the deployment role ${open.join(", ")}`,
    ]);
  });

function accountOf({ name }: EstateStack, { register }: Estate): string {
  return register.find((network) => network.name === name)?.account ?? "";
}

export const ARCHIVE_RULES: readonly Rule[] = [
  { source: "Retaining multiple versions of objects with S3 Versioning", check: versionsAreKept },
  { source: "Locking objects with Object Lock", check: logsAreLocked },
  { source: "Bucket policies for Amazon S3", check: deploymentsTouchNoLog },
];
