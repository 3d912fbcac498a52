import { CLUSTER_GROUP_TAG, DISCOVERY_TAG } from "../components/kubernetes-names";
import type { NodePoolSettings, Taint } from "./node-pool-settings";

/**
 * Pods per node, with addresses in blocks of 16 (Amazon EKS User Guide, "Assign more IP addresses ... with prefixes").
 */
const MAX_PODS = 110;

/** Size of the root volume for images, logs and the local storage of pods. */
const ROOT_VOLUME = "50Gi";

type Tags = Readonly<Record<string, string>>;
interface SelectorTerm {
  readonly tags: Tags;
}

export interface Ec2NodeClassSpec {
  readonly instanceProfile: string;
  readonly amiSelectorTerms: readonly { readonly alias: string }[];
  readonly subnetSelectorTerms: readonly SelectorTerm[];
  readonly securityGroupSelectorTerms: readonly SelectorTerm[];
  readonly kubelet: { readonly maxPods: number };
  readonly metadataOptions: {
    readonly httpEndpoint: "enabled";
    readonly httpTokens: "required";
    readonly httpPutResponseHopLimit: number;
  };
  readonly blockDeviceMappings: readonly {
    readonly deviceName: string;
    readonly ebs: {
      readonly volumeType: "gp3";
      readonly volumeSize: string;
      readonly encrypted: true;
      readonly deleteOnTermination: true;
    };
  }[];
  readonly tags: Tags;
}

/** EKS Auto Mode chooses the image, encrypts the volume, and restricts the instance metadata itself. */
export interface NodeClassSpec {
  readonly role: string;
  readonly subnetSelectorTerms: readonly SelectorTerm[];
  readonly securityGroupSelectorTerms: readonly SelectorTerm[];
  readonly networkPolicy: "DefaultAllow";
  readonly ephemeralStorage: { readonly size: string };
}

interface Requirement {
  readonly key: string;
  readonly operator: "In" | "Gt";
  readonly values: readonly string[];
}

export interface NodePoolSpec {
  readonly template: {
    readonly metadata?: { readonly labels: Readonly<Record<string, string>> };
    readonly spec: {
      readonly nodeClassRef: { readonly group: string; readonly kind: string; readonly name: string };
      readonly requirements: readonly Requirement[];
      readonly taints?: readonly Taint[];
      readonly expireAfter: string;
    };
  };
  readonly disruption: { readonly consolidationPolicy: string; readonly consolidateAfter: string };
  readonly limits: { readonly cpu: string; readonly memory?: string };
  readonly weight?: number;
}

interface KarpenterNodes {
  readonly clusterName: string;
  /** Tags of every resource of the spoke. */
  readonly tags: Tags;
  readonly instanceProfile: string;
  /**
   * Image of the nodes, `al2023@vYYYYMMDD`. It is pinned, as Karpenter recommends: with `latest`, it replaces nodes as
   * soon as there is a new image ("Managing AMIs").
   */
  readonly amiAlias: string;
}

export function ec2NodeClassSpec({ clusterName, tags, instanceProfile, amiAlias }: KarpenterNodes): Ec2NodeClassSpec {
  return {
    instanceProfile,
    amiSelectorTerms: [{ alias: amiAlias }],
    ...selectors(clusterName),
    kubelet: { maxPods: MAX_PODS },
    // With one hop, pods cannot reach the node's credentials. They use Pod Identity.
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { volumeType: "gp3", volumeSize: ROOT_VOLUME, encrypted: true, deleteOnTermination: true },
      },
    ],
    // The EBS driver may attach volumes to nodes with this tag, or with EKS's own, which only managed groups have
    // (AWS Managed Policy Reference Guide, `AmazonEBSCSIDriverEKSClusterScopedPolicy`).
    tags: { ...tags, "ebs.csi.aws.com/cluster-name": clusterName },
  };
}

/**
 * The class sets no tags, because EKS Auto Mode could launch no instance with them. `AmazonEKSComputePolicy` allows only the
 * tags that EKS sets, such as `eks:eks-cluster-name` (AWS Managed Policy Reference Guide; Amazon EKS User Guide, "Custom
 * AWS tags for EKS Auto resources").
 *
 * @param role name of the IAM role of the nodes
 */
export function nodeClassSpec(clusterName: string, role: string): NodeClassSpec {
  return {
    role,
    ...selectors(clusterName),
    // Only pods that a NetworkPolicy selects are isolated: namespaces of applications have policies, kube-system has none.
    networkPolicy: "DefaultAllow",
    ephemeralStorage: { size: "80Gi" },
  };
}

/** Private subnets of the spoke, and the security group that EKS created for the cluster. */
function selectors(clusterName: string): Pick<NodeClassSpec, "subnetSelectorTerms" | "securityGroupSelectorTerms"> {
  return {
    subnetSelectorTerms: [{ tags: { [DISCOVERY_TAG]: clusterName } }],
    securityGroupSelectorTerms: [{ tags: { [CLUSTER_GROUP_TAG]: clusterName } }],
  };
}

/**
 * What launches the nodes of a pool: the kind of its node class, the domain of its labels for instance types, and the
 * default lifetime of a node. EKS Auto Mode launches only Linux and supports no requirement for it, and a node lives 14
 * days (Amazon EKS User Guide, "Create a Node Pool for EKS Auto Mode").
 */
const LAUNCHERS = {
  karpenter: {
    group: "karpenter.k8s.aws",
    kind: "EC2NodeClass",
    labels: "karpenter.k8s.aws",
    systems: ["linux"],
    expireAfter: "720h",
  },
  auto: {
    group: "eks.amazonaws.com",
    kind: "NodeClass",
    labels: "eks.amazonaws.com",
    systems: [],
    expireAfter: "336h",
  },
} as const;

/** @param nodeClass name of the node class */
export function nodePoolSpec(
  pool: NodePoolSettings,
  launcher: keyof typeof LAUNCHERS,
  nodeClass: string,
): NodePoolSpec {
  const { group, kind, labels, systems, expireAfter } = LAUNCHERS[launcher];
  const among = (key: string, values: readonly string[]): Requirement => ({ key, operator: "In", values });
  const { memoryLimitGib, weight, taints } = pool;
  return {
    template: {
      ...(Object.keys(pool.labels).length === 0 ? {} : { metadata: { labels: pool.labels } }),
      spec: {
        nodeClassRef: { group, kind, name: nodeClass },
        requirements: [
          among("kubernetes.io/arch", pool.architectures),
          ...(systems.length === 0 ? [] : [among("kubernetes.io/os", systems)]),
          among("karpenter.sh/capacity-type", pool.capacity),
          among(`${labels}/instance-category`, pool.instanceCategories),
          { key: `${labels}/instance-generation`, operator: "Gt", values: [String(pool.minGeneration - 1)] },
        ],
        ...(taints.length === 0 ? {} : { taints }),
        expireAfter: pool.expireAfter ?? expireAfter,
      },
    },
    disruption: { consolidationPolicy: pool.consolidation, consolidateAfter: pool.consolidateAfter },
    limits: { cpu: String(pool.cpuLimit), ...(memoryLimitGib === undefined ? {} : { memory: `${memoryLimitGib}Gi` }) },
    ...(weight === undefined ? {} : { weight }),
  };
}
