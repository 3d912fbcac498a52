import { of, type Calls, type CallsByType } from "./calls";

/** Of the archive: its changes are allowed while `archive-changes` is true. */
const archive = (archiveChange: string, read: string): Calls => ({
  archiveChange,
  read,
  arn: ({ stack }) => `arn:aws:s3:::${stack}-logs-1a2b3c4`,
});
const bothBuckets = (make: string, read: string): Calls[] => [
  archive(make, read),
  { make, read, arn: ({ stack }) => `arn:aws:s3:::${stack}-logs-results-1a2b3c4` },
];
const share = {
  "aws:RequestedRegion": "ap-southeast-3",
  "ram:ResourceShareName": "hub-transit-gateway",
  "ram:RequestedAllowsExternalPrincipals": "false",
};
const shareTags = { "aws:TagKeys": ["Project", "Owner"] };

/** For what the hub shares: images, logs, the gateway. */
export const SHARED_CALLS: CallsByType = {
  "aws:athena/namedQuery:NamedQuery": [
    {
      make: "athena:CreateNamedQuery",
      change: "athena:DeleteNamedQuery",
      read: "athena:GetNamedQuery",
      arn: of("athena", (_, { prefix }) => `workgroup/${prefix}-logs`),
    },
  ],
  "aws:athena/workgroup:Workgroup": [
    {
      make: "athena:CreateWorkGroup athena:TagResource",
      change: "athena:UpdateWorkGroup athena:DeleteWorkGroup athena:UntagResource",
      read: "athena:GetWorkGroup athena:ListTagsForResource",
      arn: of("athena", (_, { prefix }) => `workgroup/${prefix}-logs`),
    },
  ],
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": [
    {
      make: "ecr:PutLifecyclePolicy",
      change: "ecr:DeleteLifecyclePolicy",
      read: "ecr:GetLifecyclePolicy",
      arn: of("ecr", () => "repository/piksel-core"),
    },
  ],
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": [
    {
      make: "ecr:CreatePullThroughCacheRule",
      change: "ecr:UpdatePullThroughCacheRule ecr:DeletePullThroughCacheRule",
      read: "ecr:DescribePullThroughCacheRules",
    },
  ],
  "aws:ecr/registryPolicy:RegistryPolicy": [
    { make: "ecr:PutRegistryPolicy", change: "ecr:DeleteRegistryPolicy", read: "ecr:GetRegistryPolicy" },
  ],
  "aws:ecr/repository:Repository": [
    {
      make: "ecr:CreateRepository ecr:TagResource",
      change:
        "ecr:PutImageScanningConfiguration ecr:PutImageTagMutability ecr:DeleteRepository ecr:TagResource ecr:UntagResource",
      read: "ecr:DescribeRepositories ecr:ListTagsForResource",
      arn: of("ecr", () => "repository/piksel-core"),
    },
  ],
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": [
    {
      make: "ecr:CreateRepositoryCreationTemplate",
      change: "ecr:UpdateRepositoryCreationTemplate ecr:DeleteRepositoryCreationTemplate",
      read: "ecr:DescribeRepositoryCreationTemplates",
    },
    {
      make: "ecr:CreateRepository ecr:PutLifecyclePolicy ecr:SetRepositoryPolicy",
      arn: of("ecr", () => "repository/ecr-public/*"),
    },
  ],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": [
    {
      make: "ecr:SetRepositoryPolicy",
      change: "ecr:DeleteRepositoryPolicy",
      read: "ecr:GetRepositoryPolicy",
      arn: of("ecr", () => "repository/piksel-core"),
    },
  ],
  "aws:glue/catalogDatabase:CatalogDatabase": [
    {
      make: "glue:CreateDatabase glue:TagResource",
      change: "glue:UpdateDatabase glue:DeleteDatabase glue:UntagResource",
      read: "glue:GetDatabase glue:GetTags",
      arn: of("glue", (_, { prefix }) => `database/${prefix.replaceAll("-", "_")}_logs`),
    },
    { make: "glue:CreateDatabase", change: "glue:DeleteDatabase", arn: of("glue", () => "catalog") },
  ],
  "aws:glue/catalogTable:CatalogTable": [
    {
      make: "glue:CreateTable",
      change: "glue:UpdateTable glue:DeleteTable",
      read: "glue:GetTable glue:GetPartitionIndexes",
      arn: of("glue", (_, { prefix }) => `table/${prefix.replaceAll("-", "_")}_logs/flow_logs`),
    },
  ],
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": [
    {
      make: "iam:CreateOpenIDConnectProvider iam:TagOpenIDConnectProvider",
      change:
        "iam:AddClientIDToOpenIDConnectProvider iam:RemoveClientIDFromOpenIDConnectProvider " +
        "iam:UpdateOpenIDConnectProviderThumbprint iam:DeleteOpenIDConnectProvider iam:UntagOpenIDConnectProvider",
      read: "iam:GetOpenIDConnectProvider",
      arn: of("iam", () => "oidc-provider/token.actions.githubusercontent.com"),
    },
  ],
  "aws:ram/principalAssociation:PrincipalAssociation": [
    {
      change: "ram:AssociateResourceShare ram:DisassociateResourceShare",
      read: "ram:GetResourceShareAssociations ram:GetResourceShares",
      context: () => share,
    },
  ],
  "aws:ram/resourceAssociation:ResourceAssociation": [
    {
      change: "ram:AssociateResourceShare ram:DisassociateResourceShare",
      read: "ram:GetResourceShareAssociations",
      context: () => ({ ...share, "ram:RequestedResourceType": "ec2:TransitGateway" }),
    },
  ],
  "aws:ram/resourceShare:ResourceShare": [
    {
      make: "ram:CreateResourceShare",
      change: "ram:UpdateResourceShare ram:DeleteResourceShare",
      read: "ram:GetResourceShares ram:ListResourceSharePermissions",
      context: () => share,
    },
    { make: "ram:TagResource", change: "ram:UntagResource", context: () => shareTags },
  ],
  "aws:s3/bucket:Bucket": [
    ...bothBuckets(
      "s3:CreateBucket s3:PutBucketTagging s3:TagResource s3:DeleteBucket s3:UntagResource",
      "s3:ListBucket s3:ListTagsForResource s3:GetBucketLocation s3:GetBucketTagging s3:GetBucketPolicy s3:GetBucketAcl " +
        "s3:GetBucketCORS s3:GetBucketWebsite s3:GetBucketVersioning s3:GetAccelerateConfiguration " +
        "s3:GetBucketRequestPayment s3:GetBucketLogging s3:GetLifecycleConfiguration s3:GetReplicationConfiguration " +
        "s3:GetEncryptionConfiguration s3:GetBucketObjectLockConfiguration",
    ),
    // A destroy empties the bucket of query results, which forceDestroy allows.
    { change: "s3:ListBucketVersions", arn: ({ stack }) => `arn:aws:s3:::${stack}-logs-results-1a2b3c4` },
    {
      change: "s3:DeleteObject s3:DeleteObjectVersion",
      arn: ({ stack }) => `arn:aws:s3:::${stack}-logs-results-1a2b3c4/result.csv`,
    },
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bothBuckets(
    "s3:PutLifecycleConfiguration",
    "s3:GetLifecycleConfiguration",
  ),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": [
    archive("s3:PutBucketObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration"),
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bothBuckets(
    "s3:PutBucketOwnershipControls",
    "s3:GetBucketOwnershipControls",
  ),
  "aws:s3/bucketPolicy:BucketPolicy": bothBuckets("s3:PutBucketPolicy s3:DeleteBucketPolicy", "s3:GetBucketPolicy"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bothBuckets(
    "s3:PutBucketPublicAccessBlock",
    "s3:GetBucketPublicAccessBlock",
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bothBuckets(
    "s3:PutEncryptionConfiguration",
    "s3:GetEncryptionConfiguration",
  ),
  "aws:s3/bucketVersioning:BucketVersioning": [archive("s3:PutBucketVersioning", "s3:GetBucketVersioning")],
  "aws:ssm/parameter:Parameter": [
    {
      make: "ssm:PutParameter ssm:AddTagsToResource",
      change: "ssm:DeleteParameter ssm:RemoveTagsFromResource",
      read: "ssm:GetParameter ssm:ListTagsForResource",
      arn: of("ssm", (stack, { prefix }) => `parameter/${prefix}/${stack}/deletion-guard`),
    },
    { read: "ssm:DescribeParameters" },
  ],
};
