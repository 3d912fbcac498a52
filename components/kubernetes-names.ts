/**
 * Names in Kubernetes and tags in AWS that a spoke's stack and the platform in its cluster have in common.
 */

/** A Kubernetes service account. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** Service accounts whose pods get an IAM role, each the default of its add-on or Helm chart. */
export const SERVICE_ACCOUNTS = {
  vpcCni: { namespace: "kube-system", name: "aws-node" },
  ebsCsi: { namespace: "kube-system", name: "ebs-csi-controller-sa" },
  externalDns: { namespace: "external-dns", name: "external-dns" },
  karpenter: { namespace: "kube-system", name: "karpenter" },
  loadBalancerController: { namespace: "kube-system", name: "aws-load-balancer-controller" },
} as const satisfies Readonly<Record<string, ServiceAccount>>;

/** Key of the taint of the managed nodes, which are for add-ons and controllers. */
export const SYSTEM_TAINT_KEY = "CriticalAddonsOnly";

/** Tag of the private subnets of a spoke, with the name of the cluster: Karpenter and EKS Auto Mode select them by it. */
export const DISCOVERY_TAG = "karpenter.sh/discovery";

/** Tag of everything that the AWS Load Balancer Controller creates, with the name of the cluster. */
export const LOAD_BALANCER_TAG = "elbv2.k8s.aws/cluster";

/**
 * Tag that EKS sets on the security group which it creates for a cluster (Amazon EKS User Guide, "View Amazon EKS
 * security group requirements for clusters"). Nobody else can set it: the prefix is reserved for AWS.
 */
export const CLUSTER_GROUP_TAG = "aws:eks:cluster-name";
