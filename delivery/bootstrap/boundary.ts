import { clusterName, eventsTopicName } from "../../components/names";
import { policyDocument, type PolicyDocument, type Statement } from "../../components/policy-document";
import type { Deployment } from "./deployment-policy";
import { inRegion, on, onOurs, type Scope } from "./grants";

/**
 * Permissions boundary of the roles that the stack creates: only the actions that the roles of this program call. The
 * deployment role writes the policies and trust policies of these roles, so the boundary limits what it can gain through
 * them. It allows no new role or user, no policy change, no read of S3 objects, and no change of the account or of the
 * deployment's own roles.
 */
export function boundaryPolicy(deployment: Deployment): PolicyDocument {
  return deployment.role === "hub" ? hubBoundary(deployment) : spokeBoundary(deployment, deployment.hubAccount);
}

/** Zones and images, and nothing of machines. */
function hubBoundary(scope: Scope): PolicyDocument {
  const { account, region } = scope;
  return policyDocument(
    // Route 53 has no region, and a zone no name in its ARN.
    on("WorkWithZones", HUB_ROLES, "*"),
    inRegion(scope, "Authorise", ["ecr:GetAuthorizationToken"]),
    on("PublishImages", IMAGE_PUBLISHERS, `arn:aws:ecr:${region}:${account}:repository/*`),
  );
}

function spokeBoundary(scope: Scope, hubAccount: string): PolicyDocument {
  const { region, prefix } = scope;
  return policyDocument(
    inRegion(scope, "WorkInRegion", union(NODES, VPC_CNI, EBS_CSI, KARPENTER, CONTROL_PLANE)),
    // Services without a region, and the price list, which is in few.
    on("WorkAnywhere", KARPENTER_ANYWHERE, "*"),
    onOurs(scope, "WorkWithOurRoutes", ["ec2:CreateRoute", "ec2:DeleteRoute"]),
    ...TAGS,
    ...keys(scope),
    ...services(scope),
    on("TellOfChanges", ["sns:Publish"], `arn:aws:sns:${region}:${hubAccount}:${eventsTopicName(prefix)}`),
  );
}

/** What may get tags. Not what the deployment role changes by our tag, or a role with this boundary could tag it first. */
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
    // Karpenter's, as it makes them.
    Condition: { StringEquals: { "ec2:CreateAction": "CreateLaunchTemplate" } },
  },
];

/**
 * A boundary also limits what a grant or a key policy gives to a role (IAM User Guide, "Permissions boundaries for IAM
 * entities"): the key of a cluster's secrets, and any key used through a volume.
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
      ...on("PassRoleToNodes", ["iam:PassRole"], `arn:aws:iam::${account}:role/${stack}-karpenter-node-*`),
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    {
      ...on("LetServiceMakeItsRole", ["iam:CreateServiceLinkedRole"], "arn:aws:iam::*:role/aws-service-role/*"),
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
  ];
}

function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}

/**
 * What the roles of a network call, by who calls it: the actions of AWS's own policies (AWS Managed Policy Reference
 * Guide, November 2026) and of this program's. `tests/delivery/bootstrap/boundary.spec.ts` compares them with both.
 */

/** Nodes: they join, pull images and are reached by Session Manager (`components/spoke/nodes.ts`). */
export const NODES = [
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

/** The VPC CNI: AmazonEKS_CNI_Policy. */
export const VPC_CNI = [
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

/** The EBS CSI driver: AmazonEBSCSIDriverEKSClusterScopedPolicy. */
export const EBS_CSI = [
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

/** Karpenter's controller, in its own region (`components/spoke/karpenter-policy.ts`). */
export const KARPENTER = [
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

/** Karpenter's controller, of services without a region, and of the price list, which is in few. */
export const KARPENTER_ANYWHERE = [
  "iam:GetInstanceProfile",
  "iam:ListInstanceProfiles",
  "pricing:GetProducts",
] as const;

/** The control plane: AmazonEKSClusterPolicy, but for the routes of EKS's own route controller. */
export const CONTROL_PLANE = [
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
  "elasticloadbalancing:AddTags",
  "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
  "elasticloadbalancing:AttachLoadBalancerToSubnets",
  "elasticloadbalancing:ConfigureHealthCheck",
  "elasticloadbalancing:CreateListener",
  "elasticloadbalancing:CreateLoadBalancer",
  "elasticloadbalancing:CreateLoadBalancerListeners",
  "elasticloadbalancing:CreateLoadBalancerPolicy",
  "elasticloadbalancing:CreateTargetGroup",
  "elasticloadbalancing:DeleteListener",
  "elasticloadbalancing:DeleteLoadBalancer",
  "elasticloadbalancing:DeleteLoadBalancerListeners",
  "elasticloadbalancing:DeleteTargetGroup",
  "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
  "elasticloadbalancing:DeregisterTargets",
  "elasticloadbalancing:DescribeListeners",
  "elasticloadbalancing:DescribeLoadBalancerAttributes",
  "elasticloadbalancing:DescribeLoadBalancerPolicies",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeTargetGroupAttributes",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
  "elasticloadbalancing:DetachLoadBalancerFromSubnets",
  "elasticloadbalancing:ModifyListener",
  "elasticloadbalancing:ModifyLoadBalancerAttributes",
  "elasticloadbalancing:ModifyTargetGroup",
  "elasticloadbalancing:ModifyTargetGroupAttributes",
  "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
  "elasticloadbalancing:RegisterTargets",
  "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer",
  "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
  "kms:DescribeKey",
] as const;

/** The roles that the hub has for each spoke (`components/names.ts`): authorisations, and records for external-dns. */
export const HUB_ROLES = [
  "route53:ChangeResourceRecordSets",
  "route53:CreateVPCAssociationAuthorization",
  "route53:DeleteVPCAssociationAuthorization",
  "route53:ListHostedZones",
  "route53:ListResourceRecordSets",
  "route53:ListVPCAssociationAuthorizations",
] as const;

/** Publishers of images (`components/hub/image-publishing.ts`). */
export const IMAGE_PUBLISHERS = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:GetDownloadUrlForLayer",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
] as const;
