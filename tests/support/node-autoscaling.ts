/**
 * Lines `TYPE NAME` of what only managed nodes and their controllers need: roles, templates, groups and events, and the
 * add-ons that EKS runs itself in EKS Auto Mode.
 */
export const OF_MANAGED_NODES =
  / dev-(?:aws-ebs-csi-driver|coredns|ebs-csi|eks-pod-identity-agent|karpenter|kube-proxy|load-balancer-controller|node|system|vpc-cni)\b|piksel:spoke:(?:Karpenter|NodeAddons|NodeGroups) /;

/** Lines `TYPE NAME` of what only EKS Auto Mode needs, in the order of the plan. */
export const OF_AUTO_MODE = [
  "aws:iam/role:Role dev-auto-node",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment dev-auto-node-AmazonEKSWorkerNodeMinimalPolicy",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment dev-auto-node-AmazonEC2ContainerRegistryPullOnly",
  "aws:iam/rolePolicy:RolePolicy dev-auto-node-first-pull",
  ...["d86a545b", "1e381056", "1587f79c", "9ae443cd"].map(
    (policy) => `aws:iam/rolePolicyAttachment:RolePolicyAttachment dev-eksRole-${policy}`,
  ),
];
