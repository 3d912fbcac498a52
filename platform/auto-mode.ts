import { ConfigMapPatch } from "@pulumi/kubernetes/core/v1";
import { IngressClass } from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";
import { CHARTS_NAMESPACE } from "../components/facts/charts";
import type { AutoModeContract, PlatformContract } from "../components/platform-contract";
import { AutoIngressClassParams, NodeClass, NodePool } from "./custom-resources";
import { ingressParameters } from "./load-balancing";
import { nodeClassSpec, nodePoolSpec } from "./node-manifests";
import type { NodePoolSettings } from "./node-pool-settings";
import { NODES_GONE, READY } from "./waiting";

/**
 * First part of names in Kubernetes. Objects of EKS Auto Mode and of Karpenter exist side by side while a cluster changes
 * from one to the other.
 */
export const AUTO = "auto";

export interface AutoModeArgs {
  readonly contract: PlatformContract;
  readonly autoMode: AutoModeContract;
  readonly nodePools: readonly NodePoolSettings[];
}

/** Nodes and load balancers of EKS Auto Mode, whose controllers AWS runs outside of the cluster. */
export class AutoMode extends pulumi.ComponentResource {
  constructor(name: string, args: AutoModeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:platform:AutoMode", name, {}, opts);
    const { contract, autoMode, nodePools } = args;
    const { clusterName } = contract;
    const mine = { parent: this };

    const networkPolicies = this.enableNetworkPolicies(name);
    const nodeClass = new NodeClass(
      `${name}-auto-node-class`,
      {
        metadata: { name: AUTO, annotations: READY },
        spec: nodeClassSpec(clusterName, autoMode.nodeRoleName),
      },
      { ...mine, dependsOn: [networkPolicies], ...NODES_GONE },
    );
    for (const pool of nodePools) {
      new NodePool(
        `${name}-auto-node-pool-${pool.name}`,
        { metadata: { name: `${AUTO}-${pool.name}`, annotations: READY }, spec: nodePoolSpec(pool, "auto", AUTO) },
        { ...mine, dependsOn: [nodeClass], ...NODES_GONE },
      );
    }
    this.createIngressClass(name, contract);
    this.registerOutputs({});
  }

  /**
   * Without this ConfigMap nothing enforces a NetworkPolicy (Amazon EKS User Guide, "Use Network Policies with EKS Auto
   * Mode"). A patch creates it, or shares it with the VPC CNI add-on, which has it as long as there are managed nodes.
   */
  private enableNetworkPolicies(name: string): ConfigMapPatch {
    return new ConfigMapPatch(
      `${name}-auto-network-policies`,
      {
        metadata: { name: "amazon-vpc-cni", namespace: CHARTS_NAMESPACE },
        data: { "enable-network-policy-controller": "true" },
      },
      { parent: this },
    );
  }

  private createIngressClass(name: string, contract: PlatformContract): void {
    const parameters = new AutoIngressClassParams(
      `${name}-auto-alb`,
      { metadata: { name: `${AUTO}-alb` }, ...ingressParameters(contract) },
      { parent: this },
    );
    new IngressClass(
      `${name}-auto-alb`,
      {
        metadata: { name: `${AUTO}-alb` },
        spec: {
          controller: "eks.amazonaws.com/alb",
          parameters: { apiGroup: "eks.amazonaws.com", kind: "IngressClassParams", name: `${AUTO}-alb` },
        },
      },
      { parent: this, dependsOn: [parameters] },
    );
  }
}
