import { SERVICE_ACCOUNTS, type ServiceAccount } from "../../../components/kubernetes-names";

/** What the pods of an add-on or a chart need of AWS. */
export interface PodPermissions {
  readonly serviceAccount: ServiceAccount;
  /** AWS managed policies, by name. */
  readonly managedPolicies: readonly string[];
  /** Actions of other policies, which may be patterns. */
  readonly actions: readonly string[];
  /** Document that says so. */
  readonly source: string;
}

/** Add-ons whose pods call AWS, by the name of the add-on; the pods of others do not. */
export const ADDON_PERMISSIONS: Readonly<Record<string, PodPermissions>> = {
  "vpc-cni": {
    serviceAccount: SERVICE_ACCOUNTS.vpcCni,
    managedPolicies: ["AmazonEKS_CNI_Policy"],
    actions: [],
    source: 'Amazon EKS User Guide, "Amazon VPC CNI"',
  },
  "aws-ebs-csi-driver": {
    serviceAccount: SERVICE_ACCOUNTS.ebsCsi,
    managedPolicies: ["AmazonEBSCSIDriverEKSClusterScopedPolicy"],
    actions: [],
    source: 'Amazon EKS User Guide, "Use Kubernetes volume storage with Amazon EBS"',
  },
  "external-dns": {
    serviceAccount: SERVICE_ACCOUNTS.externalDns,
    managedPolicies: [],
    // It writes records with a role of the hub's account.
    actions: ["sts:AssumeRole", "sts:TagSession"],
    source: 'Amazon EKS User Guide, "Access AWS resources using EKS Pod Identity target IAM roles"',
  },
};

/** Charts whose pods call AWS, by the name of the chart. */
export const CHART_PERMISSIONS: Readonly<Record<string, PodPermissions>> = {
  karpenter: {
    serviceAccount: SERVICE_ACCOUNTS.karpenter,
    managedPolicies: [],
    actions: [
      ...["CreateFleet", "CreateLaunchTemplate", "CreateTags", "DeleteLaunchTemplate", "Describe*", "RunInstances"].map(
        (action) => `ec2:${action}`,
      ),
      ...["ec2:TerminateInstances", "eks:DescribeCluster", "pricing:GetProducts", "ssm:GetParameter"],
      ...["iam:GetInstanceProfile", "iam:ListInstanceProfiles", "iam:PassRole"],
      ...["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
    ],
    source: 'Karpenter, "CloudFormation", the policies of the controller',
  },
  "aws-load-balancer-controller": {
    serviceAccount: SERVICE_ACCOUNTS.loadBalancerController,
    managedPolicies: [],
    actions: [
      ...["acm:DescribeCertificate", "acm:ListCertificates", "ec2:Describe*", "ec2:GetSecurityGroupsForVpc"],
      ...["ec2:CreateSecurityGroup", "ec2:DeleteSecurityGroup", "ec2:CreateTags", "ec2:DeleteTags"],
      ...["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      ...["elasticloadbalancing:*", "iam:CreateServiceLinkedRole"],
    ],
    source: "kubernetes-sigs/aws-load-balancer-controller, docs/install/iam_policy.json",
  },
};

/** Name of a service account in Kubernetes: `kube-system/karpenter`. */
export function nameOfAccount({ namespace, name }: ServiceAccount): string {
  return `${namespace}/${name}`;
}
