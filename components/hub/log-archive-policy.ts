import { policyDocument, type PolicyDocument } from "../policy-document";

/**
 * Policy of the log archive: AWS's log delivery may write for our accounts and for nobody else's (Amazon VPC User
 * Guide, "Amazon S3 bucket permissions for flow logs"), and nothing passes without TLS.
 *
 * 100 accounts take some 3 KB of the 20 KB that S3 allows.
 */
export function logArchivePolicy(args: {
  readonly arn: string;
  readonly accounts: readonly string[];
  readonly region: string;
}): PolicyDocument {
  const { arn, accounts, region } = args;
  const delivery = { Service: "delivery.logs.amazonaws.com" };
  const forOurAccounts = {
    StringEquals: { "aws:SourceAccount": accounts },
    ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:*:*` },
  };
  return policyDocument(
    {
      Sid: "DeliverLogs",
      Effect: "Allow",
      Principal: delivery,
      Action: "s3:PutObject",
      Resource: `${arn}/AWSLogs/*`,
      Condition: {
        ...forOurAccounts,
        StringEquals: { ...forOurAccounts.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
    {
      Sid: "CheckBeforeDelivery",
      Effect: "Allow",
      Principal: delivery,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: arn,
      Condition: forOurAccounts,
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
