import type { Faults, Rule } from "../components/settings/faults";
import { isObject } from "../components/settings/fields";
import { Entry } from "./entry";
import { labelKeyRule, labelValueRule, objectNameRule } from "./names";

export const CAPACITY_TYPES = ["on-demand", "spot"] as const;
/** Names of architectures in Kubernetes. */
export const ARCHITECTURES = ["arm64", "amd64"] as const;
const CONSOLIDATION_POLICIES = ["WhenEmpty", "WhenEmptyOrUnderutilized"] as const;
const TAINT_EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;

/** Keeps pods without a matching toleration away from the nodes of a pool. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: (typeof TAINT_EFFECTS)[number];
}

/** One entry of the key `node-pools`. */
export interface NodePoolSettings {
  readonly name: string;
  /** Ways to buy instances. With both, Karpenter prefers Spot. */
  readonly capacity: readonly (typeof CAPACITY_TYPES)[number][];
  readonly architectures: readonly (typeof ARCHITECTURES)[number][];
  /** Letters of instance families: `c`, `m`, `r`. */
  readonly instanceCategories: readonly string[];
  /** Lowest generation of instances, such as 6 for `m6g`. */
  readonly minGeneration: number;
  /** Most vCPUs of all nodes of the pool together, which limits the cost of a faulty deployment. */
  readonly cpuLimit: number;
  /** Most memory of all nodes of the pool together, in GiB; undefined: only the vCPUs limit the pool. */
  readonly memoryLimitGib: number | undefined;
  /** Age at which a node is replaced, such as `720h`; `Never`: none. */
  readonly expireAfter: string;
  /** Which nodes may be removed or replaced to save money. */
  readonly consolidation: (typeof CONSOLIDATION_POLICIES)[number];
  /** Time without a new or ended pod before consolidation, such as `1m`; `Never`: no consolidation. */
  readonly consolidateAfter: string;
  /** Pools with a higher weight are tried first, 1 to 100; undefined: the lowest. */
  readonly weight: number | undefined;
  /** Labels of the nodes. */
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

const FIELDS = [
  "capacity",
  "architectures",
  "instance-categories",
  "min-generation",
  "cpu-limit",
  "memory-limit-gib",
  "expire-after",
  "consolidation",
  "consolidate-after",
  "weight",
  "labels",
  "taints",
] as const;
const TAINT_FIELDS = ["key", "value", "effect"] as const;

/** Duration as the schema of NodePool has it. */
const durationRule: Rule = (text) =>
  /^(([0-9]+(s|m|h))+|Never)$/.test(text) ? undefined : "must be a duration such as 720h, 90m or 30s, or Never";

const categoryRule: Rule = (text) =>
  /^[a-z]{1,4}$/.test(text) ? undefined : "must be the letters of an instance family, such as m";

/** Domains of labels that Karpenter, EKS and the kubelet set (validation in the schema of NodePool). */
const RESERVED_LABELS = /(^|\.)(karpenter\.sh|karpenter\.k8s\.aws|eks\.amazonaws\.com|kubernetes\.io|k8s\.io)\//;

const ownLabelRule: Rule = (key) =>
  RESERVED_LABELS.test(key) ? "is of a domain that Kubernetes, Karpenter or EKS sets; use your own" : labelKeyRule(key);

/**
 * Reads the key `node-pools`.
 *
 * @param entries undefined when the key has a fault
 * @returns sorted by name, since the CLI may pass them in any order
 */
export function decodeNodePools(
  entries: Readonly<Record<string, unknown>> | undefined,
  faults: Faults,
): readonly NodePoolSettings[] | undefined {
  if (entries === undefined) return undefined;
  return Object.keys(entries)
    .sort()
    .map((name) => decodeNodePool(name, entries[name], faults));
}

function decodeNodePool(name: string, value: unknown, faults: Faults): NodePoolSettings {
  const place = `node-pools.${name}`;
  faults.check(`the name of ${place}`, name, objectNameRule);
  const entry = new Entry(place, value, FIELDS, faults);
  return {
    name,
    capacity: entry.choices("capacity", CAPACITY_TYPES, ["on-demand"]),
    architectures: entry.choices("architectures", ARCHITECTURES, ["arm64"]),
    instanceCategories: entry.texts("instance-categories", categoryRule, ["c", "m", "r"]),
    minGeneration: entry.integer("min-generation", [1, 99], 6),
    cpuLimit: entry.integer("cpu-limit", [1, 100_000], 100),
    memoryLimitGib: entry.integer("memory-limit-gib", [1, 1_000_000], undefined),
    expireAfter: entry.text("expire-after", durationRule, "720h"),
    consolidation: entry.choice("consolidation", CONSOLIDATION_POLICIES, "WhenEmptyOrUnderutilized"),
    consolidateAfter: entry.text("consolidate-after", durationRule, "1m"),
    weight: entry.integer("weight", [1, 100], undefined),
    labels: entry.map("labels", ownLabelRule, labelValueRule),
    taints: decodeTaints(`${place}.taints`, isObject(value) ? value["taints"] : undefined, faults),
  };
}

function decodeTaints(place: string, value: unknown, faults: Faults): readonly Taint[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    faults.add(place, value, "must be a list of {key, value, effect}");
    return [];
  }
  return value.map((each: unknown, index) => {
    const entry = new Entry(`${place}[${index}]`, each, TAINT_FIELDS, faults);
    if (isObject(each) && each["key"] === undefined)
      faults.add(`${place}[${index}].key`, undefined, labelKeyRule("") ?? "");
    return {
      key: entry.text("key", labelKeyRule, ""),
      value: entry.text("value", labelValueRule, ""),
      effect: entry.choice("effect", TAINT_EFFECTS, "NoSchedule"),
    };
  });
}
