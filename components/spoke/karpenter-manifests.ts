import { stringify } from "yaml";
import type { Architecture } from "../facts/instance-types";
import { IMAGE_CACHES } from "../facts/registries";
import { KARPENTER } from "../facts/versions";

/** Service account of the controller, whose pods get the controller's role. */
export const KARPENTER_SERVICE_ACCOUNT = "karpenter";

/**
 * Tag that EKS sets on the security group which it creates for a cluster (Amazon EKS User Guide, "View Amazon EKS
 * security group requirements for clusters"). Nobody else can set it: the prefix is reserved for AWS.
 */
export const CLUSTER_GROUP_TAG = "aws:eks:cluster-name";

/** Names of architectures in Kubernetes. */
const KUBERNETES_ARCHITECTURES = { arm64: "arm64", x86_64: "amd64" } as const;

/**
 * Pods per node, with addresses in blocks of 16 (Amazon EKS User Guide, "Assign more IP addresses ... with prefixes").
 */
const MAX_PODS = 110;

/** Most vCPUs of the pool at one time, which limits the cost of a faulty deployment. */
const CPU_LIMIT = 100;

interface KarpenterFacts {
  readonly clusterName: string;
  /** Name of the interruption queue. */
  readonly queueName: string;
  /** Instance profile of the nodes. */
  readonly instanceProfile: string;
  /** Hub's image registry, `ACCOUNT.dkr.ecr.REGION.amazonaws.com`. */
  readonly registry: string;
  /** Architecture of the managed nodes, for which images are built. Karpenter's nodes have the same. */
  readonly architecture: Architecture;
  /**
   * Image of the nodes, `al2023@vYYYYMMDD`. It is pinned, as Karpenter recommends: with `latest`, it replaces nodes as
   * soon as there is a new image ("Managing AMIs").
   */
  readonly amiAlias: string;
}

/** YAML documents for Helm and kubectl, ready to apply. */
export interface KarpenterManifests {
  /** Values of the Helm chart `oci://public.ecr.aws/karpenter/karpenter`, for the version in {@link KARPENTER}. */
  readonly values: string;
  readonly nodePool: string;
  readonly nodeClass: string;
}

export function karpenterManifests(facts: KarpenterFacts): KarpenterManifests {
  return { values: yaml(values(facts)), nodePool: yaml(nodePool(facts)), nodeClass: yaml(nodeClass(facts)) };
}

/** YAML without anchors, because people read it and copy parts of it. */
function yaml(document: object): string {
  return stringify(document, { aliasDuplicateObjects: false });
}

function values({ clusterName, queueName, registry }: KarpenterFacts): object {
  const resources = { cpu: "1", memory: "1Gi" };
  return {
    settings: { clusterName, interruptionQueue: queueName },
    serviceAccount: { name: KARPENTER_SERVICE_ACCOUNT },
    // Two, which the chart requires to run on two nodes in two AZs.
    replicas: 2,
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    controller: {
      image: {
        repository: `${registry}/${cacheOf("public.ecr.aws")}/karpenter/controller`,
        tag: KARPENTER.version,
        digest: KARPENTER.digest,
      },
      resources: { requests: resources, limits: resources },
    },
  };
}

function nodePool({ architecture }: KarpenterFacts): object {
  const among = (key: string, ...list: string[]): object => ({ key, operator: "In", values: list });
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: "default" },
    spec: {
      template: {
        spec: {
          requirements: [
            among("kubernetes.io/arch", KUBERNETES_ARCHITECTURES[architecture]),
            among("kubernetes.io/os", "linux"),
            among("karpenter.sh/capacity-type", "on-demand"),
            among("karpenter.k8s.aws/instance-category", "c", "m", "r"),
            { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["5"] },
          ],
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" },
          // Karpenter replaces a node after 30 days.
          expireAfter: "720h",
        },
      },
      limits: { cpu: CPU_LIMIT },
      disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "1m" },
    },
  };
}

function nodeClass({ clusterName, instanceProfile, amiAlias }: KarpenterFacts): object {
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: "default" },
    spec: {
      instanceProfile,
      amiSelectorTerms: [{ alias: amiAlias }],
      subnetSelectorTerms: [{ tags: { "karpenter.sh/discovery": clusterName } }],
      securityGroupSelectorTerms: [{ tags: { [CLUSTER_GROUP_TAG]: clusterName } }],
      kubelet: { maxPods: MAX_PODS },
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: "50Gi", encrypted: true, deleteOnTermination: true },
        },
      ],
      // The EBS driver may attach volumes to nodes with this tag, or with EKS's own, which only managed groups have
      // (AWS Managed Policy Reference Guide, `AmazonEBSCSIDriverEKSClusterScopedPolicy`).
      tags: { "ebs.csi.aws.com/cluster-name": clusterName },
    },
  };
}

/** Prefix of a public registry in the hub's registry. */
function cacheOf(upstream: (typeof IMAGE_CACHES)[number]["upstream"]): string {
  return IMAGE_CACHES.find((cache) => cache.upstream === upstream)?.prefix ?? "";
}
