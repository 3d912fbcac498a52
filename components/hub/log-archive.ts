import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { forMembers, type Members } from "../members";
import { roleArn } from "../names";
import { policyDocument, type PolicyDocument, type Statement } from "../policy-document";

/** What AWS's log delivery writes is below it. */
const LOGS_PREFIX = "AWSLogs/";
/** Where the results of queries were before they had a bucket of their own, and how many days they stay. */
const OLD_RESULTS_PREFIX = "athena-results/";
const OLD_RESULT_DAYS = 7;

export interface LogArchiveArgs {
  /** Whose logs are taken in. */
  readonly members: Members;
  /** Account of the hub. */
  readonly account: string;
  /** Region of all networks: logs are delivered within it. */
  readonly region: string;
  /** Days for which a log is locked, and after which it is deleted. */
  readonly retentionDays: number;
  /** Refuse to delete the bucket; without it a destroy deletes the logs as well, for whoever may bypass their lock. */
  readonly protect: boolean;
}

/**
 * The bucket that the logs of all networks are delivered to: from our accounts alone, encrypted, over TLS alone. A log is
 * locked for the retention time from the moment it is there, and deleted after it.
 *
 * The lock is S3's in governance mode: no lifecycle, no overwriting and no delete gets past it, and only who has
 * `s3:BypassGovernanceRetention` does, which roles that deploy stacks are denied. A log that was there before the bucket
 * had its lock is not locked.
 *
 * Encryption is with S3's own keys: a key of ours would need the log delivery service and every reader in its policy,
 * and costs by the request, to protect records that hold addresses and no content.
 */
export class LogArchive extends pulumi.ComponentResource {
  /** Known once the lock and the policy stand: a log whose destination refuses it cannot be created. */
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
      // A bucket has the lock from its creation on, or gets it below: the property cannot change on one that is there.
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
      // S3 locks versions, so there must be some.
      { ...mine, dependsOn: [versioning] },
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          expire("logs", LOGS_PREFIX, retentionDays),
          expire("query-results", OLD_RESULTS_PREFIX, OLD_RESULT_DAYS),
          // S3 takes this beside no number of days.
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
      // Nothing is delivered before it would be locked.
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
    // What expires is a version that is not current from then on, and its lock has ended.
    noncurrentVersionExpiration: { noncurrentDays: 1 },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
  };
}

/**
 * Closes a bucket: its objects belong to its account, without access control lists, none of them is public, and all are
 * encrypted with S3's own keys. These are resources of their own, named after the bucket, and siblings of it.
 *
 * @returns what a policy of the bucket comes after: S3 takes one change of a bucket's access at a time
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
  /** The bucket. */
  readonly arn: string;
  /** Whose logs are taken in. */
  readonly members: Members;
  /** Account of the bucket. */
  readonly account: string;
  readonly region: string;
}

const DELIVERY = { Service: "delivery.logs.amazonaws.com" };

/**
 * Policy of the log archive: AWS's log delivery writes for our accounts and for nobody else's, roles that deploy stacks
 * touch no log, and nothing passes without TLS.
 *
 * It has no NotAction and no NotPrincipal: AWS makes no flow log or query log to a bucket whose policy has one (Amazon
 * CloudWatch Logs User Guide, "Logs sent to Amazon S3"). 100 accounts take some 5 KB of the 20 KB that S3 allows.
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
      // Everybody whose role has the path; the log delivery has no role.
      Principal: "*",
      Action: ["s3:BypassGovernanceRetention", "s3:DeleteObject*", "s3:GetObject*", "s3:PutObject*"],
      Resource: `${arn}/*`,
      Condition: { ArnLike: { "aws:PrincipalArn": roleArn(account, "*") } },
    },
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      // Everybody: a Deny that left somebody out would leave a way without TLS.
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
}

/**
 * The two statements that AWS looks for when a log to the bucket is made by a role of its account, and adds if they are
 * missing: the next update would then take AWS's addition away (the same page). In AWS's words to the letter, the header
 * among them, for the bucket's account; ours besides let deliveries pass without the header too.
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
