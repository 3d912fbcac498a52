import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { closeBucket } from "./private-bucket";

/** Days until the result of a query is deleted. */
const RESULT_DAYS = 7;
/** Where they are in the bucket. */
const RESULTS_PREFIX = "results/";

export interface QueryResultsArgs {
  /** Whether to protect the bucket. Without it, a destroy deletes the bucket with its content. */
  readonly protect: boolean;
}

/**
 * The bucket that Athena writes the results of queries to. It is apart from the archive, whose lock would keep a result as
 * long as a log. It has no versions, because a query can be repeated.
 */
export class QueryResults extends pulumi.ComponentResource {
  /** Where Athena writes to, `s3://BUCKET/PREFIX/`; known once the bucket's policy stands. */
  readonly location: pulumi.Output<string>;

  constructor(name: string, { protect }: QueryResultsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:QueryResults", name, {}, opts);
    const mine = { parent: this };
    const results = new aws.s3.Bucket(name, { forceDestroy: true }, { ...mine, protect });
    const bucket = results.id;
    const closed = closeBucket(name, bucket, mine);
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            id: "results",
            status: "Enabled",
            filter: { prefix: RESULTS_PREFIX },
            expiration: { days: RESULT_DAYS },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      mine,
    );
    const policy = new aws.s3.BucketPolicy(
      name,
      { bucket, policy: results.arn.apply((arn) => JSON.stringify(tlsOnly(arn))) },
      { ...mine, dependsOn: [closed] },
    );
    this.location = pulumi.all([bucket, policy.id]).apply(([id]) => `s3://${id}/${RESULTS_PREFIX}`);
    this.registerOutputs({ location: this.location });
  }
}

/** Nothing passes without TLS; who may read is the affair of the roles of the bucket's account. */
function tlsOnly(arn: string): PolicyDocument {
  return policyDocument({
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
}
