import {
  AWS_BUCKETS,
  bucketsIn,
  REGISTRY_BUCKETS,
  type BucketSource,
} from "../../../components/facts/s3-endpoint-buckets";
import { hasWildcard } from "../../model/iam/matching";
import { knows, text, type ModelResource } from "../../model/resource";
import { awsServiceOf } from "../../model/topology/endpoints-and-zones";

/** An allowlisted wildcard: a statement, and the reason that it cannot be narrower. */
export interface AllowedWildcard {
  /** Type of the resource that has the policy. */
  readonly type: string;
  /** Its logical name, without the network's name as prefix. */
  readonly name: RegExp;
  /** Sid of the statement; empty: it has none. */
  readonly sid: string;
  /** What may be open: Principal, Action, Resource, and dangerous actions by name. */
  readonly open: readonly string[];
  /** Patterns of the allowed actions. */
  readonly actions: readonly string[];
  /** Whether a resource is allowed. @default all are */
  readonly resources?: (placed: ModelResource) => (resource: string) => boolean;
  /** Condition keys that must restrict it, or their equivalents for an organization. */
  readonly conditions: readonly string[];
  readonly reason: string;
}

/** Only resources without a wildcard: an ARN, or its placeholder in a plan. */
const withoutWildcard = (): ((resource: string) => boolean) => (resource) => !hasWildcard(resource);

/** Only objects in the third-party buckets that the program lists for the endpoint's Region. */
const listedBuckets =
  (lists: readonly BucketSource[]) =>
  (endpoint: ModelResource): ((resource: string) => boolean) => {
    // A preview may not know the Region yet.
    if (!knows(endpoint, "serviceName")) return () => true;
    const { region, service } = awsServiceOf(text(endpoint, "serviceName")) ?? { region: "", service: "" };
    const buckets = bucketsIn(service === "s3" ? region : "", lists).map(({ bucket }) => `arn:aws:s3:::${bucket}/*`);
    return (resource) => buckets.includes(resource);
  };

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const KEY = "aws:kms/key:Key";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const KNOWN_ACCOUNTS = ["aws:PrincipalAccount"];

const READS = ["ecr:Batch*", "ecr:Describe*", "ecr:Get*", "ecr:List*"];
/** An endpoint serves one service; the caller's own role limits the actions. */
const ECR_ACTIONS = ["ecr:*"];
const FIRST_PULL = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"];

/** Actions that manage a key, without using it. */
const MANAGES_KEY = [
  ...["kms:CreateAlias", "kms:CreateGrant", "kms:DeleteAlias", "kms:Describe*", "kms:DisableKeyRotation"],
  ...["kms:EnableKeyRotation", "kms:Get*", "kms:List*", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
  ...["kms:TagResource", "kms:UntagResource", "kms:Update*", "kms:CancelKeyDeletion"],
];

/**
 * The reviewed allowlist of wildcards. It covers actions with wildcards and resources as wide as `"*"`. A partial wildcard
 * in a resource, such as `repository/*` in one account, needs no entry.
 */
export const ALLOWED_WILDCARDS: readonly AllowedWildcard[] = [
  {
    type: ENDPOINT,
    name: /^-s3$/,
    sid: "ReadFromAws",
    open: ["Principal"],
    actions: ["s3:GetObject"],
    resources: listedBuckets(AWS_BUCKETS),
    conditions: [],
    reason: "nodes read image layers by ECR's presigned URLs, and packages without credentials",
  },
  {
    type: ENDPOINT,
    name: /^-s3$/,
    sid: "ReadFromRegistries",
    open: ["Principal"],
    actions: ["s3:GetObject"],
    resources: listedBuckets(REGISTRY_BUCKETS),
    conditions: [],
    reason: "registries redirect to presigned URLs or public objects",
  },
  {
    type: ENDPOINT,
    name: /^-s3$/,
    sid: "OurBuckets",
    open: ["Principal", "Action", "Resource"],
    actions: ["s3:*"],
    conditions: ["aws:PrincipalAccount", "aws:ResourceAccount"],
    reason: "gateway endpoint policies cannot name accounts as principals; conditions restrict caller and owner",
  },
  {
    type: ENDPOINT,
    name: /^-endpoint-ecr\.(api|dkr)$/,
    sid: "Authorise",
    open: ["Principal", "Resource"],
    actions: ECR_ACTIONS,
    conditions: KNOWN_ACCOUNTS,
    reason: "ecr:GetAuthorizationToken supports no resource-level permissions",
  },
  ...[
    {
      sid: "OurRegistries",
      open: ["Principal", "Resource"],
      actions: ECR_ACTIONS,
      conditions: [...KNOWN_ACCOUNTS, "aws:ResourceAccount"],
    },
    { sid: "FillTheCache", open: ["Principal"], actions: ECR_ACTIONS, conditions: KNOWN_ACCOUNTS },
    { sid: "AwsRegistries", open: ["Principal"], actions: ECR_ACTIONS, conditions: KNOWN_ACCOUNTS },
  ].map((each) => ({
    ...each,
    type: ENDPOINT,
    name: /^-endpoint-ecr\.(api|dkr)$/,
    reason: "condition keys restrict the accounts; as principals they would exceed the size limit",
  })),
  {
    type: ENDPOINT,
    name: /^-endpoint-/,
    sid: "OurAccounts",
    open: ["Principal", "Action", "Resource"],
    // An endpoint serves one service.
    actions: ["*"],
    conditions: KNOWN_ACCOUNTS,
    reason: "the endpoint policy restricts the accounts; the caller's own role limits the actions",
  },
  {
    type: "aws:ecr/registryPolicy:RegistryPolicy",
    name: /^-cache$/,
    sid: "FillTheCache",
    open: ["Principal"],
    actions: FIRST_PULL,
    conditions: [...KNOWN_ACCOUNTS, "aws:PrincipalArn"],
    reason: "AWS rejects policies with principals that do not exist yet; condition keys restrict the accounts",
  },
  ...["aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", "aws:ecr/repositoryPolicy:RepositoryPolicy"].map(
    (type) => ({
      type,
      name: /^-(cache|images)-/,
      sid: "PullFromOurAccounts",
      open: ["Principal"],
      actions: READS,
      conditions: KNOWN_ACCOUNTS,
      reason: "AWS rejects policies with principals that do not exist yet; condition keys restrict the accounts",
    }),
  ),
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    name: /^-events$/,
    sid: "PublishFromOurAccounts",
    open: ["Principal"],
    actions: ["sns:Publish"],
    conditions: [...KNOWN_ACCOUNTS, "aws:PrincipalArn"],
    reason: "AWS rejects policies with principals that do not exist yet; condition keys restrict the accounts",
  },
  {
    type: ROLE_POLICY,
    name: /^-spoke-[a-z0-9-]+-records$/,
    sid: "FindZone",
    open: ["Resource"],
    actions: ["route53:ListHostedZones"],
    conditions: [],
    reason: "route53:ListHostedZones supports no resource-level permissions",
  },
  {
    type: ROLE_POLICY,
    name: /^-spoke-[a-z0-9-]+-records$/,
    sid: "WriteRecords",
    open: ["route53:ChangeResourceRecordSets"],
    actions: ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"],
    resources: withoutWildcard,
    conditions: [],
    reason: "external-dns writes records only in the hosted zone of its spoke",
  },
  {
    type: ROLE_POLICY,
    name: /^-spoke-[a-z0-9-]+-access$/,
    sid: "AuthorizeVpcs",
    open: ["route53:CreateVPCAssociationAuthorization"],
    actions: ["route53:*VPCAssociationAuthorization*"],
    resources: withoutWildcard,
    conditions: [],
    reason: "a spoke authorizes its VPC only for the hosted zones that it reads",
  },
  {
    type: ROLE_POLICY,
    name: /^-publishing$/,
    sid: "Authorise",
    open: ["Resource"],
    actions: ["ecr:GetAuthorizationToken"],
    conditions: [],
    reason: "ecr:GetAuthorizationToken supports no resource-level permissions",
  },
  {
    type: ROLE_POLICY,
    name: /^-karpenter-node-role$/,
    sid: "PassNodeRole",
    open: ["iam:PassRole"],
    actions: ["iam:PassRole"],
    resources: withoutWildcard,
    conditions: ["iam:PassedToService"],
    reason: "Karpenter launches nodes with this role, and passes it only to EC2",
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
    reason: "read-only, and these actions support no resource-level permissions",
  })),
  {
    type: ROLE_POLICY,
    name: /^-external-dns-target-role$/,
    sid: "TakeTargetRole",
    open: ["sts:AssumeRole"],
    actions: ["sts:AssumeRole", "sts:TagSession"],
    resources: withoutWildcard,
    conditions: [],
    reason: "external-dns writes records with the hub's role for this spoke, and takes no other",
  },
  {
    type: ROLE_POLICY,
    name: /^-load-balancer-controller-manage$/,
    sid: "DescribeRegion",
    open: ["Resource"],
    actions: ["acm:ListCertificates", "ec2:Describe*", "ec2:GetSecurityGroupsForVpc", "elasticloadbalancing:Describe*"],
    conditions: ["aws:RequestedRegion"],
    reason: "read-only, and these actions list what exists in the Region",
  },
  {
    type: ROLE_POLICY,
    name: /^-load-balancer-controller-manage$/,
    sid: "LetServiceMakeItsRole",
    open: ["iam:CreateServiceLinkedRole"],
    actions: ["iam:CreateServiceLinkedRole"],
    resources: withoutWildcard,
    conditions: ["iam:AWSServiceName"],
    reason: "Elastic Load Balancing creates its service-linked role with the first load balancer of an account",
  },
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
    conditions: [...KNOWN_ACCOUNTS, "aws:PrincipalArn"],
    reason: "the deployment role manages the key without using it; KMS rejects principals that do not exist yet",
  },
];
