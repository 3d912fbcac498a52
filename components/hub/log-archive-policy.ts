import { roleArn } from "../names";
import { forMembers, type Members } from "../members";
import { policyDocument, type PolicyDocument, type Statement } from "../policy-document";

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
