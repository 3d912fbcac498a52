import type { EstateStack } from "../../model/estate";
import { attribute, items, textIn, type ModelResource } from "../../model/resource";
import type { Seen } from "../check";
import { BUCKET, judgedBy, of } from "./bucket-settings";
import { inside, isEmpty, isTrue, judged, ofType, type Rule } from "./rule";
import { refusesWithoutTls } from "./tls";

function eachBucket(check: (bucket: ModelResource, stack: EstateStack) => Seen[]): Rule["check"] {
  return (stack) => ofType(stack, BUCKET).flatMap((bucket) => check(bucket, stack));
}

const BLOCKS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const isPrivate = eachBucket((bucket, stack) => {
  const blocks = of(stack, "bucketPublicAccessBlock:BucketPublicAccessBlock", bucket);
  const open = BLOCKS.filter((each) => !(blocks.length > 0 && blocks.every(({ inputs }) => isTrue(inputs[each]))));
  return judgedBy(bucket, blocks, BLOCKS, "blocks public access", open.length > 0 && `does not set ${open.join(", ")}`);
});

const hasOneOwner = eachBucket((bucket, stack) => {
  const controls = of(stack, "bucketOwnershipControls:BucketOwnershipControls", bucket);
  const owners = controls.map(({ inputs }) => textIn(inside(inputs, "rule"), "objectOwnership"));
  const passed = owners.length > 0 && owners.every((owner) => owner === "BucketOwnerEnforced");
  return judgedBy(bucket, controls, ["rule"], "owns its objects", !passed && "leaves objects to whoever writes them");
});

const ALGORITHMS = ["AES256", "aws:kms", "aws:kms:dsse"];

const isEncrypted = eachBucket((bucket, stack) => {
  const type = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
  const settings = of(stack, type, bucket);
  const rules = settings
    .flatMap((each) => items(each, "rules"))
    .map((rule) => textIn(inside(rule, "applyServerSideEncryptionByDefault"), "sseAlgorithm"));
  const passed = rules.length > 0 && rules.every((algorithm) => ALGORITHMS.includes(algorithm));
  return judgedBy(bucket, settings, ["rules"], "encrypts its objects", !passed && "names no encryption of its objects");
});

const ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetBucketPolicy"];

const needsTls = eachBucket((bucket, stack) => {
  const arn = attribute(bucket, "arn");
  const refusals = of(stack, "bucketPolicy:BucketPolicy", bucket).map((policy) =>
    refusesWithoutTls(policy, ACTIONS, [arn, `${arn}/key`]),
  );
  // One whose text is not known yet may refuse.
  if (refusals.includes(undefined)) return [];
  return judged(bucket, [], "refuses what comes without TLS", [
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
  return judged(bucket, [...SHARING, "grants"], "is shared by nothing but its policy", [
    used.length > 0 && `sets ${used.join(", ")}`,
    !isOwners && "has grants",
  ]);
});

/** Whether an address, `s3://BUCKET/PREFIX/`, is in a bucket of a stack. */
function isIn(stack: EstateStack, location: string): boolean {
  return ofType(stack, BUCKET).some(({ id }) => location.startsWith(`s3://${id}/`));
}

/** What Athena writes is encrypted, whatever a query asks for. */
const resultsAreEncrypted: Rule["check"] = (stack) =>
  ofType(stack, "aws:athena/workgroup:Workgroup").flatMap((workgroup) => {
    const config = inside(workgroup.inputs, "configuration");
    const encryption = inside(inside(config, "resultConfiguration"), "encryptionConfiguration");
    return judged(workgroup, ["configuration"], "encrypts results", [
      !isIn(stack, textIn(inside(config, "resultConfiguration"), "outputLocation")) &&
        "writes results to a bucket that its stack does not make",
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
];
