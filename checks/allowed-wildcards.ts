import { AWS_BUCKETS, REGISTRY_BUCKETS } from "../components/network/s3-endpoint-buckets";
import { listedBuckets, named, type HeldWildcard } from "./allowed-wildcard";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const KEY = "aws:kms/key:Key";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const OUR_ACCOUNTS = ["aws:PrincipalAccount"];

const READS = ["ecr:Batch*", "ecr:Describe*", "ecr:Get*", "ecr:List*"];
/** An endpoint is for one service; what a principal may do there, its own role says. */
const OF_ECR = ["ecr:*"];
const FIRST_PULL = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"];

/** What manages a key and does not use it. */
const MANAGES_KEY = [
  ...["kms:CreateAlias", "kms:CreateGrant", "kms:DeleteAlias", "kms:Describe*", "kms:DisableKeyRotation"],
  ...["kms:EnableKeyRotation", "kms:Get*", "kms:List*", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
  ...["kms:TagResource", "kms:UntagResource", "kms:Update*", "kms:CancelKeyDeletion"],
];

/**
 * Wildcards that are held. A partial one in a Resource, such as `repository/*` of one account, is a name for a set and no
 * matter here; what is as good as `"*"` is, and so is an action with a wildcard.
 */
export const ALLOWED_WILDCARDS: readonly HeldWildcard[] = [
  {
    type: ENDPOINT,
    name: /^-s3$/,
    sid: "ReadFromAws",
    open: ["Principal"],
    actions: ["s3:GetObject"],
    resources: listedBuckets(AWS_BUCKETS),
    conditions: [],
    reason: "a layer is fetched by a signed URL of ECR's, and packages without credentials",
  },
  {
    type: ENDPOINT,
    name: /^-s3$/,
    sid: "ReadFromRegistries",
    open: ["Principal"],
    actions: ["s3:GetObject"],
    resources: listedBuckets(REGISTRY_BUCKETS),
    conditions: [],
    reason: "a registry redirects to a URL that it signed, or to a file that everybody may read",
  },
  {
    type: ENDPOINT,
    name: /^-s3$/,
    sid: "OurBuckets",
    open: ["Principal", "Action", "Resource"],
    actions: ["s3:*"],
    conditions: ["aws:PrincipalAccount", "aws:ResourceAccount"],
    reason: "a gateway endpoint's policy knows no account as principal; buckets are told by their owner",
  },
  {
    type: ENDPOINT,
    name: /^-endpoint-ecr\.(api|dkr)$/,
    sid: "Authorise",
    open: ["Principal", "Resource"],
    actions: OF_ECR,
    conditions: OUR_ACCOUNTS,
    reason: "ECR's token is the registry's: AWS knows no other resource for it",
  },
  ...[
    {
      sid: "OurRegistries",
      open: ["Principal", "Resource"],
      actions: OF_ECR,
      conditions: [...OUR_ACCOUNTS, "aws:ResourceAccount"],
    },
    { sid: "FillTheCache", open: ["Principal"], actions: OF_ECR, conditions: OUR_ACCOUNTS },
    { sid: "AwsRegistries", open: ["Principal"], actions: OF_ECR, conditions: OUR_ACCOUNTS },
  ].map((each) => ({
    ...each,
    type: ENDPOINT,
    name: /^-endpoint-ecr\.(api|dkr)$/,
    reason: "accounts by condition: as principals they pass the size limits",
  })),
  {
    type: ENDPOINT,
    name: /^-endpoint-/,
    sid: "OurAccounts",
    open: ["Principal", "Action", "Resource"],
    // An endpoint has one service.
    actions: ["*"],
    conditions: OUR_ACCOUNTS,
    reason: "says who comes through an endpoint; what a principal may do is its own role's affair",
  },
  {
    type: "aws:ecr/registryPolicy:RegistryPolicy",
    name: /^-cache$/,
    sid: "FillTheCache",
    open: ["Principal"],
    actions: FIRST_PULL,
    conditions: [...OUR_ACCOUNTS, "aws:PrincipalArn"],
    reason: "AWS refuses a policy that names an account which does not exist yet",
  },
  ...["aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", "aws:ecr/repositoryPolicy:RepositoryPolicy"].map(
    (type) => ({
      type,
      name: /^-(cache|images)-/,
      sid: "PullFromOurAccounts",
      open: ["Principal"],
      actions: READS,
      conditions: OUR_ACCOUNTS,
      reason: "AWS refuses a policy that names an account which does not exist yet",
    }),
  ),
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    name: /^-events$/,
    sid: "PublishFromOurAccounts",
    open: ["Principal"],
    actions: ["sns:Publish"],
    conditions: [...OUR_ACCOUNTS, "aws:PrincipalArn"],
    reason: "AWS refuses a policy that names an account which does not exist yet",
  },
  {
    type: ROLE_POLICY,
    name: /^-spoke-[a-z0-9-]+-records$/,
    sid: "FindZone",
    open: ["Resource"],
    actions: ["route53:ListHostedZones"],
    conditions: [],
    reason: "Route 53 knows no resource for the list of hosted zones",
  },
  {
    type: ROLE_POLICY,
    name: /^-spoke-[a-z0-9-]+-records$/,
    sid: "WriteRecords",
    open: ["route53:ChangeResourceRecordSets"],
    actions: ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"],
    resources: named,
    conditions: [],
    reason: "external-dns writes the records of its spoke, in that zone alone",
  },
  {
    type: ROLE_POLICY,
    name: /^-spoke-[a-z0-9-]+-access$/,
    sid: "AuthorizeVpcs",
    open: ["route53:CreateVPCAssociationAuthorization"],
    actions: ["route53:*VPCAssociationAuthorization*"],
    resources: named,
    conditions: [],
    reason: "a spoke's VPC is authorised for the zones that it reads, and for these alone",
  },
  {
    type: ROLE_POLICY,
    name: /^-publishing$/,
    sid: "Authorise",
    open: ["Resource"],
    actions: ["ecr:GetAuthorizationToken"],
    conditions: [],
    reason: "ECR's token is the registry's: AWS knows no other resource for it",
  },
  {
    type: ROLE_POLICY,
    name: /^-karpenter-node-role$/,
    sid: "PassNodeRole",
    open: ["iam:PassRole"],
    actions: ["iam:PassRole"],
    resources: named,
    conditions: ["iam:PassedToService"],
    reason: "Karpenter starts instances with the nodes' role, and passes it to EC2 alone",
  },
  ...[
    { sid: "DescribeRegion", actions: ["ec2:Describe*"], conditions: ["aws:RequestedRegion"] },
    { sid: "ListInstanceProfiles", actions: ["iam:ListInstanceProfiles"], conditions: [] },
    { sid: "ReadPrices", actions: ["pricing:GetProducts"], conditions: [] },
  ].map((each) => ({
    ...each,
    type: ROLE_POLICY,
    name: /^-karpenter-discovery$/,
    open: ["Resource"],
    reason: "Karpenter only looks, and none of these actions knows resources",
  })),
  {
    type: KEY,
    name: /^-cluster$/,
    sid: "AccountDecides",
    open: ["Action", "Resource"],
    actions: ["kms:*"],
    conditions: [],
    reason: "AWS's default key policy: the account's IAM policies decide; the resource is the key itself",
  },
  {
    type: KEY,
    name: /^-cluster$/,
    sid: "DeploymentsManage",
    open: ["Principal", "Resource"],
    actions: MANAGES_KEY,
    conditions: [...OUR_ACCOUNTS, "aws:PrincipalArn"],
    reason: "the stack's deployment role manages the key and does not use it; KMS refuses a role that is not there yet",
  },
];
