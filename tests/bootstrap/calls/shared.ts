import type { Deployment } from "../../../bootstrap/deployment-policy";
import { of, type CallsByType } from "./calls";

const bucket = ({ stack }: Deployment): string => `arn:aws:s3:::${stack}-logs-1a2b3c4`;

/** For what the hub shares: images, logs, the gateway. */
export const SHARED_CALLS: CallsByType = {
  "aws:athena/namedQuery:NamedQuery": [
    {
      make: "athena:CreateNamedQuery",
      change: "athena:DeleteNamedQuery",
      read: "athena:GetNamedQuery",
      arn: of("athena", () => "workgroup/piksel-logs"),
    },
  ],
  "aws:athena/workgroup:Workgroup": [
    {
      make: "athena:CreateWorkGroup athena:TagResource",
      change: "athena:UpdateWorkGroup athena:DeleteWorkGroup athena:UntagResource",
      read: "athena:GetWorkGroup athena:ListTagsForResource",
      arn: of("athena", () => "workgroup/piksel-logs"),
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
      arn: of("glue", () => "database/piksel_logs"),
    },
    { make: "glue:CreateDatabase", change: "glue:DeleteDatabase", arn: of("glue", () => "catalog") },
  ],
  "aws:glue/catalogTable:CatalogTable": [
    {
      make: "glue:CreateTable",
      change: "glue:UpdateTable glue:DeleteTable",
      read: "glue:GetTable glue:GetPartitionIndexes",
      arn: of("glue", () => "table/piksel_logs/flow_logs"),
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
    },
  ],
  "aws:ram/resourceAssociation:ResourceAssociation": [
    { change: "ram:AssociateResourceShare ram:DisassociateResourceShare", read: "ram:GetResourceShareAssociations" },
  ],
  "aws:ram/resourceShare:ResourceShare": [
    {
      make: "ram:CreateResourceShare ram:TagResource",
      change: "ram:UpdateResourceShare ram:DeleteResourceShare ram:UntagResource",
      read: "ram:GetResourceShares ram:ListResourceSharePermissions",
    },
  ],
  "aws:s3/bucket:Bucket": [
    {
      make: "s3:CreateBucket s3:PutBucketTagging s3:TagResource",
      change: "s3:DeleteBucket s3:UntagResource",
      read:
        "s3:ListBucket s3:ListTagsForResource s3:GetBucketLocation s3:GetBucketTagging s3:GetBucketPolicy s3:GetBucketAcl " +
        "s3:GetBucketCORS s3:GetBucketWebsite s3:GetBucketVersioning s3:GetAccelerateConfiguration " +
        "s3:GetBucketRequestPayment s3:GetBucketLogging s3:GetLifecycleConfiguration s3:GetReplicationConfiguration " +
        "s3:GetEncryptionConfiguration s3:GetBucketObjectLockConfiguration",
      arn: bucket,
    },
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
    { make: "s3:PutLifecycleConfiguration", read: "s3:GetLifecycleConfiguration", arn: bucket },
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": [
    { make: "s3:PutBucketOwnershipControls", read: "s3:GetBucketOwnershipControls", arn: bucket },
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [
    { make: "s3:PutBucketPolicy", change: "s3:DeleteBucketPolicy", read: "s3:GetBucketPolicy", arn: bucket },
  ],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
    { make: "s3:PutBucketPublicAccessBlock", read: "s3:GetBucketPublicAccessBlock", arn: bucket },
  ],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    { make: "s3:PutEncryptionConfiguration", read: "s3:GetEncryptionConfiguration", arn: bucket },
  ],
};
