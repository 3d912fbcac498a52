/** A statement that is wider than a name, and why AWS leaves no narrower one. */
export interface HeldWildcard {
  /** Type of the resource that the policy stands in. */
  readonly type: string;
  /** Its name, without the network's in front. */
  readonly name: RegExp;
  /** Statement; empty: one without an id. */
  readonly sid: string;
  /** What is open, of Principal, Action and Resource. */
  readonly open: readonly string[];
  /** Condition keys that close it again; all of them must be there, or what says the same of an organization. */
  readonly conditions: readonly string[];
  readonly reason: string;
}

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const OUR_ACCOUNTS = ["aws:PrincipalAccount"];

/**
 * Wildcards that are held. A partial one in a Resource, such as `repository/*`, is a name for a set and no matter here;
 * `"*"` as a whole is, and so is an action with an asterisk.
 */
export const HELD_WILDCARDS: readonly HeldWildcard[] = [
  {
    type: ENDPOINT,
    name: /^-s3$/,
    sid: "ReadFromAws",
    open: ["Principal"],
    conditions: [],
    reason: "a layer is fetched by a signed URL of ECR's, and packages without credentials",
  },
  {
    type: ENDPOINT,
    name: /^-s3$/,
    sid: "ReadFromRegistries",
    open: ["Principal"],
    conditions: [],
    reason: "a registry redirects to a URL that it signed, or to a file that everybody may read",
  },
  {
    type: ENDPOINT,
    name: /^-s3$/,
    sid: "OurBuckets",
    open: ["Principal", "Action", "Resource"],
    conditions: ["aws:PrincipalAccount", "aws:ResourceAccount"],
    reason: "a gateway endpoint's policy knows no account as principal; buckets are told by their owner",
  },
  {
    type: ENDPOINT,
    name: /^-endpoint-ecr\.(api|dkr)$/,
    sid: "Authorise",
    open: ["Principal", "Resource"],
    conditions: OUR_ACCOUNTS,
    reason: "ECR's token is the registry's: AWS knows no other resource for it",
  },
  ...[
    { sid: "OurRegistries", conditions: [...OUR_ACCOUNTS, "aws:ResourceAccount"] },
    { sid: "FillTheCache", conditions: OUR_ACCOUNTS },
    { sid: "AwsRegistries", conditions: OUR_ACCOUNTS },
  ].map(({ sid, conditions }) => ({
    type: ENDPOINT,
    name: /^-endpoint-ecr\.(api|dkr)$/,
    sid,
    open: ["Principal"],
    conditions,
    reason: "accounts by condition: as principals they pass the size limits",
  })),
  {
    type: ENDPOINT,
    name: /^-endpoint-/,
    sid: "OurAccounts",
    open: ["Principal", "Action", "Resource"],
    conditions: OUR_ACCOUNTS,
    reason: "says who comes through an endpoint; what a principal may do is its own role's affair",
  },
  {
    type: "aws:ecr/registryPolicy:RegistryPolicy",
    name: /^-cache$/,
    sid: "FillTheCache",
    open: ["Principal"],
    conditions: [...OUR_ACCOUNTS, "aws:PrincipalArn"],
    reason: "AWS refuses a policy that names an account which does not exist yet",
  },
  ...["aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", "aws:ecr/repositoryPolicy:RepositoryPolicy"].map(
    (type) => ({
      type,
      name: /^-(cache|images)-/,
      sid: "PullFromOurAccounts",
      open: ["Principal"],
      conditions: OUR_ACCOUNTS,
      reason: "AWS refuses a policy that names an account which does not exist yet",
    }),
  ),
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    name: /^-events$/,
    sid: "PublishFromOurAccounts",
    open: ["Principal"],
    conditions: [...OUR_ACCOUNTS, "aws:PrincipalArn"],
    reason: "AWS refuses a policy that names an account which does not exist yet",
  },
  {
    type: ROLE_POLICY,
    name: /^-spoke-[a-z0-9-]+-records$/,
    sid: "FindZone",
    open: ["Resource"],
    conditions: [],
    reason: "Route 53 knows no resource for the list of hosted zones",
  },
  ...[
    { sid: "DescribeRegion", conditions: ["aws:RequestedRegion"] },
    { sid: "ListInstanceProfiles", conditions: [] },
    { sid: "ReadPrices", conditions: [] },
  ].map(({ sid, conditions }) => ({
    type: ROLE_POLICY,
    name: /^-karpenter-discovery$/,
    sid,
    open: ["Resource"],
    conditions,
    reason: "Karpenter only looks, and none of these actions knows resources",
  })),
];
