import type { Tags } from "./names";

/** What the tags of a stack's resources are made from. */
export interface Tagging {
  readonly network: string;
  readonly prefix: string;
  /** Who answers for the network. */
  readonly owner: string;
  /** Tags besides the program's own. */
  readonly extra: Tags;
}

/** Tags of every resource, set once on the provider. */
export function defaultTags({ network, prefix, owner, extra }: Tagging): Tags {
  return {
    Project: prefix,
    Environment: network,
    ManagedBy: "pulumi",
    Owner: owner,
    Service: "network",
    ...extra,
  };
}

/** Keys of the tags that the program's own resources have, besides Name and those of {@link kubernetesSubnetTags}. */
export const OWN_TAG_KEYS: readonly string[] = Object.keys(
  defaultTags({ network: "", prefix: "", owner: "", extra: {} }),
);

/**
 * Tags by which Kubernetes finds a spoke's subnets: load balancers by role (Amazon EKS, "Create a VPC for your
 * cluster"), Karpenter its nodes' subnets by cluster name. Nodes never go to a public subnet.
 */
export function kubernetesSubnetTags(cluster: string): { readonly public: Tags; readonly private: Tags } {
  return {
    public: { "kubernetes.io/role/elb": "1" },
    private: { "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": cluster },
  };
}
