import { deploymentRoleName, roleArn } from "../../../../components/names";
import { secretsKeyPolicy } from "../../../../components/spoke/cluster";
import { OPS } from "../scopes";
import { of, type Calls, type CallsByType } from "./calls";

const cluster = (kind: string) => of("eks", (stack, { prefix }) => `${kind}/${prefix}-${stack}/x`);
const adminEntry = of("eks", (stack, { prefix }) => `access-entry/${prefix}-${stack}/role/222222222222/ops/x`);
/** The key of the cluster's secrets, as its own policy sees a call of the deployment role. */
const key: Calls = {
  arn: of("kms", () => "key/1"),
  resourcePolicy: ({ account, project, stack }) =>
    secretsKeyPolicy(account, roleArn(account, deploymentRoleName(project, stack))),
  context: ({ account, project, stack }) => ({
    "aws:PrincipalAccount": account,
    "aws:PrincipalArn": roleArn(account, deploymentRoleName(project, stack)),
  }),
};
const role = of("iam", (stack) => `role/${stack}-x-1a2b3c4`);
const passed = (name: string) => of("iam", (stack) => `role/${stack}-${name}-1a2b3c4`);
const passedTo = (service: string) => (): Readonly<Record<string, string>> => ({ "iam:PassedToService": service });

/** Rules of EventBridge: of the hub, and of a spoke, where Karpenter has some as well. */
const rules = (make: string, change: string, read: string): Calls[] =>
  ["karpenter-health", "transit-events"].map((name) => ({
    ...{ make, change, read },
    arn: of("events", (stack) => `rule/${stack}-${name}-1a2b3c4`),
    ...(name === "transit-events" ? {} : { only: "spoke" as const }),
  }));

/** For clusters, and for roles and events, which the hub has as well. */
export const CLUSTER_CALLS: CallsByType = {
  "aws:cloudwatch/eventRule:EventRule": rules(
    "events:PutRule events:TagResource",
    "events:DeleteRule events:UntagResource",
    "events:DescribeRule events:ListTagsForResource",
  ),
  "aws:cloudwatch/eventTarget:EventTarget": [
    ...rules("events:PutTargets", "events:RemoveTargets", "events:ListTargetsByRule"),
    {
      make: "iam:PassRole",
      arn: of("iam", (stack) => `role/${stack}-transit-events-1a2b3c4`),
      context: passedTo("events.amazonaws.com"),
      only: "spoke",
    },
  ],
  "aws:cloudwatch/logGroup:LogGroup": [
    {
      make: "logs:CreateLogGroup logs:PutRetentionPolicy logs:TagResource",
      change: "logs:DeleteLogGroup logs:DeleteRetentionPolicy logs:UntagResource",
      read: "logs:DescribeLogGroups logs:ListTagsForResource",
      arn: of("logs", (stack, { prefix }) => `log-group:/aws/eks/${prefix}-${stack}/cluster`),
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
    {
      make: "eks:CreateAccessEntry eks:TagResource",
      arn: of("eks", (stack, { prefix }) => `cluster/${prefix}-${stack}`),
      context: () => ({ "eks:principalArn": OPS, "eks:accessEntryType": "STANDARD" }),
    },
    {
      make: "eks:CreateAccessEntry eks:TagResource",
      arn: of("eks", (stack, { prefix }) => `cluster/${prefix}-${stack}`),
      context: (deployment) => ({
        "eks:principalArn": of("iam", (stack) => `role/${stack}-karpenter-node-1a2b3c4`)(deployment),
        "eks:accessEntryType": "EC2_LINUX",
      }),
    },
    {
      change: "eks:DeleteAccessEntry eks:TagResource eks:UntagResource",
      read: "eks:DescribeAccessEntry",
      arn: adminEntry,
    },
  ],
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": [
    {
      make: "eks:AssociateAccessPolicy",
      change: "eks:DisassociateAccessPolicy",
      read: "eks:ListAssociatedAccessPolicies",
      arn: adminEntry,
      context: () => ({ "eks:policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy" }),
    },
  ],
  "aws:eks/addon:Addon": [
    { make: "eks:CreateAddon eks:TagResource", arn: of("eks", (stack, { prefix }) => `cluster/${prefix}-${stack}`) },
    { change: "eks:UpdateAddon eks:DeleteAddon", read: "eks:DescribeAddon eks:DescribeUpdate", arn: cluster("addon") },
  ],
  "aws:eks/cluster:Cluster": [
    {
      make: "eks:CreateCluster",
      read: "kms:DescribeKey ec2:DescribeSubnets ec2:DescribeVpcs",
      context: () => ({ "eks:bootstrapClusterCreatorAdminPermissions": "false" }),
    },
    {
      change:
        "eks:UpdateClusterConfig eks:UpdateClusterVersion eks:AssociateEncryptionConfig eks:DeleteCluster eks:TagResource",
      read: "eks:DescribeCluster eks:DescribeUpdate",
      arn: of("eks", (stack, { prefix }) => `cluster/${prefix}-${stack}`),
    },
    { make: "kms:CreateGrant", ...key },
    { make: "iam:PassRole", arn: passed("eksRole-role"), context: passedTo("eks.amazonaws.com") },
    // EKS Auto Mode's computeConfig.nodeRoleArn.
    { make: "iam:PassRole", arn: passed("auto-node"), context: passedTo("eks.amazonaws.com") },
    {
      make: "iam:CreateServiceLinkedRole",
      arn: of("iam", () => "role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"),
      context: () => ({ "iam:AWSServiceName": "eks.amazonaws.com" }),
    },
  ],
  "aws:eks/nodeGroup:NodeGroup": [
    {
      make: "eks:CreateNodegroup eks:TagResource",
      arn: of("eks", (stack, { prefix }) => `cluster/${prefix}-${stack}`),
    },
    {
      change: "eks:UpdateNodegroupConfig eks:UpdateNodegroupVersion eks:DeleteNodegroup",
      read: "eks:DescribeNodegroup eks:DescribeUpdate",
      arn: cluster("nodegroup"),
    },
    {
      make: "ec2:RunInstances",
      tags: { image: {}, "key-pair": {}, "security-group": {}, snapshot: {} },
      context: (deployment) => ({ "ec2:LaunchTemplate": of("ec2", () => "launch-template/lt-1")(deployment) }),
    },
    {
      make: "iam:PassRole",
      read: "iam:GetRole iam:ListAttachedRolePolicies",
      arn: passed("node"),
      context: passedTo("ec2.amazonaws.com"),
    },
  ],
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": [
    {
      make: "eks:CreatePodIdentityAssociation eks:TagResource",
      arn: of("eks", (stack, { prefix }) => `cluster/${prefix}-${stack}`),
    },
    {
      change: "eks:UpdatePodIdentityAssociation eks:DeletePodIdentityAssociation",
      read: "eks:DescribePodIdentityAssociation",
      arn: cluster("podidentityassociation"),
    },
    ...["ebs-csi", "external-dns", "karpenter", "load-balancer-controller", "vpc-cni"].map((name) => ({
      make: "iam:PassRole",
      read: "iam:GetRole",
      arn: passed(name),
      context: passedTo("pods.eks.amazonaws.com"),
    })),
  ],
  "aws:iam/instanceProfile:InstanceProfile": [
    {
      make: "iam:CreateInstanceProfile iam:AddRoleToInstanceProfile iam:TagInstanceProfile",
      change: "iam:RemoveRoleFromInstanceProfile iam:DeleteInstanceProfile iam:UntagInstanceProfile",
      read: "iam:GetInstanceProfile",
      arn: of("iam", (stack) => `instance-profile/${stack}-karpenter-node-1a2b3c4`),
    },
    { make: "iam:PassRole", arn: passed("karpenter-node"), context: passedTo("ec2.amazonaws.com") },
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
      arn: of("kms", (stack, { prefix }) => `alias/${prefix}-${stack}`),
    },
    { make: "kms:CreateAlias", change: "kms:UpdateAlias kms:DeleteAlias", ...key },
  ],
  "aws:kms/key:Key": [
    {
      make: "kms:CreateKey kms:TagResource",
      context: ({ prefix, tagKeys }) => ({ "aws:RequestTag/Project": prefix, "aws:TagKeys": tagKeys }),
    },
    // Review B2: from the first moment on, by the key's own policy. Tags count up to five minutes later.
    {
      make:
        "kms:EnableKeyRotation kms:DisableKeyRotation kms:PutKeyPolicy kms:UpdateKeyDescription kms:TagResource " +
        "kms:UntagResource kms:ScheduleKeyDeletion",
      read: "kms:DescribeKey kms:GetKeyPolicy kms:GetKeyRotationStatus kms:ListResourceTags",
      ...key,
    },
  ],
  "aws:sqs/queue:Queue": [
    {
      make: "sqs:CreateQueue sqs:TagQueue",
      change: "sqs:SetQueueAttributes sqs:DeleteQueue sqs:UntagQueue",
      read: "sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListQueueTags",
      arn: of("sqs", (stack, { prefix }) => `${prefix}-${stack}`),
    },
  ],
  "aws:sqs/queuePolicy:QueuePolicy": [
    {
      make: "sqs:SetQueueAttributes",
      read: "sqs:GetQueueAttributes",
      arn: of("sqs", (stack, { prefix }) => `${prefix}-${stack}`),
    },
  ],
};
