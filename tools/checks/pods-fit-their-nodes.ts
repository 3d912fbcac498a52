import type { ChartWorkload } from "../../components/facts/charts";
import { isProperties, lookup, objectIn, type Properties, type StackResources, textIn } from "../model/resource";
import { installedAddons, installedCharts } from "./pods/installed";
import { type Nodes, nodesOf } from "./pods/nodes";
import { finding, type NetworkCheck, type Observation } from "./shared/check";

export const podsFitTheirNodes: NetworkCheck = {
  name: "pods-fit-their-nodes",
  sentence: "The pods of every add-on and chart tolerate the taints of nodes in the cluster.",
  check(stack) {
    const nodes = nodesOf(stack);
    const pods = podsOf(stack);
    // A cluster without known nodes gets them in another way.
    if (nodes.length === 0 || pods.length === 0) return undefined;
    return finding(pods.map((each) => observe(each, nodes)));
  },
};

/** The pods of an add-on or a chart. */
interface Pods {
  /** `add-on coredns`, `chart karpenter`. */
  readonly what: string;
  readonly tolerations: readonly Properties[];
  /** Labels of nodes on which they do not run. */
  readonly avoided: readonly string[];
  /** Architecture that their configuration selects; empty: any, since the images are for both. */
  readonly architecture: string;
  /** Whether one must run on every node. */
  readonly onEachNode: boolean;
}

/** Tolerates every taint (Kubernetes documentation, "Taints and Tolerations"). */
const ALL: readonly Properties[] = [{ operator: "Exists" }];
const CRITICAL: readonly Properties[] = [{ key: "CriticalAddonsOnly", operator: "Exists" }];

/** Tolerations that add-ons have without configuration (their charts and manifests); others have none. */
const ADDONS: Readonly<Record<string, { readonly tolerations: readonly Properties[]; readonly onEachNode: boolean }>> =
  {
    "aws-ebs-csi-driver": { tolerations: CRITICAL, onEachNode: false },
    coredns: { tolerations: CRITICAL, onEachNode: false },
    "eks-pod-identity-agent": { tolerations: ALL, onEachNode: true },
    "kube-proxy": { tolerations: ALL, onEachNode: true },
    "vpc-cni": { tolerations: ALL, onEachNode: true },
  };

function podsOf(stack: StackResources): Pods[] {
  const given = (values: Properties): readonly Properties[] | undefined =>
    Array.isArray(values["tolerations"]) ? values["tolerations"].filter(isProperties) : undefined;
  const addons = installedAddons(stack).map(({ name, values }): Pods => {
    const { tolerations = [], onEachNode = false } = lookup(ADDONS, name) ?? {};
    return {
      what: `add-on ${name}`,
      tolerations: given(values) ?? tolerations,
      avoided: [],
      architecture: selected(values),
      onEachNode,
    };
  });
  const charts = installedCharts(stack).flatMap(({ name, values, chart }) =>
    (chart?.workloads ?? []).map((workload: ChartWorkload): Pods => ({
      what: `chart ${name}`,
      tolerations: given(values) ?? [],
      avoided: workload.avoidsNodesWith,
      architecture: selected(values),
      onEachNode: workload.kind === "DaemonSet",
    })),
  );
  return [...addons, ...charts];
}

/** The architecture that the configuration of an add-on or a chart selects. */
function selected(values: Properties): string {
  return textIn(objectIn(values, "nodeSelector"), "kubernetes.io/arch");
}

function observe(pods: Pods, nodes: readonly Nodes[]): Observation {
  const { what, onEachNode } = pods;
  const refused = nodes.map((each) => ({ nodes: each, reason: refusal(each, pods) }));
  const fitting = refused.filter(({ reason }) => reason === undefined);
  const passed = onEachNode ? fitting.length === nodes.length : fitting.length > 0;
  if (passed) {
    const where = onEachNode ? "every node" : fitting.map((each) => each.nodes.what).join(", ");
    return { passed, evidence: `${what}: runs on ${where}` };
  }
  const reasons = refused.flatMap(({ nodes: { what: where }, reason }) =>
    reason === undefined ? [] : [`${where} ${reason}`],
  );
  return {
    passed,
    evidence: `${what}: ${onEachNode ? "cannot run on every node" : "runs on no node"}, since ${reasons.join(", ")}`,
  };
}

/** Why pods do not run on nodes; undefined: they may. */
function refusal(nodes: Nodes, { tolerations, avoided, architecture }: Pods): string | undefined {
  if (architecture !== "" && nodes.architectures.length > 0 && !nodes.architectures.includes(architecture)) {
    return `has the architecture ${nodes.architectures.join(" or ")}, and they select ${architecture}`;
  }
  const label = avoided.find((each) => nodes.labels.includes(each));
  if (label !== undefined) return `has the label ${label}, which they avoid`;
  const taint = nodes.taints
    .filter(({ effect }) => effect !== "PreferNoSchedule")
    .find(
      ({ key, value, effect }) =>
        !tolerations.some(
          (each) =>
            ["", key].includes(textIn(each, "key")) &&
            ["", effect].includes(textIn(each, "effect")) &&
            (textIn(each, "operator") === "Exists" || textIn(each, "value") === value),
        ),
    );
  return taint === undefined ? undefined : `has the taint ${taint.key}, which they do not tolerate`;
}
