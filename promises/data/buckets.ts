import type { EstateStack } from "../../model/estate";
import { attribute, items, text, textIn, type ModelResource } from "../../model/resource";
import type { Seen } from "../promise";
import { inside, isEmpty, isTrue, judged, ofType, type Rule } from "./rule";
import { refusesWithoutTls } from "./tls";

const S3 = "aws:s3/";
const BUCKET = `${S3}bucket:Bucket`;

/** Settings of a bucket that stand by themselves, by the property that names the bucket. */
function of(stack: EstateStack, type: string, bucket: ModelResource): readonly ModelResource[] {
  return ofType(stack, `${S3}${type}`).filter((each) => text(each, "bucket") === bucket.id);
}

function eachBucket(check: (bucket: ModelResource, stack: EstateStack) => Seen | undefined): Rule["check"] {
  return (stack) => ofType(stack, BUCKET).flatMap((bucket) => check(bucket, stack) ?? []);
}

const BLOCKS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const isPrivate = eachBucket((bucket, stack) => {
  const blocks = of(stack, "bucketPublicAccessBlock:BucketPublicAccessBlock", bucket);
  const open = BLOCKS.filter((each) => !(blocks.length > 0 && blocks.every(({ inputs }) => isTrue(inputs[each]))));
  return judged(bucket.name, "blocks public access", [open.length > 0 && `does not set ${open.join(", ")}`]);
});

const hasOneOwner = eachBucket((bucket, stack) => {
  const owners = of(stack, "bucketOwnershipControls:BucketOwnershipControls", bucket).map(({ inputs }) =>
    textIn(inside(inputs, "rule"), "objectOwnership"),
  );
  const holds = owners.length > 0 && owners.every((owner) => owner === "BucketOwnerEnforced");
  return judged(bucket.name, "owns its objects", [!holds && "leaves objects to whoever writes them"]);
});

const ALGORITHMS = ["AES256", "aws:kms", "aws:kms:dsse"];

const isEncrypted = eachBucket((bucket, stack) => {
  const rules = of(stack, "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", bucket)
    .flatMap((each) => items(each, "rules"))
    .map((rule) => textIn(inside(rule, "applyServerSideEncryptionByDefault"), "sseAlgorithm"));
  const holds = rules.length > 0 && rules.every((algorithm) => ALGORITHMS.includes(algorithm));
  return judged(bucket.name, "encrypts its objects", [!holds && "names no encryption of its objects"]);
});

const ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetBucketPolicy"];

const needsTls = eachBucket((bucket, stack) => {
  const arn = attribute(bucket, "arn");
  const refusals = of(stack, "bucketPolicy:BucketPolicy", bucket).map((policy) =>
    refusesWithoutTls(policy, ACTIONS, [arn, `${arn}/key`]),
  );
  // One whose text is not known yet may refuse.
  if (refusals.includes(undefined)) return undefined;
  return judged(bucket.name, "refuses what comes without TLS", [
    !refusals.includes(true) && "lets requests pass without TLS",
  ]);
});

/** What a bucket may be given inline that shares it: none of it is planned. */
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
  // The owner's own grant is what a bucket has from the beginning.
  const grants = items(bucket, "grants");
  const isOwners = grants.length <= 1 && grants.every((grant) => textIn(grant, "type") === "CanonicalUser");
  return judged(bucket.name, "is shared by nothing but its policy", [
    used.length > 0 && `sets ${used.join(", ")}`,
    !isOwners && "has grants",
  ]);
});

/** The log archive keeps versions, and locks them. */
const isLocked: Rule["check"] = (stack) => {
  if (!stack.isHub) return [];
  return ofType(stack, BUCKET)
    .filter((bucket) => isArchive(bucket, stack))
    .map((bucket) => {
      const versions = of(stack, "bucketVersioning:BucketVersioning", bucket).map(({ inputs }) =>
        textIn(inside(inputs, "versioningConfiguration"), "status"),
      );
      const locks = of(stack, "bucketObjectLockConfiguration:BucketObjectLockConfiguration", bucket).map(({ inputs }) =>
        inside(inside(inputs, "rule"), "defaultRetention"),
      );
      return judged(bucket.name, "keeps versions and locks them", [
        !(versions.length > 0 && versions.every((status) => status === "Enabled")) && "keeps no versions",
        !(locks.length > 0 && locks.every(isRetention)) && "locks no log",
      ]);
    });
};

function isArchive(bucket: ModelResource, stack: EstateStack): boolean {
  const logged = ofType(stack, "aws:ec2/flowLog:FlowLog").map((log) => text(log, "logDestination"));
  return bucket.name === `${stack.name}-logs` || logged.includes(attribute(bucket, "arn"));
}

function isRetention(retention: Readonly<Record<string, unknown>>): boolean {
  const isOf = (unit: string): boolean => Number(retention[unit] ?? 0) > 0;
  return ["GOVERNANCE", "COMPLIANCE"].includes(textIn(retention, "mode")) && (isOf("days") || isOf("years"));
}

/** What Athena writes is encrypted, whatever a query asks for. */
const resultsAreEncrypted: Rule["check"] = (stack) =>
  ofType(stack, "aws:athena/workgroup:Workgroup").map((workgroup) => {
    const config = inside(workgroup.inputs, "configuration");
    const encryption = inside(inside(config, "resultConfiguration"), "encryptionConfiguration");
    return judged(workgroup.name, "encrypts results", [
      !/^(?:SSE|CSE)_/.test(textIn(encryption, "encryptionOption")) && "names no encryption of results",
      // True is Athena's default.
      config["enforceWorkgroupConfiguration"] === false && "lets queries choose another",
    ]);
  });

export const BUCKET_RULES: readonly Rule[] = [
  { source: "Blocking public access to your Amazon S3 storage", check: isPrivate },
  { source: "Controlling ownership of objects and disabling ACLs for your bucket", check: hasOneOwner },
  { source: "Setting default server-side encryption behavior for Amazon S3 buckets", check: isEncrypted },
  { source: "Security best practices for Amazon S3", check: needsTls },
  { source: "Access control list (ACL) overview", check: isShared },
  { source: "Encrypting Athena query results stored in Amazon S3", check: resultsAreEncrypted },
  { source: "Locking objects with Object Lock", check: isLocked },
];
