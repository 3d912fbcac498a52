/** What all names that AWS shows begin with. */
export const PREFIX = "piksel";

/** Name of the EKS cluster of a network, which its subnets carry for Karpenter to find. */
export function clusterName(network: string): string {
  return `${PREFIX}-${network}`;
}

/** Tags of every resource, set once on the provider. */
export function defaultTags(network: string): Record<string, string> {
  return {
    Project: PREFIX,
    Environment: network,
    ManagedBy: "pulumi",
    Owner: "Cloud Infrastructure Team",
    Service: "network",
  };
}

/**
 * Tags by which Kubernetes finds a spoke's subnets: load balancers by role (Amazon EKS, "Create a VPC for your
 * cluster"), Karpenter its nodes' subnets by cluster name. Nodes never go to a public subnet.
 */
export function kubernetesSubnetTags(network: string): { readonly public: Tags; readonly private: Tags } {
  return {
    public: { "kubernetes.io/role/elb": "1" },
    private: { "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": clusterName(network) },
  };
}

export type Tags = Readonly<Record<string, string>>;
