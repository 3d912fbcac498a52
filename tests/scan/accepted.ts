/** Version of checkov that the list is for. Other versions have other rules. */
export const CHECKOV = "3.3.30";

/** An accepted finding. */
export interface Accepted {
  readonly rule: string;
  /** The resources that fail the rule, as `STACK ADDRESS`. */
  readonly resources: RegExp;
  /** Why the finding needs no fix. */
  readonly reason: string;
}

const BUCKETS = /^hub aws_s3_bucket\.hub-logs(-results)?$/;
const CLUSTER_LOGS = /^[\w-]+ aws_cloudwatch_log_group\.[\w-]+-cluster$/;

/** The accepted findings by rule. The patterns match any number of networks. */
export const ACCEPTED: readonly Accepted[] = [
  {
    rule: "CKV_AWS_18",
    resources: BUCKETS,
    reason:
      "S3 delivers no access log to a bucket with Object Lock, and another bucket would need the same protection; to know " +
      "who reads the archive, let CloudTrail record its data events",
  },
  {
    rule: "CKV_AWS_21",
    resources: /^hub aws_s3_bucket\.hub-logs-results$/,
    reason: "query results are deleted after 7 days, and a query can be run again",
  },
  {
    rule: "CKV2_AWS_62",
    resources: BUCKETS,
    reason: "nothing reacts to the delivery of a log; logs are read by queries",
  },
  {
    rule: "CKV_AWS_26",
    resources: /^hub aws_sns_topic\.hub-events$/,
    reason: "messages name API calls and contain no data; EventBridge cannot publish with the AWS managed key",
  },
  {
    rule: "CKV_AWS_61",
    resources: /^hub aws_iam_role\.hub-spoke-[\w-]+-(access|preview|records)$/,
    reason: "each role trusts the account of one spoke, which decides which of its roles may assume it",
  },
  {
    rule: "CKV_AWS_130",
    resources: /^[\w-]+ aws_subnet\.[\w-]+-public-\d$/,
    reason: "awsx sets it on public subnets, which contain only NAT gateways and load balancers, no instances",
  },
  {
    rule: "CKV_AWS_136",
    resources: /^hub aws_ecr_repository\./,
    reason: "a customer managed key would protect images that all accounts of the networks may pull anyway (ADR 11)",
  },
  {
    rule: "CKV_AWS_144",
    resources: BUCKETS,
    reason: "the networks and their logs are in one Region; a copy in another Region doubles the cost",
  },
  {
    rule: "CKV_AWS_145",
    resources: BUCKETS,
    reason:
      "a customer managed key would need the log delivery and every reader in its policy, only to protect addresses (ADR 7)",
  },
  {
    rule: "CKV_AWS_158",
    resources: CLUSTER_LOGS,
    reason:
      "CloudWatch encrypts every log group with its own key; a customer managed key protects nothing more (EKS logs no " +
      "content of Secrets), and without its key a log group is unreadable",
  },
  {
    rule: "CKV_AWS_169",
    resources: /^hub aws_sns_topic_policy\.hub-events$/,
    reason: "the principal is *, limited by conditions on the known accounts and on the names of roles",
  },
  {
    rule: "CKV2_AWS_34",
    resources: /^[\w-]+ aws_ssm_parameter\.[\w-]+-deletion-guard$/,
    reason: "the parameter contains no secret; it protects the stack from a destroy without a preview",
  },
  {
    rule: "CKV2_AWS_19",
    resources: /^[\w-]+ aws_eip\./,
    reason: "each belongs to a NAT gateway; awsx leaves the domain of the address to AWS, but checkov looks for it",
  },
  {
    rule: "CKV_AWS_300",
    resources: /^hub aws_s3_bucket_lifecycle_configuration\.hub-logs(-results)?$/,
    reason: "incomplete uploads are aborted below the prefixes, and nobody writes elsewhere",
  },
  {
    rule: "CKV_AWS_331",
    resources: /^hub aws_ec2_transit_gateway\.hub$/,
    reason: "a spoke attaches itself; the transit gateway route tables limit what an attachment reaches (ADR 4)",
  },
];
