import type { Statement } from "../components/policy-document";
import { inRegion, on, type Scope } from "./grants";

/**
 * What a preview, a refresh and a search for drift read: how resources are set up, and nothing that is in them. No log,
 * image, message, object or secret can be read by it, and no console output or password of an instance.
 */
export function readingStatements(scope: Scope): readonly Statement[] {
  const { stack, account } = scope;
  return [
    inRegion(scope, "ReadNetwork", [
      "ec2:Describe*",
      "ec2:GetManagedPrefixListAssociations",
      "ec2:GetManagedPrefixListEntries",
      "ec2:GetTransitGatewayAttachmentPropagations",
      "ec2:GetTransitGatewayRouteTableAssociations",
      "ec2:GetTransitGatewayRouteTablePropagations",
      "ec2:SearchTransitGatewayRoutes",
      "logs:DescribeLogGroups",
      "logs:ListTagsForResource",
      "ram:GetResourceShareAssociations",
      "ram:GetResourceShares",
      "ram:ListResourceSharePermissions",
      "route53resolver:Get*",
      "route53resolver:List*",
    ]),
    inRegion(scope, "ReadCluster", [
      "eks:Describe*",
      "eks:List*",
      "events:DescribeRule",
      "events:ListTagsForResource",
      "events:ListTargetsByRule",
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListAliases",
      "kms:ListResourceTags",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ListQueueTags",
    ]),
    inRegion(scope, "ReadShared", [
      "athena:GetNamedQuery",
      "athena:GetWorkGroup",
      "athena:ListTagsForResource",
      "ecr:DescribePullThroughCacheRules",
      "ecr:DescribeRepositories",
      "ecr:DescribeRepositoryCreationTemplates",
      "ecr:GetLifecyclePolicy",
      "ecr:GetRegistryPolicy",
      "ecr:GetRepositoryPolicy",
      "ecr:ListTagsForResource",
      "glue:GetDatabase",
      "glue:GetPartitionIndexes",
      "glue:GetTable",
      "glue:GetTags",
    ]),
    // Services without a region.
    on(
      "ReadNames",
      [
        "route53:GetChange",
        "route53:GetDNSSEC",
        "route53:GetHostedZone",
        "route53:ListHostedZonesByVPC",
        "route53:ListResourceRecordSets",
        "route53:ListTagsForResource",
      ],
      "*",
    ),
    on(
      "ReadRoles",
      [
        "iam:GetInstanceProfile",
        "iam:GetOpenIDConnectProvider",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies",
        "iam:ListRoleTags",
      ],
      [
        `arn:aws:iam::${account}:role/*`,
        `arn:aws:iam::${account}:instance-profile/*`,
        `arn:aws:iam::${account}:oidc-provider/*`,
      ],
    ),
    on(
      "ReadLogArchive",
      [
        "s3:GetAccelerateConfiguration",
        "s3:GetBucket*",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
        "s3:ListTagsForResource",
      ],
      `arn:aws:s3:::${stack}-logs-*`,
    ),
  ];
}
