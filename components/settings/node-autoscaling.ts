/**
 * Values of the key `node-autoscaling`: the two choices, and the steps of a move between them
 * (docs/runbooks/switch-node-autoscaling.md).
 */
export const NODE_AUTOSCALING = [
  "karpenter",
  "auto",
  "karpenter-and-auto",
  "karpenter-to-auto",
  "auto-to-karpenter",
  "karpenter-auto-off",
] as const;
export type NodeAutoscaling = (typeof NODE_AUTOSCALING)[number];

type Launcher = "karpenter" | "auto";

/** What a value of `node-autoscaling` means. Plain values: they decide which resources exist. */
export interface NodeSources {
  /**
   * What `platform/` configures to launch nodes, the main one first. In a move, AWS has what the other one needs until
   * `platform/` has removed it: it must drain its nodes and delete its load balancers.
   */
  readonly launchers: readonly [Launcher, ...Launcher[]];
  /** Whether there are managed nodes, with the add-ons that they need, and the AWS resources of Karpenter. */
  readonly managedNodes: boolean;
  /**
   * EKS Auto Mode of the cluster. The AWS provider leaves it as it is where it is not set, so only an explicit `off` turns
   * it off, and a cluster that never had it does not mention it.
   */
  readonly autoMode: "on" | "off" | "not set";
}

const SOURCES: Readonly<Record<NodeAutoscaling, NodeSources>> = {
  karpenter: { launchers: ["karpenter"], managedNodes: true, autoMode: "not set" },
  auto: { launchers: ["auto"], managedNodes: false, autoMode: "on" },
  "karpenter-and-auto": { launchers: ["karpenter", "auto"], managedNodes: true, autoMode: "on" },
  "karpenter-to-auto": { launchers: ["auto"], managedNodes: true, autoMode: "on" },
  "auto-to-karpenter": { launchers: ["karpenter"], managedNodes: true, autoMode: "on" },
  "karpenter-auto-off": { launchers: ["karpenter"], managedNodes: true, autoMode: "off" },
};

export function nodeSources(value: NodeAutoscaling): NodeSources {
  return SOURCES[value];
}
