import type { types } from "@pulumi/eks";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The built-in node pool of small on-demand nodes with the taint CriticalAddonsOnly, for the add-ons. The other one,
 * general-purpose, is left out: it takes every pod, only on x86_64 and on demand, without a limit and only in the AZs of
 * the control plane (Amazon EKS User Guide, "Enable or Disable Built-in NodePools"). `platform/` makes the node pools of
 * workloads.
 */
const BUILT_IN_POOLS = ["system"];

/** EKS Auto Mode that is turned on. */
export interface AutoMode {
  /** Role of the nodes. EKS gives it access to the cluster. The provider replaces a cluster that gets another role. */
  readonly nodeRoleArn: pulumi.Input<string>;
  /** What must exist before EKS may launch the first node: policies of the role, routes, DNS. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Arguments of `eks.Cluster`, which then attaches to the role of the cluster the policies that EKS Auto Mode needs.
 *
 * @param mode undefined: not set
 */
export function autoModeArgs(mode: AutoMode | "off" | undefined): {
  readonly autoMode?: types.input.AutoModeOptionsArgs;
} {
  if (typeof mode !== "object") return {};
  const computeConfig = { nodePools: BUILT_IN_POOLS, nodeRoleArn: mode.nodeRoleArn };
  return { autoMode: { enabled: true, createNodeRole: false, computeConfig } };
}

/**
 * Inputs of the cluster itself. EKS accepts the three settings only together (Amazon EKS API Reference,
 * UpdateClusterConfig). `eks.Cluster` makes all of them unknown in a preview while the ARN of the role is unknown, and the
 * preview would show a replacement because of the CIDR among them. Here only the ARN is unknown.
 *
 * @param mode undefined: not set
 * @param serviceIpv4Cidr CIDR of Kubernetes services
 */
export function autoModeInputs(
  mode: AutoMode | "off" | undefined,
  serviceIpv4Cidr: string,
): Readonly<Record<string, unknown>> {
  if (mode === undefined) return {};
  const enabled = mode !== "off";
  return {
    computeConfig: enabled ? { enabled, nodePools: BUILT_IN_POOLS, nodeRoleArn: mode.nodeRoleArn } : { enabled },
    storageConfig: { blockStorage: { enabled } },
    kubernetesNetworkConfig: { serviceIpv4Cidr, ipFamily: "ipv4", elasticLoadBalancing: { enabled } },
  };
}
