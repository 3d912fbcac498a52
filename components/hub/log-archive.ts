import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { forMembers, type Members } from "../members";
import { roleArn } from "../names";
import { denyWithoutTls, policyDocument, type PolicyDocument, type Statement } from "../policy-document";

/** Prefix of everything that AWS's log delivery writes. */
const LOGS_PREFIX = "AWSLogs/";
/** Prefix of query results in earlier versions, before they had a bucket of their own, and days until they expire. */
const OLD_RESULTS_PREFIX = "athena-results/";
const OLD_RESULT_DAYS = 7;

export interface LogArchiveArgs {
  /** Accounts whose logs the archive accepts. */
  readonly members: Members;
  /** Account of the hub. */
  readonly account: string;
  /** Region of all networks: logs are delivered within it. */
  readonly region: string;
  /** Days for which a log is locked, and after which it is deleted. */
  readonly retentionDays: number;
  /** Whether to protect the bucket. Without it, a destroy by someone who may bypass the lock also deletes the logs. */
  readonly protect: boolean;
}

/**
 * The bucket to which the logs of all networks are delivered: only from our accounts, encrypted, and only over TLS. A
 * log is locked for the retention time from its delivery, and then deleted.
 *
 * S3 Object Lock is in governance mode. No lifecycle rule, overwrite or delete can bypass it without
 * `s3:BypassGovernanceRetention`, which is denied to roles that deploy stacks. Logs from before the bucket had its lock
 * are not locked.
 *
 * Encryption is with S3's own keys. A customer managed key would need the log delivery service and every reader in its
 * policy, and costs per request, to protect records that contain addresses and no content.
 */
export class LogArchive extends pulumi.ComponentResource {
  /** Known once the bucket has its lock and its policy: AWS creates no log whose destination refuses it. */
  readonly arn: pulumi.Output<string>;
  readonly bucket: pulumi.Output<string>;

  constructor(
    name: string,
    { members, account, region, retentionDays, protect }: LogArchiveArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:LogArchive", name, {}, opts);
    const mine = { parent: this };

    const archive = new aws.s3.Bucket(
      name,
      { forceDestroy: !protect, objectLockEnabled: true },
      // A bucket has the lock from its creation, or gets it below: this property cannot change on an existing bucket.
      { ...mine, protect, ignoreChanges: ["objectLockEnabled"] },
    );
    const bucket = archive.id;

    const closed = closeBucket(name, bucket, mine);
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      mine,
    );
    const lock = new aws.s3.BucketObjectLockConfiguration(
      name,
      { bucket, rule: { defaultRetention: { mode: "GOVERNANCE", days: retentionDays } } },
      // S3 locks versions, so versioning comes first.
      { ...mine, dependsOn: [versioning] },
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          expire("logs", LOGS_PREFIX, retentionDays),
          expire("query-results", OLD_RESULTS_PREFIX, OLD_RESULT_DAYS),
          // A separate rule: S3 does not accept it together with a number of days.
          {
            id: "delete-markers",
            status: "Enabled",
            filter: { prefix: LOGS_PREFIX },
            expiration: { expiredObjectDeleteMarker: true },
          },
        ],
      },
      { ...mine, dependsOn: [versioning] },
    );
    const policy = new aws.s3.BucketPolicy(
      name,
      {
        bucket,
        policy: archive.arn.apply((arn) => JSON.stringify(logArchivePolicy({ arn, members, account, region }))),
      },
      // AWS delivers nothing without the policy, so every log is locked.
      { ...mine, dependsOn: [closed, lock] },
    );

    this.arn = pulumi.all([archive.arn, policy.id]).apply(([arn]) => arn);
    this.bucket = bucket;
    this.registerOutputs({ arn: this.arn, bucket: this.bucket });
  }
}

function expire(id: string, prefix: string, days: number): aws.types.input.s3.BucketLifecycleConfigurationRule {
  return {
    id,
    status: "Enabled",
    filter: { prefix },
    expiration: { days },
    // An expired version becomes noncurrent; by then its lock has ended.
    noncurrentVersionExpiration: { noncurrentDays: 1 },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
  };
}

/**
 * Makes a bucket private: its objects belong to its account, without access control lists, none is public, and all are
 * encrypted with S3's own keys. These are separate resources, named after the bucket and siblings of it.
 *
 * @returns resource that the bucket's policy must depend on: S3 accepts one change of a bucket's access at a time
 */
export function closeBucket(
  name: string,
  bucket: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): aws.s3.BucketPublicAccessBlock {
  new aws.s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, opts);
  new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    opts,
  );
  return new aws.s3.BucketPublicAccessBlock(
    name,
    { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    opts,
  );
}

export interface LogArchivePolicyArgs {
  /** ARN of the bucket. */
  readonly arn: string;
  /** Accounts whose logs the archive accepts. */
  readonly members: Members;
  /** Account of the bucket. */
  readonly account: string;
  readonly region: string;
}

const DELIVERY = { Service: "delivery.logs.amazonaws.com" };

/**
 * Policy of the log archive: AWS's log delivery may write for our accounts only, roles that deploy stacks may not
 * access logs, and nobody may use it without TLS.
 *
 * It has no NotAction and no NotPrincipal: AWS delivers no flow logs or query logs to a bucket whose policy has one
 * (Amazon CloudWatch Logs User Guide, "Logs sent to Amazon S3"). 100 accounts take about 5 KB of the 20 KB that S3
 * allows.
 */
export function logArchivePolicy(args: LogArchivePolicyArgs): PolicyDocument {
  const { arn, members, account, region } = args;
  const logs = { ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:*:*` } };
  return policyDocument(
    ...awsStatements(args),
    ...forMembers(members, ["Source"], {
      Sid: "DeliverLogs",
      Effect: "Allow",
      Principal: DELIVERY,
      Action: "s3:PutObject",
      Resource: `${arn}/AWSLogs/*`,
      Condition: logs,
    }),
    ...forMembers(members, ["Source"], {
      Sid: "CheckBeforeDelivery",
      Effect: "Allow",
      Principal: DELIVERY,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: arn,
      Condition: logs,
    }),
    {
      Sid: "DeploymentsTouchNoLog",
      Effect: "Deny",
      // Every role with the path; the log delivery has no role.
      Principal: "*",
      Action: ["s3:BypassGovernanceRetention", "s3:DeleteObject*", "s3:GetObject*", "s3:PutObject*"],
      Resource: `${arn}/*`,
      Condition: { ArnLike: { "aws:PrincipalArn": roleArn(account, "*") } },
    },
    denyWithoutTls("TlsOnly", "s3:*", [arn, `${arn}/*`]),
  );
}

/**
 * Two statements that AWS looks for when a role of the bucket's account creates a log to it, and adds if they are
 * missing; the next update would then remove them again (the same page). They are word for word AWS's, including the
 * header, for the bucket's account. Our other statements also allow deliveries without the header.
 */
function awsStatements({ arn, account, region }: LogArchivePolicyArgs): Statement[] {
  const forAccount = { "aws:SourceAccount": [account] };
  const logs = { ArnLike: { "aws:SourceArn": [`arn:aws:logs:${region}:${account}:*`] } };
  return [
    {
      Sid: "AWSLogDeliveryAclCheck",
      Effect: "Allow",
      Principal: DELIVERY,
      Action: "s3:GetBucketAcl",
      Resource: arn,
      Condition: { StringEquals: forAccount, ...logs },
    },
    {
      Sid: "AWSLogDeliveryWrite",
      Effect: "Allow",
      Principal: DELIVERY,
      Action: "s3:PutObject",
      Resource: `${arn}/AWSLogs/${account}/*`,
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...forAccount }, ...logs },
    },
  ];
}
