import type { Accepted } from "./findings";

/** Version of checkov that the list was made with; another one has other rules. */
export const CHECKOV = "3.3.30";

const BUCKETS = /^hub aws_s3_bucket\.hub-logs(-results)?$/;
const CLUSTER_LOGS = /^[\w-]+ aws_cloudwatch_log_group\.[\w-]+-cluster$/;

/** Findings that stay, by rule, each with the reason. The patterns match any number of networks. */
export const ACCEPTED: readonly Accepted[] = [
  {
    rule: "CKV_AWS_18",
    resources: BUCKETS,
    reason:
      "S3 delivers no access log to a bucket that is locked, and a bucket beside it would need the same guards: who " +
      "must know who reads a log has CloudTrail record the data events of the archive",
  },
  {
    rule: "CKV_AWS_21",
    resources: /^hub aws_s3_bucket\.hub-logs-results$/,
    reason: "the results of queries are deleted after 7 days, and a query can be run again",
  },
  {
    rule: "CKV2_AWS_62",
    resources: BUCKETS,
    reason: "nothing reacts to a log that is delivered: they are read by queries",
  },
  {
    rule: "CKV_AWS_26",
    resources: /^hub aws_sns_topic\.hub-events$/,
    reason: "messages name API calls and hold no data; EventBridge cannot publish under the key that AWS manages",
  },
  {
    rule: "CKV_AWS_61",
    resources: /^hub aws_iam_role\.hub-spoke-[\w-]+-(access|preview|records)$/,
    reason: "each role trusts one spoke's account; which of its roles may take it is for that account to say",
  },
  {
    rule: "CKV_AWS_130",
    resources: /^[\w-]+ aws_subnet\.[\w-]+-public-\d$/,
    reason: "awsx sets it on public subnets; only NAT gateways and load balancers are in them, no instance",
  },
  {
    rule: "CKV_AWS_136",
    resources: /^hub aws_ecr_repository\./,
    reason: "a key of ours would protect images that every account of ours may pull (ADR 11)",
  },
  {
    rule: "CKV_AWS_144",
    resources: BUCKETS,
    reason: "the networks are in one region, and so are the records of them; a copy elsewhere doubles what they cost",
  },
  {
    rule: "CKV_AWS_145",
    resources: BUCKETS,
    reason: "a key of ours would need the log delivery and every reader in its policy, for addresses (ADR 7)",
  },
  {
    rule: "CKV_AWS_158",
    resources: CLUSTER_LOGS,
    reason:
      "CloudWatch encrypts every group with a key of its own; one of ours would hold nothing back that they hold (EKS logs no " +
      "Secret's content), and a group whose key is gone is unreadable",
  },
  {
    rule: "CKV_AWS_169",
    resources: /^hub aws_sns_topic_policy\.hub-events$/,
    reason: "everybody as principal, closed by conditions on our accounts and on the names of roles",
  },
  {
    rule: "CKV2_AWS_34",
    resources: /^[\w-]+ aws_ssm_parameter\.[\w-]+-deletion-guard$/,
    reason: "the parameter holds no secret: it guards the stack against a destroy without a preview",
  },
  {
    rule: "CKV2_AWS_19",
    resources: /^[\w-]+ aws_eip\./,
    reason: "each is a NAT gateway's; awsx leaves the address's domain to AWS, and checkov looks for it",
  },
  {
    rule: "CKV_AWS_300",
    resources: /^hub aws_s3_bucket_lifecycle_configuration\.hub-logs(-results)?$/,
    reason: "uploads are aborted below the prefixes, and nobody writes beside them",
  },
  {
    rule: "CKV_AWS_331",
    resources: /^hub aws_ec2_transit_gateway\.hub$/,
    reason: "a spoke attaches itself; what an attachment can reach is held by the gateway's tables (ADR 4)",
  },
];
