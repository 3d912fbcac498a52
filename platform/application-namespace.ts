import { LimitRange, Namespace, ResourceQuota } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";
import type { NamespaceSettings } from "./namespace-settings";

/** What a container without requests gets. Without it the quota would refuse its pod. */
const DEFAULT_REQUESTS = { cpu: "100m", memory: "128Mi" } as const;

/**
 * Refuses pods with the priority of system pods, which every namespace may use. With a toleration, such a pod would evict
 * the add-ons and controllers from the managed nodes (Kubernetes documentation, "Pod Priority and Preemption").
 */
const NO_CRITICAL_PODS = {
  hard: { pods: "0" },
  scopeSelector: {
    matchExpressions: [
      { scopeName: "PriorityClass", operator: "In", values: ["system-cluster-critical", "system-node-critical"] },
    ],
  },
};

export interface ApplicationNamespaceArgs {
  readonly settings: NamespaceSettings;
  /** Kubernetes version of the cluster, `MAJOR.MINOR`. */
  readonly kubernetesVersion: string;
  /** IPv4 address of DNS in the cluster. */
  readonly dnsAddress: string;
  /** Refuse to delete the namespace and what isolates and limits it. */
  readonly protect: boolean;
  /**
   * What a destroy must delete after the namespace: the controllers that delete the load balancers, volumes and nodes of
   * its applications.
   */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Namespace of an application: limited, isolated, and without privileged pods. The application adds the network policies
 * for the traffic that it needs.
 */
export class ApplicationNamespace extends pulumi.ComponentResource {
  constructor(name: string, args: ApplicationNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:platform:ApplicationNamespace", name, {}, opts);
    const { settings, kubernetesVersion, dnsAddress, protect, after } = args;
    const namespace = settings.name;
    const created = new Namespace(
      name,
      { metadata: { name: namespace, labels: podSecurityLabels(kubernetesVersion) } },
      // The deletion waits for pods, volumes and load balancers.
      { parent: this, protect, dependsOn: [...after], customTimeouts: { delete: "20m" } },
    );
    // Protected as well, because a destroy deletes them first: applications would run on without isolation. Without
    // protection, they exist as long as the namespace.
    const inside = { parent: this, protect, dependsOn: [created], deletedWith: created };
    new ResourceQuota(
      `${name}-quota`,
      { metadata: { name: "quota", namespace }, spec: { hard: hardLimits(settings) } },
      inside,
    );
    new ResourceQuota(
      `${name}-critical-pods`,
      { metadata: { name: "critical-pods", namespace }, spec: NO_CRITICAL_PODS },
      inside,
    );
    new LimitRange(
      `${name}-requests`,
      {
        metadata: { name: "requests", namespace },
        // No default limit: a container that requests more than it would be refused.
        spec: { limits: [{ type: "Container", defaultRequest: DEFAULT_REQUESTS }] },
      },
      inside,
    );
    new NetworkPolicy(
      `${name}-default-deny`,
      {
        metadata: { name: "default-deny", namespace },
        spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
      },
      inside,
    );
    new NetworkPolicy(
      `${name}-allow-dns`,
      {
        metadata: { name: "allow-dns", namespace },
        spec: { podSelector: {}, policyTypes: ["Egress"], egress: [dnsRule(dnsAddress)] },
      },
      inside,
    );
    this.registerOutputs({});
  }
}

/**
 * Labels of Pod Security Admission (Kubernetes documentation, "Pod Security Admission"). Their version is the cluster's,
 * so that stricter rules come with an upgrade, where the preview shows them.
 */
function podSecurityLabels(kubernetesVersion: string): Record<string, string> {
  const levels = { enforce: "baseline", audit: "restricted", warn: "restricted" };
  return Object.fromEntries(
    Object.entries(levels).flatMap(([mode, level]) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetesVersion}`],
    ]),
  );
}

function hardLimits({ cpu, memoryGib, pods, storageGib, loadBalancers }: NamespaceSettings): Record<string, string> {
  return {
    "requests.cpu": String(cpu),
    "requests.memory": `${memoryGib}Gi`,
    pods: String(pods),
    "requests.storage": `${storageGib}Gi`,
    "services.loadbalancers": String(loadBalancers),
  };
}

/**
 * DNS queries over UDP, and over TCP for long answers: to the pods of CoreDNS, and to the address of DNS, because CoreDNS
 * runs outside of pods on the nodes of EKS Auto Mode (aws/containers-roadmap, issue 2552). No other address is allowed:
 * port 53 of any address would be a way to the internet.
 */
function dnsRule(dnsAddress: string) {
  const coreDns = {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
  };
  return {
    to: [coreDns, { ipBlock: { cidr: `${dnsAddress}/32` } }],
    ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 })),
  };
}
