import { SERVICE_ACCOUNTS } from "../components/kubernetes-names";
import type { Faults, Rule } from "../components/settings/faults";
import { decodeEntries, Entry } from "./entry";
import { objectNameRule } from "./names";

/** One entry of the key `namespaces`: the most that all pods of the namespace together request. */
export interface NamespaceSettings {
  readonly name: string;
  /** vCPUs. */
  readonly cpu: number;
  readonly memoryGib: number;
  readonly pods: number;
  /** Size of all persistent volumes together. */
  readonly storageGib: number;
  /** Services of type LoadBalancer. */
  readonly loadBalancers: number;
}

const FIELDS = ["cpu", "memory-gib", "pods", "storage-gib", "load-balancers"] as const;

/** Namespaces that every cluster of a spoke has, those of its add-ons among them. */
const OF_THE_CLUSTER: readonly string[] = [
  "default",
  "kube-public",
  "kube-node-lease",
  ...Object.values(SERVICE_ACCOUNTS).map(({ namespace }) => namespace),
];

const namespaceRule: Rule = (name) => {
  if (OF_THE_CLUSTER.includes(name)) return "a namespace of the cluster itself; choose another name";
  // The prefix is reserved (Kubernetes documentation, "Namespaces").
  if (name.startsWith("kube-")) return "must not begin with kube-, which Kubernetes reserves; choose another name";
  return objectNameRule(name);
};

/** Reads the key `namespaces`; see {@link decodeEntries}. */
export function decodeNamespaces(
  entries: Readonly<Record<string, unknown>> | undefined,
  faults: Faults,
): readonly NamespaceSettings[] | undefined {
  return decodeEntries(entries, (name, value) => {
    const place = `namespaces.${name}`;
    faults.check(`the name of ${place}`, name, namespaceRule);
    const entry = new Entry(place, value, FIELDS, faults);
    return {
      name,
      cpu: entry.integer("cpu", [1, 100_000], 4),
      memoryGib: entry.integer("memory-gib", [1, 1_000_000], 8),
      pods: entry.integer("pods", [1, 100_000], 50),
      storageGib: entry.integer("storage-gib", [0, 1_000_000], 100),
      loadBalancers: entry.integer("load-balancers", [0, 100], 2),
    };
  });
}
