import { clusterName } from "../../components/names";
import type { Statement } from "../../components/policy-document";
import { firewallArns } from "./grants-firewall";
import { clusterArns, inRegion, on, parameterArn, type Scope } from "./grants";
import { dashboardArn } from "./grants-alarms";
import { logBucketArns } from "./grants-data";

/**
 * Statements for a preview, a refresh and drift detection: the calls with which the AWS provider reads the types of
 * resources in the stack, and no others (`tests/delivery/bootstrap/calls`). They return the configuration of resources,
 * not their content: no log, image, message, object or secret, and no user data, console output or password of an
 * instance. An exception is the user data of launch templates, which is part of their configuration and is read in a
 * spoke.
 */
export function readingStatements(scope: Scope, role: "hub" | "spoke"): readonly Statement[] {
  return [...ofNetworks(scope), ...(role === "hub" ? ofTheHub(scope) : ofSpokes(scope))];
}

/** Statements for the hub and for spokes. */
function ofNetworks(scope: Scope): Statement[] {
  const { account } = scope;
  return [
    inRegion(scope, "ReadNetwork", [
      "cloudwatch:DescribeAlarms",
      "cloudwatch:ListTagsForResource",
      "ec2:DescribeAddresses",
      "ec2:DescribeAddressesAttribute",
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeFlowLogs",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeNatGateways",
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribePrefixLists",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroupRules",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeTransitGatewayVpcAttachments",
      "ec2:DescribeTransitGateways",
      "ec2:DescribeVpcAttribute",
      "ec2:DescribeVpcEndpoints",
      "ec2:DescribeVpcs",
      "ec2:GetTransitGatewayRouteTableAssociations",
      "ec2:GetTransitGatewayRouteTablePropagations",
      "events:DescribeRule",
      "events:ListTagsForResource",
      "events:ListTargetsByRule",
      "route53resolver:GetFirewallDomainList",
      "route53resolver:GetFirewallRuleGroup",
      "route53resolver:GetFirewallRuleGroupAssociation",
      "route53resolver:GetResolverQueryLogConfig",
      "route53resolver:GetResolverQueryLogConfigAssociation",
      "route53resolver:GetResolverRuleAssociation",
      "route53resolver:ListFirewallConfigs",
      "route53resolver:ListFirewallDomains",
      "route53resolver:ListFirewallRules",
      "route53resolver:ListTagsForResource",
      "sns:GetSubscriptionAttributes",
      "sns:GetTopicAttributes",
      "sns:ListTagsForResource",
      "ssm:DescribeParameters",
    ]),
    on("ReadDashboard", ["cloudwatch:GetDashboard"], dashboardArn(scope)),
    on("ReadParameters", ["ssm:GetParameter", "ssm:ListTagsForResource"], parameterArn(scope)),
    on("ReadChanges", ["route53:GetChange"], "*"),
    on(
      "ReadRoles",
      [
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies",
      ],
      `arn:aws:iam::${account}:role/*`,
    ),
  ];
}

function ofTheHub(scope: Scope): Statement[] {
  const { account } = scope;
  return [
    inRegion(scope, "ReadShared", [
      "athena:GetNamedQuery",
      "athena:GetWorkGroup",
      "athena:ListTagsForResource",
      "directconnect:DescribeDirectConnectGatewayAssociations",
      "ec2:DescribeCustomerGateways",
      "ec2:DescribeTransitGatewayAttachments",
      "ec2:DescribeTransitGatewayRouteTables",
      "ec2:DescribeVpnConnections",
      "ec2:SearchTransitGatewayRoutes",
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
      "ram:GetResourceShareAssociations",
      "ram:GetResourceShares",
      "ram:ListResourceSharePermissions",
      "route53resolver:GetResolverEndpoint",
      "route53resolver:GetResolverRule",
      "route53resolver:ListResolverEndpointIpAddresses",
    ]),
    on(
      "ReadFirewall",
      [
        "network-firewall:DescribeFirewall",
        "network-firewall:DescribeFirewallPolicy",
        "network-firewall:DescribeLoggingConfiguration",
        "network-firewall:DescribeRuleGroup",
      ],
      Object.values(firewallArns(scope)),
    ),
    on(
      "ReadZones",
      ["route53:GetDNSSEC", "route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"],
      "*",
    ),
    on("ReadPublishing", ["iam:GetOpenIDConnectProvider"], `arn:aws:iam::${account}:oidc-provider/*`),
    on(
      "ReadLogArchive",
      [
        "s3:GetAccelerateConfiguration",
        "s3:GetBucketAcl",
        "s3:GetBucketCORS",
        "s3:GetBucketLocation",
        "s3:GetBucketLogging",
        "s3:GetBucketObjectLockConfiguration",
        "s3:GetBucketOwnershipControls",
        "s3:GetBucketPolicy",
        "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketRequestPayment",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetBucketWebsite",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
        "s3:ListTagsForResource",
      ],
      logBucketArns(scope),
    ),
  ];
}

function ofSpokes(scope: Scope): Statement[] {
  const { account, stack, prefix } = scope;
  const cluster = clusterName(prefix, stack);

  return [
    inRegion(scope, "ReadWayOut", [
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:DescribeLaunchTemplates",
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListAliases",
      "kms:ListResourceTags",
      "logs:DescribeLogGroups",
      "logs:ListTagsForResource",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ListQueueTags",
    ]),
    on(
      "ReadCluster",
      [
        "eks:DescribeAccessEntry",
        "eks:DescribeAddon",
        "eks:DescribeCluster",
        "eks:DescribeNodegroup",
        "eks:DescribePodIdentityAssociation",
        "eks:DescribeUpdate",
        "eks:ListAssociatedAccessPolicies",
      ],
      clusterArns(scope, cluster),
    ),
    on("ReadAssociations", ["route53:ListHostedZonesByVPC"], "*"),
    on("ReadProfiles", ["iam:GetInstanceProfile"], `arn:aws:iam::${account}:instance-profile/*`),
  ];
}
