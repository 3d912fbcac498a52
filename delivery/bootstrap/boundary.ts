import { clusterName, eventsTopicName, hubRoleNames } from "../../components/names";
import { policyDocument, type PolicyDocument, type Statement } from "../../components/policy-document";
import type { Deployment } from "./deployment-policy";
import { inRegion, on, onOurs, type Scope } from "./grants";

/**
 * Permissions boundary of the roles that the stack creates. It allows only actions that these roles need. The
 * deployment role writes their policies and trust policies, so the boundary limits what it can gain through them: no
 * new role or user, no change of a policy, no read of S3 objects, and no change of the account or of the deployment's
 * own roles.
 */
export function boundaryPolicy(deployment: Deployment): PolicyDocument {
  return deployment.role === "hub" ? hubBoundary(deployment) : spokeBoundary(deployment, deployment.hubAccount);
}

/** Boundary of the hub's roles, for hosted zones and images. */
function hubBoundary(scope: Scope): PolicyDocument {
  const { account, region } = scope;
  return policyDocument(
    // Route 53 has no Region, and the ARN of a hosted zone does not contain its name.
    on("WorkWithZones", HUB_ROLES, "*"),
    inRegion(scope, "Authorise", ["ecr:GetAuthorizationToken"]),
    on("PublishImages", IMAGE_PUBLISHERS, `arn:aws:ecr:${region}:${account}:repository/*`),
  );
}

function spokeBoundary(scope: Scope, hubAccount: string): PolicyDocument {
  const { region, prefix, stack } = scope;
  const records = `arn:aws:iam::${hubAccount}:role/${hubRoleNames(prefix, stack).records}`;
  return policyDocument(
    inRegion(
      scope,
      "WorkInRegion",
      inShort(
        union(NODES, VPC_CNI, EBS_CSI, KARPENTER, LOAD_BALANCER_CONTROLLER, LOAD_BALANCING, CONTROL_PLANE, AUTO_MODE),
      ),
    ),
    // Services without a Region, and the price list, which is only in a few.
    on("WorkAnywhere", KARPENTER_ANYWHERE, "*"),
    onOurs(scope, "WorkWithOurRoutes", ["ec2:CreateRoute", "ec2:DeleteRoute"]),
    ...TAGS,
    ...keys(scope),
    ...services(scope),
    // For external-dns. Its own role may take the hub's role for this spoke's records, and no other.
    on("TakeRecordsRole", ["sts:AssumeRole", "sts:TagSession"], records),
    on("TellOfChanges", ["sns:Publish"], `arn:aws:sns:${region}:${hubAccount}:${eventsTopicName(prefix)}`),
  );
}

/**
 * Kinds of resources that may be tagged. They exclude every kind that the deployment role may change by our tag: a role
 * with this boundary could set the tag first.
 */
const TAGGED = [
  "fleet",
  "instance",
  "network-interface",
  "security-group",
  "snapshot",
  "spot-instances-request",
  "volume",
];
const TAGS: readonly Statement[] = [
  on(
    "TagMachines",
    ["ec2:CreateTags"],
    TAGGED.map((kind) => `arn:aws:ec2:*:*:${kind}/*`),
  ),
  {
    ...on("TagTemplates", ["ec2:CreateTags"], "arn:aws:ec2:*:*:launch-template/*"),
    // Only while they are created, which Karpenter does.
    Condition: { StringEquals: { "ec2:CreateAction": "CreateLaunchTemplate" } },
  },
];

/**
 * Use of the key of a cluster's secrets, and of any key through an EBS volume. A boundary also limits what a grant or a
 * key policy allows a role (IAM User Guide, "Permissions boundaries for IAM entities").
 */
function keys(scope: Scope): Statement[] {
  const { stack, account, region, prefix } = scope;
  const anyKey = `arn:aws:kms:*:${account}:key/*`;
  return [
    {
      ...on("WorkWithSecretsKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ListGrants"], anyKey),
      // Unlike a tag, an alias can be set only by those who manage the key.
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${clusterName(prefix, stack)}` } },
    },
    {
      ...on(
        "WorkWithEncryptedVolumes",
        ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"],
        anyKey,
      ),
      Condition: { StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` } },
    },
  ];
}

function services({ stack, account }: Scope): Statement[] {
  return [
    {
      ...on(
        "PassRoleToNodes",
        ["iam:PassRole"],
        ["auto-node", "karpenter-node"].map((role) => `arn:aws:iam::${account}:role/${stack}-${role}-*`),
      ),
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    on("FillProfilesOfEks", ["iam:AddRoleToInstanceProfile"], `arn:aws:iam::${account}:instance-profile/eks*`),
    {
      ...on("LetServiceMakeItsRole", ["iam:CreateServiceLinkedRole"], "arn:aws:iam::*:role/aws-service-role/*"),
      Condition: {
        StringEquals: { "iam:AWSServiceName": ["elasticloadbalancing.amazonaws.com", "spot.amazonaws.com"] },
      },
    },
  ];
}

function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}

/** Descriptions, which change nothing. With every name in full, the boundary would exceed the size of a managed policy. */
const DESCRIPTIONS = /^(ec2|elasticloadbalancing):Describe.*$/;

/** Actions with one pattern for all {@link DESCRIPTIONS} of a service. */
function inShort(actions: readonly string[]): string[] {
  return [...new Set(actions.map((action) => action.replace(DESCRIPTIONS, "$1:Describe*")))];
}

/**
 * Actions of nodes, to join, pull images and be reached by Session Manager (`components/spoke/nodes.ts`).
 *
 * This list and the following ones contain the actions of AWS managed policies (AWS Managed Policy Reference Guide,
 * November 2026) and of this program's policies. `tests/delivery/bootstrap/boundary.spec.ts` compares them with both.
 */
const NODES = [
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVolumes",
  "ec2:DescribeVolumesModifications",
  "ec2:DescribeVpcs",
  "ec2messages:AcknowledgeMessage",
  "ec2messages:DeleteMessage",
  "ec2messages:FailMessage",
  "ec2messages:GetEndpoint",
  "ec2messages:GetMessages",
  "ec2messages:SendReply",
  "ecr:BatchGetImage",
  "ecr:BatchImportUpstreamImage",
  "ecr:CreateRepository",
  "ecr:GetAuthorizationToken",
  "ecr:GetDownloadUrlForLayer",
  "eks-auth:AssumeRoleForPodIdentity",
  "eks:DescribeCluster",
  "ssm:DescribeAssociation",
  "ssm:DescribeDocument",
  "ssm:GetDeployablePatchSnapshotForInstance",
  "ssm:GetDocument",
  "ssm:GetManifest",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:ListAssociations",
  "ssm:ListInstanceAssociations",
  "ssm:PutComplianceItems",
  "ssm:PutConfigurePackageResult",
  "ssm:PutInventory",
  "ssm:UpdateAssociationStatus",
  "ssm:UpdateInstanceAssociationStatus",
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
] as const;

/** Actions of the VPC CNI: AmazonEKS_CNI_Policy. */
const VPC_CNI = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:AttachNetworkInterface",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DetachNetworkInterface",
  "ec2:ModifyNetworkInterfaceAttribute",
  "ec2:UnassignPrivateIpAddresses",
] as const;

/** Actions of the EBS CSI driver: AmazonEBSCSIDriverEKSClusterScopedPolicy. */
const EBS_CSI = [
  "ec2:AttachVolume",
  "ec2:CopyVolumes",
  "ec2:CreateSnapshot",
  "ec2:CreateVolume",
  "ec2:DeleteSnapshot",
  "ec2:DeleteTags",
  "ec2:DeleteVolume",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeSnapshots",
  "ec2:DescribeVolumeStatus",
  "ec2:DescribeVolumes",
  "ec2:DescribeVolumesModifications",
  "ec2:DetachVolume",
  "ec2:EnableFastSnapshotRestores",
  "ec2:LockSnapshot",
  "ec2:ModifyVolume",
] as const;

/** Actions of Karpenter's controller in its own Region (`components/spoke/karpenter-policy.ts`). */
const KARPENTER = [
  "ec2:CreateFleet",
  "ec2:CreateLaunchTemplate",
  "ec2:DeleteLaunchTemplate",
  "ec2:DescribeCapacityReservations",
  "ec2:DescribeImages",
  "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstanceTypeOfferings",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeLaunchTemplates",
  "ec2:DescribePlacementGroups",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSpotPriceHistory",
  "ec2:DescribeSubnets",
  "ec2:RunInstances",
  "ec2:TerminateInstances",
  "eks:DescribeCluster",
  "sqs:DeleteMessage",
  "sqs:GetQueueUrl",
  "sqs:ReceiveMessage",
  "ssm:GetParameter",
] as const;

/** Actions of Karpenter's controller on services without a Region, and on the price list, which is only in a few. */
const KARPENTER_ANYWHERE = ["iam:GetInstanceProfile", "iam:ListInstanceProfiles", "pricing:GetProducts"] as const;

/**
 * Actions on load balancers, of the AWS Load Balancer Controller and of the control plane. Each pattern stands for
 * exactly the actions that one of the two needs (Service Authorization Reference, AWS Elastic Load Balancing and AWS
 * Elastic Load Balancing V2): with every name in full, the boundary would exceed the size of a managed policy.
 */
const LOAD_BALANCING = [
  "elasticloadbalancing:*Instances*LoadBalancer",
  "elasticloadbalancing:*Listener",
  "elasticloadbalancing:*ListenerAttributes",
  "elasticloadbalancing:*ListenerCertificates",
  "elasticloadbalancing:*LoadBalancer*Subnets",
  "elasticloadbalancing:*LoadBalancerAttributes",
  "elasticloadbalancing:*LoadBalancerListeners",
  "elasticloadbalancing:*Rule",
  "elasticloadbalancing:*Tags",
  "elasticloadbalancing:*TargetGroup",
  "elasticloadbalancing:*TargetGroupAttributes",
  "elasticloadbalancing:*Targets",
  "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
  "elasticloadbalancing:ConfigureHealthCheck",
  "elasticloadbalancing:CreateLoadBalancer",
  "elasticloadbalancing:CreateLoadBalancerPolicy",
  "elasticloadbalancing:DeleteLoadBalancer",
  "elasticloadbalancing:DescribeCapacityReservation",
  "elasticloadbalancing:DescribeListeners",
  "elasticloadbalancing:DescribeLoadBalancerPolicies",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeRules",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
  "elasticloadbalancing:SetIpAddressType",
  "elasticloadbalancing:SetLoadBalancerPolicies*",
  "elasticloadbalancing:SetRulePriorities",
  "elasticloadbalancing:SetSecurityGroups",
  "elasticloadbalancing:SetSubnets",
] as const;

/** Other actions of the AWS Load Balancer Controller (`components/spoke/load-balancer-policy.ts`). */
const LOAD_BALANCER_CONTROLLER = [
  "acm:DescribeCertificate",
  "acm:ListCertificates",
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:CreateSecurityGroup",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteTags",
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAddresses",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
  "ec2:GetSecurityGroupsForVpc",
  "ec2:RevokeSecurityGroupIngress",
] as const;

/** Other actions of the control plane: AmazonEKSClusterPolicy, without the routes of EKS's own route controller. */
const CONTROL_PLANE = [
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:UpdateAutoScalingGroup",
  "ec2:AttachVolume",
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:CreateSecurityGroup",
  "ec2:CreateVolume",
  "ec2:DeleteNetworkInterface",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteVolume",
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAddresses",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeDhcpOptions",
  "ec2:DescribeInstanceTopology",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVolumes",
  "ec2:DescribeVolumesModifications",
  "ec2:DescribeVpcs",
  "ec2:DetachVolume",
  "ec2:ModifyInstanceAttribute",
  "ec2:ModifyVolume",
  "ec2:RevokeSecurityGroupIngress",
  "kms:DescribeKey",
] as const;

/**
 * Further actions of the control plane with EKS Auto Mode: AmazonEKSComputePolicy, AmazonEKSBlockStoragePolicy,
 * AmazonEKSLoadBalancingPolicy and AmazonEKSNetworkingPolicy. It cannot change web ACLs, Shield protection, capacity
 * reservations and address pools of load balancers, or use IPv6 and Cognito, which this network does not have.
 */
const AUTO_MODE = ["ec2:GetCoipPoolUsage", "wafv2:GetWebACL", "wafv2:GetWebACLForResource"] as const;

/**
 * Actions of the hub's roles for each spoke (`components/hub/spoke-roles.ts`): authorizations, and records of
 * external-dns.
 */
const HUB_ROLES = [
  "route53:ChangeResourceRecordSets",
  "route53:CreateVPCAssociationAuthorization",
  "route53:DeleteVPCAssociationAuthorization",
  "route53:ListHostedZones",
  "route53:ListResourceRecordSets",
  "route53:ListVPCAssociationAuthorizations",
] as const;

/** Actions of image publishers (`components/hub/registry.ts`). */
const IMAGE_PUBLISHERS = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:GetDownloadUrlForLayer",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
] as const;
