import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logArchivePolicy } from "./log-archive-policy";

export interface LogArchiveArgs {
  /** Accounts whose logs are taken in. */
  readonly accounts: readonly string[];
  /** Region of all networks: logs are delivered within it. */
  readonly region: string;
  /** Days until a log is deleted. */
  readonly retentionDays: number;
  /** Refuse to delete the bucket; without it a destroy deletes the logs as well. */
  readonly protect: boolean;
}

/** Days until the results of a query are deleted. */
const QUERY_RESULT_DAYS = 7;
/** Where Athena writes its results, apart from the logs below `AWSLogs/`. */
export const QUERY_RESULTS_PREFIX = "athena-results/";

/**
 * The bucket that the logs of all networks are delivered to: from their accounts alone, encrypted, over TLS alone,
 * deleted after the retention time.
 *
 * Encryption is with S3's own keys: a key of ours would need the log delivery service and every reader in its policy,
 * and costs by the request, to protect records that hold addresses and no content.
 */
export class LogArchive extends pulumi.ComponentResource {
  /** Known once the policy stands: a log whose destination refuses it cannot be created. */
  readonly arn: pulumi.Output<string>;
  readonly bucket: pulumi.Output<string>;

  constructor(
    name: string,
    { accounts, region, retentionDays, protect }: LogArchiveArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:LogArchive", name, {}, opts);
    const mine = { parent: this };

    const archive = new aws.s3.Bucket(name, { forceDestroy: !protect }, { ...mine, protect });
    const bucket = archive.id;

    new aws.s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, mine);
    const publicAccess = new aws.s3.BucketPublicAccessBlock(
      name,
      { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      mine,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      mine,
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          expire("logs", "AWSLogs/", retentionDays),
          expire("query-results", QUERY_RESULTS_PREFIX, QUERY_RESULT_DAYS),
        ],
      },
      mine,
    );
    const policy = new aws.s3.BucketPolicy(
      name,
      { bucket, policy: archive.arn.apply((arn) => JSON.stringify(logArchivePolicy({ arn, accounts, region }))) },
      // S3 takes one change of a bucket's access at a time.
      { ...mine, dependsOn: [publicAccess] },
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
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
  };
}
