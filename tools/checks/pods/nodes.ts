import {
  isProperties,
  isTrue,
  items,
  type ModelResource,
  objectIn,
  type Properties,
  type StackResources,
  text,
  textIn,
  texts,
} from "../../model/resource";
import { resourcesOfType } from "../shared/check";

/** Nodes that are alike: of a managed node group or of a node pool. */
export interface Nodes {
  /** `node group dev-system-1`, `node pool default`. */
  readonly what: string;
  readonly taints: readonly NodeTaint[];
  /** Names of their labels, as far as pods choose nodes by them. */
  readonly labels: readonly string[];
  /** Names in Kubernetes: `arm64`, `amd64`; empty: any. */
  readonly architectures: readonly string[];
}

interface NodeTaint {
  readonly key: string;
  readonly value: string;
  /** `NoSchedule`, `NoExecute`, `PreferNoSchedule`. */
  readonly effect: string;
}

/** Label of all nodes of node pools (Karpenter, "NodePools"; EKS Auto Mode has the same). */
const POOL_LABEL = "karpenter.sh/nodepool";

/** Nodes of a spoke's cluster: of node groups, of the built-in pools of EKS Auto Mode, and of the platform's pools. */
export function nodesOf(stack: StackResources): Nodes[] {
  return [
    ...resourcesOfType(stack, "aws:eks/nodeGroup:NodeGroup").map(ofGroup),
    ...resourcesOfType(stack, "aws:eks/cluster:Cluster").flatMap(builtIn),
    ...(stack.platform ?? []).filter(({ type }) => /^kubernetes:karpenter\.sh\/.*:NodePool$/.test(type)).map(ofPool),
  ];
}

function ofGroup(group: ModelResource): Nodes {
  const labels = group.inputs["labels"];
  return {
    what: `node group ${group.name}`,
    // EKS's API has other names for the effects.
    taints: items(group, "taints").map((taint) => ({
      ...taintOf(taint),
      effect: EFFECTS[textIn(taint, "effect")] ?? "",
    })),
    labels: isProperties(labels) ? Object.keys(labels) : [],
    architectures: [text(group, "amiType").includes("ARM_64") ? "arm64" : "amd64"],
  };
}

const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** Amazon EKS User Guide, "Enable or Disable Built-in NodePools". */
function builtIn({ inputs }: ModelResource): Nodes[] {
  const config = objectIn(inputs, "computeConfig");
  if (!isTrue(config["enabled"])) return [];
  const system = [{ key: "CriticalAddonsOnly", value: "", effect: "NoSchedule" }];
  return texts({ inputs: config }, "nodePools").map((name) => ({
    what: `built-in node pool ${name}`,
    taints: name === "system" ? system : [],
    labels: [POOL_LABEL],
    architectures: name === "system" ? ["amd64", "arm64"] : ["amd64"],
  }));
}

function ofPool(pool: ModelResource): Nodes {
  const template = objectIn(objectIn(pool.inputs, "spec"), "template");
  const spec = objectIn(template, "spec");
  return {
    what: `node pool ${textIn(objectIn(pool.inputs, "metadata"), "name")}`,
    taints: items({ inputs: spec }, "taints").map(taintOf),
    labels: [POOL_LABEL, ...Object.keys(objectIn(objectIn(template, "metadata"), "labels"))],
    architectures: items({ inputs: spec }, "requirements")
      .filter((each) => textIn(each, "key") === "kubernetes.io/arch")
      .flatMap((each) => texts({ inputs: each }, "values")),
  };
}

function taintOf(taint: Properties): NodeTaint {
  return { key: textIn(taint, "key"), value: textIn(taint, "value"), effect: textIn(taint, "effect") };
}
