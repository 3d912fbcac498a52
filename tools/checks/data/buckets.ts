import type { StackResources } from "../../model/stacks";
import { attribute, items, textIn, type ModelResource } from "../../model/resource";
import type { Seen } from "../check";
import { BUCKET, judgedBy, of } from "./bucket-settings";
import { inside, isEmpty, isTrue, judged, ofType, type Rule } from "./rule";
import { refusesWithoutTls } from "./tls";

function eachBucket(check: (bucket: ModelResource, stack: StackResources) => Seen[]): Rule["check"] {
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
function isIn(stack: StackResources, location: string): boolean {
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
