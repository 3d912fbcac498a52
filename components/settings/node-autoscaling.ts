/**
 * Values of the key `node-autoscaling`: the two choices, and the steps of a move between them
 * (docs/runbooks/switch-node-autoscaling.md).
 */
export const NODE_AUTOSCALING = [
  "karpenter",
  "auto",
  "karpenter-to-auto",
  "auto-to-karpenter",
  "karpenter-auto-off",
] as const;
export type NodeAutoscaling = (typeof NODE_AUTOSCALING)[number];

/** What a value of `node-autoscaling` creates. Plain values: they decide which resources exist. */
export interface NodeSources {
  /** What launches the nodes of workloads, or will after the move. */
  readonly launches: "karpenter" | "auto";
  /** Whether there are managed nodes, with the add-ons that they need, and the resources of Karpenter. */
  readonly managedNodes: boolean;
  /**
   * EKS Auto Mode of the cluster. The AWS provider leaves it as it is where it is not set, so the cluster of a new spoke
   * does not mention it, and only an explicit `off` turns it off.
   */
  readonly autoMode: "on" | "off" | "not set";
}

const SOURCES: Readonly<Record<NodeAutoscaling, NodeSources>> = {
  karpenter: { launches: "karpenter", managedNodes: true, autoMode: "not set" },
  auto: { launches: "auto", managedNodes: false, autoMode: "on" },
  "karpenter-to-auto": { launches: "auto", managedNodes: true, autoMode: "on" },
  "auto-to-karpenter": { launches: "karpenter", managedNodes: true, autoMode: "on" },
  "karpenter-auto-off": { launches: "karpenter", managedNodes: true, autoMode: "off" },
};

export function nodeSources(value: NodeAutoscaling): NodeSources {
  return SOURCES[value];
}
