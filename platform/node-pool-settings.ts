import type { Faults, Rule } from "../components/settings/faults";
import { isObject } from "../components/settings/fields";
import { decodeEntries, Entry } from "./entry";
import { labelKeyRule, labelValueRule, objectNameRule } from "./names";

const CAPACITY_TYPES = ["on-demand", "spot"] as const;
/** Names of architectures in Kubernetes. */
const ARCHITECTURES = ["arm64", "amd64"] as const;
const CONSOLIDATION_POLICIES = ["WhenEmpty", "WhenEmptyOrUnderutilized"] as const;
const TAINT_EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;

/** Keeps pods without a matching toleration away from the nodes of a pool. */
export interface Taint {
  readonly key: string;
  /** Absent for a taint without one: the definition of NodePool refuses an empty text. */
  readonly value?: string;
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
  /** Age at which a node is replaced, such as `720h`; `Never`: none; undefined: the default of Karpenter or EKS Auto Mode here. */
  readonly expireAfter: string | undefined;
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

/** A year in hours. Karpenter cannot read durations above some 2.5 million hours, and then launches no node at all. */
const MAX_HOURS = 8760;

/** Duration as the schema of NodePool has it. */
const durationRule: Rule = (text) => {
  if (!/^(([0-9]+(s|m|h))+|Never)$/.test(text)) return "must be a duration such as 720h, 90m or 30s, or Never";
  return text !== "Never" && hoursOf(text) > MAX_HOURS ? `must be at most ${MAX_HOURS}h, or Never` : undefined;
};

/** A node with a shorter life would be replaced as soon as it runs, without end. */
const lifetimeRule: Rule = (text) => durationRule(text) ?? (hoursOf(text) < 1 ? "must be at least 1h" : undefined);

const categoryRule: Rule = (text) =>
  /^[a-z]{1,4}$/.test(text) ? undefined : "must be the letters of an instance family, such as m";

/** Ends of domains of labels that Karpenter, EKS and the kubelet set. The definitions of NodePool refuse most of them. */
const RESERVED_LABELS = /(karpenter\.sh|karpenter\.k8s\.aws|eks\.amazonaws\.com|kubernetes\.io|k8s\.io)\//;

const ownLabelRule: Rule = (key) =>
  RESERVED_LABELS.test(key)
    ? "in a domain that Kubernetes, Karpenter or EKS reserves; use your own"
    : labelKeyRule(key);

/** Built-in node pools of EKS Auto Mode (Amazon EKS User Guide, "Enable or Disable Built-in NodePools"). */
const BUILT_IN = ["general-purpose", "system"];

/** Refuses names of pools of EKS Auto Mode, because both kinds exist while a cluster changes from one to the other. */
const poolNameRule: Rule = (name) => {
  if (BUILT_IN.includes(name)) return "a built-in node pool of EKS Auto Mode; choose another name";
  if (name.startsWith("auto-"))
    return "must not begin with auto-, as the pools of EKS Auto Mode do; choose another name";
  return objectNameRule(name);
};

/** Reads the key `node-pools`; see {@link decodeEntries}. */
export function decodeNodePools(
  entries: Readonly<Record<string, unknown>> | undefined,
  faults: Faults,
): readonly NodePoolSettings[] | undefined {
  return decodeEntries(entries, (name, value) => decodeNodePool(name, value, faults));
}

function decodeNodePool(name: string, value: unknown, faults: Faults): NodePoolSettings {
  const place = `node-pools.${name}`;
  faults.check(`the name of ${place}`, name, poolNameRule);
  const entry = new Entry(place, value, FIELDS, faults);
  return {
    name,
    capacity: entry.choices("capacity", CAPACITY_TYPES, ["on-demand"]),
    architectures: entry.choices("architectures", ARCHITECTURES, ["arm64"]),
    instanceCategories: entry.texts("instance-categories", categoryRule, ["c", "m", "r"]),
    minGeneration: entry.integer("min-generation", [1, 99], 6),
    cpuLimit: entry.integer("cpu-limit", [1, 100_000], 100),
    memoryLimitGib: entry.integer("memory-limit-gib", [1, 1_000_000], undefined),
    expireAfter: entry.text("expire-after", lifetimeRule, undefined),
    consolidation: entry.choice("consolidation", CONSOLIDATION_POLICIES, "WhenEmptyOrUnderutilized"),
    consolidateAfter: entry.text("consolidate-after", durationRule, "1m"),
    weight: entry.integer("weight", [1, 100], undefined),
    labels: entry.map("labels", ownLabelRule, labelValueRule),
    taints: decodeTaints(`${place}.taints`, isObject(value) ? value["taints"] : undefined, faults),
  };
}

/**
 * Longest life of a node of EKS Auto Mode in hours: 21 days (Amazon EKS User Guide, "Automate cluster infrastructure with
 * EKS Auto Mode"), of which its definition of NodePool keeps 24 hours for the end of the pods.
 */
const MAX_AUTO_HOURS = 20 * 24;

/** Faults of node pools that EKS Auto Mode refuses and Karpenter does not. */
export function autoModeFaults(pools: readonly NodePoolSettings[]): string[] {
  return pools.flatMap(({ name, expireAfter }) => {
    if (expireAfter === undefined || hoursOf(expireAfter) <= MAX_AUTO_HOURS) return [];
    return (
      `node-pools.${name}.expire-after is "${expireAfter}": must be at most ${MAX_AUTO_HOURS}h, since EKS Auto Mode ` +
      "replaces a node after 21 days, of which it keeps 24 hours for the end of its pods"
    );
  });
}

/** Hours of a duration such as `1h30m`; infinite for `Never`. */
function hoursOf(duration: string): number {
  if (duration === "Never") return Infinity;
  const seconds = { s: 1, m: 60, h: 3600 };
  const parts = [...duration.matchAll(/(\d+)([smh])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * seconds[unit as keyof typeof seconds], 0) / 3600;
}

function decodeTaints(place: string, value: unknown, faults: Faults): readonly Taint[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    faults.add(place, value, "must be a list of {key, value, effect}");
    return [];
  }
  const taints = value.map((each: unknown, index) => {
    const entry = new Entry(`${place}[${index}]`, each, TAINT_FIELDS, faults);
    if (isObject(each) && each["key"] === undefined)
      faults.add(`${place}[${index}].key`, undefined, labelKeyRule("") ?? "");
    const taintValue = entry.text("value", labelValueRule, "");
    return {
      key: entry.text("key", labelKeyRule, ""),
      ...(taintValue === "" ? {} : { value: taintValue }),
      effect: entry.choice("effect", TAINT_EFFECTS, "NoSchedule"),
    };
  });
  refuseRepeated(place, taints, faults);
  return taints;
}

/** Kubernetes refuses a node that has two taints of the same key and effect, whatever their values. */
function refuseRepeated(place: string, taints: readonly Taint[], faults: Faults): void {
  for (const [index, { key, effect }] of taints.entries()) {
    const first = taints.findIndex((each) => each.key === key && each.effect === effect);
    if (key !== "" && first < index)
      faults.add(`${place}[${index}].key`, key, `has the effect ${effect} twice; remove one of the two taints`);
  }
}
