import { of, type CallsByType } from "./calls";

const cluster = (kind: string) => of("eks", (stack) => `${kind}/piksel-${stack}/x`);
const role = of("iam", (stack) => `role/${stack}-x-1a2b3c4`);
const passedTo = (service: string) => (): Readonly<Record<string, string>> => ({ "iam:PassedToService": service });

/** For clusters, and for roles, which the hub has as well. */
export const CLUSTER_CALLS: CallsByType = {
  "aws:cloudwatch/eventRule:EventRule": [
    {
      make: "events:PutRule events:TagResource",
      change: "events:DeleteRule events:UntagResource",
      read: "events:DescribeRule events:ListTagsForResource",
      arn: of("events", (stack) => `rule/${stack}-karpenter-health-1a2b3c4`),
    },
  ],
  "aws:cloudwatch/eventTarget:EventTarget": [
    {
      make: "events:PutTargets",
      change: "events:RemoveTargets",
      read: "events:ListTargetsByRule",
      arn: of("events", (stack) => `rule/${stack}-karpenter-health-1a2b3c4`),
    },
  ],
  "aws:cloudwatch/logGroup:LogGroup": [
    {
      make: "logs:CreateLogGroup logs:PutRetentionPolicy logs:TagResource",
      change: "logs:DeleteLogGroup logs:DeleteRetentionPolicy logs:UntagResource",
      read: "logs:DescribeLogGroups logs:ListTagsForResource",
      arn: of("logs", (stack) => `log-group:/aws/eks/piksel-${stack}/cluster`),
    },
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    {
      make: "ec2:CreateLaunchTemplate",
      change: "ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate ec2:DeleteLaunchTemplate",
      read: "ec2:DescribeLaunchTemplates ec2:DescribeLaunchTemplateVersions",
    },
  ],
  "aws:eks/accessEntry:AccessEntry": [
    { make: "eks:CreateAccessEntry eks:TagResource", arn: of("eks", (stack) => `cluster/piksel-${stack}`) },
    {
      change: "eks:UpdateAccessEntry eks:DeleteAccessEntry eks:TagResource eks:UntagResource",
      read: "eks:DescribeAccessEntry",
      arn: cluster("access-entry"),
    },
  ],
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": [
    {
      make: "eks:AssociateAccessPolicy",
      change: "eks:DisassociateAccessPolicy",
      read: "eks:ListAssociatedAccessPolicies",
      arn: cluster("access-entry"),
    },
  ],
  "aws:eks/addon:Addon": [
    { make: "eks:CreateAddon eks:TagResource", arn: of("eks", (stack) => `cluster/piksel-${stack}`) },
    { change: "eks:UpdateAddon eks:DeleteAddon", read: "eks:DescribeAddon eks:DescribeUpdate", arn: cluster("addon") },
  ],
  "aws:eks/cluster:Cluster": [
    { make: "eks:CreateCluster", read: "kms:DescribeKey ec2:DescribeSubnets ec2:DescribeVpcs" },
    {
      change:
        "eks:UpdateClusterConfig eks:UpdateClusterVersion eks:AssociateEncryptionConfig eks:DeleteCluster eks:TagResource",
      read: "eks:DescribeCluster eks:DescribeUpdate",
      arn: of("eks", (stack) => `cluster/piksel-${stack}`),
    },
    { change: "kms:CreateGrant" },
    { make: "iam:PassRole", arn: role, context: passedTo("eks.amazonaws.com") },
    {
      make: "iam:CreateServiceLinkedRole",
      arn: of("iam", () => "role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"),
      context: () => ({ "iam:AWSServiceName": "eks.amazonaws.com" }),
    },
  ],
  "aws:eks/nodeGroup:NodeGroup": [
    { make: "eks:CreateNodegroup eks:TagResource", arn: of("eks", (stack) => `cluster/piksel-${stack}`) },
    {
      change: "eks:UpdateNodegroupConfig eks:UpdateNodegroupVersion eks:DeleteNodegroup",
      read: "eks:DescribeNodegroup eks:DescribeUpdate",
      arn: cluster("nodegroup"),
    },
    {
      make: "ec2:RunInstances ec2:CreateTags",
      context: (deployment) => ({
        "ec2:LaunchTemplate": of("ec2", () => "launch-template/lt-1")(deployment),
        "ec2:CreateAction": "RunInstances",
      }),
    },
    {
      make: "iam:PassRole",
      read: "iam:GetRole iam:ListAttachedRolePolicies",
      arn: role,
      context: passedTo("ec2.amazonaws.com"),
    },
  ],
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": [
    { make: "eks:CreatePodIdentityAssociation eks:TagResource", arn: of("eks", (stack) => `cluster/piksel-${stack}`) },
    {
      change: "eks:UpdatePodIdentityAssociation eks:DeletePodIdentityAssociation",
      read: "eks:DescribePodIdentityAssociation",
      arn: cluster("podidentityassociation"),
    },
    { make: "iam:PassRole", read: "iam:GetRole", arn: role, context: passedTo("pods.eks.amazonaws.com") },
  ],
  "aws:iam/instanceProfile:InstanceProfile": [
    {
      make: "iam:CreateInstanceProfile iam:AddRoleToInstanceProfile iam:TagInstanceProfile",
      change: "iam:RemoveRoleFromInstanceProfile iam:DeleteInstanceProfile iam:UntagInstanceProfile",
      read: "iam:GetInstanceProfile",
      arn: of("iam", (stack) => `instance-profile/${stack}-karpenter-node-1a2b3c4`),
    },
    { make: "iam:PassRole", arn: role, context: passedTo("ec2.amazonaws.com") },
  ],
  "aws:iam/role:Role": [
    {
      make: "iam:CreateRole iam:TagRole iam:PutRolePermissionsBoundary",
      change: "iam:UpdateRole iam:UpdateRoleDescription iam:UpdateAssumeRolePolicy iam:DeleteRole iam:UntagRole",
      read: "iam:GetRole iam:ListRolePolicies iam:ListAttachedRolePolicies iam:ListInstanceProfilesForRole",
      arn: role,
      context: ({ boundaryArn }) => ({ "iam:PermissionsBoundary": boundaryArn }),
    },
  ],
  "aws:iam/rolePolicy:RolePolicy": [
    {
      make: "iam:PutRolePolicy iam:DeleteRolePolicy",
      read: "iam:GetRolePolicy",
      arn: role,
      context: ({ boundaryArn }) => ({ "iam:PermissionsBoundary": boundaryArn }),
    },
  ],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [
    {
      make: "iam:AttachRolePolicy iam:DetachRolePolicy",
      read: "iam:ListAttachedRolePolicies",
      arn: role,
      context: ({ boundaryArn }) => ({ "iam:PermissionsBoundary": boundaryArn }),
    },
  ],
  "aws:kms/alias:Alias": [
    {
      make: "kms:CreateAlias",
      change: "kms:UpdateAlias kms:DeleteAlias",
      read: "kms:ListAliases",
      arn: of("kms", (stack) => `alias/piksel-${stack}`),
    },
    { change: "kms:CreateAlias kms:UpdateAlias kms:DeleteAlias", arn: of("kms", () => "key/1") },
  ],
  "aws:kms/key:Key": [
    {
      make: "kms:CreateKey kms:TagResource",
      change:
        "kms:EnableKeyRotation kms:DisableKeyRotation kms:PutKeyPolicy kms:UpdateKeyDescription kms:TagResource " +
        "kms:UntagResource kms:ScheduleKeyDeletion",
      read: "kms:DescribeKey kms:GetKeyPolicy kms:GetKeyRotationStatus kms:ListResourceTags",
    },
  ],
  "aws:sqs/queue:Queue": [
    {
      make: "sqs:CreateQueue sqs:TagQueue",
      change: "sqs:SetQueueAttributes sqs:DeleteQueue sqs:UntagQueue",
      read: "sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListQueueTags",
      arn: of("sqs", (stack) => `piksel-${stack}`),
    },
  ],
  "aws:sqs/queuePolicy:QueuePolicy": [
    { make: "sqs:SetQueueAttributes", read: "sqs:GetQueueAttributes", arn: of("sqs", (stack) => `piksel-${stack}`) },
  ],
};
