import * as pulumi from "@pulumi/pulumi";
import { imageOf, workloadOf } from "../components/facts/charts";
import type { KarpenterContract, PlatformContract } from "../components/platform-contract";
import { Ec2NodeClass, NodePool } from "./custom-resources";
import { cachedRepository } from "./images";
import { ec2NodeClassSpec, nodePoolSpec } from "./node-manifests";
import type { NodePoolSettings } from "./node-pool-settings";
import { installChart } from "./release";
import { NODES_GONE, READY } from "./waiting";

/** Name of the only EC2NodeClass in Kubernetes. */
const NODE_CLASS = "default";

export interface KarpenterArgs {
  readonly contract: PlatformContract;
  readonly karpenter: KarpenterContract;
  readonly nodePools: readonly NodePoolSettings[];
}

/**
 * Karpenter on the spoke's managed nodes, and the nodes that it launches for applications. What it needs in AWS is in the
 * spoke's stack.
 */
export class Karpenter extends pulumi.ComponentResource {
  /** The controller, for resources that must wait for it. */
  readonly controller: pulumi.Resource;

  constructor(name: string, args: KarpenterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:platform:Karpenter", name, {}, opts);
    const { contract, karpenter, nodePools } = args;
    const mine = { parent: this };

    // A separate chart, because Helm neither updates nor deletes what is in the folder crds of the chart karpenter.
    const definitions = installChart(
      `${name}-karpenter-crd`,
      "karpenter-crd",
      {
        // If the definitions were deleted, Kubernetes would delete every node pool, also those of EKS Auto Mode, which uses
        // the same definitions (Helm documentation, "Tell Helm Not To Uninstall a Resource").
        values: { additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
        // They exist in a cluster that had EKS Auto Mode before.
        takeOwnership: true,
      },
      mine,
    );
    this.controller = installChart(
      `${name}-karpenter`,
      "karpenter",
      { values: karpenterValues(contract, karpenter), skipCrds: true },
      { ...mine, dependsOn: [definitions] },
    );
    const nodeClass = new Ec2NodeClass(
      `${name}-node-class`,
      {
        metadata: { name: NODE_CLASS, annotations: READY },
        spec: ec2NodeClassSpec({ ...contract, ...karpenter }),
      },
      { ...mine, dependsOn: [this.controller], ...NODES_GONE },
    );
    for (const pool of nodePools) {
      new NodePool(
        `${name}-node-pool-${pool.name}`,
        { metadata: { name: pool.name, annotations: READY }, spec: nodePoolSpec(pool, "karpenter", NODE_CLASS) },
        // A destroy deletes the pools and their nodes while the controller still runs.
        { ...mine, dependsOn: [nodeClass], ...NODES_GONE },
      );
    }
    this.registerOutputs({});
  }
}

/** Values of the chart `karpenter`. */
function karpenterValues(
  { clusterName, registry, isolated = false }: PlatformContract,
  { queueName }: KarpenterContract,
): object {
  const workload = workloadOf("karpenter");
  const image = imageOf(workload);
  return {
    settings: {
      clusterName,
      interruptionQueue: queueName,
      // Without the internet, Karpenter cannot ask for prices, and uses those of its release (Karpenter, "Private Clusters").
      ...(isolated ? { isolatedVPC: true } : {}),
    },
    serviceAccount: { name: workload.serviceAccount },
    // Two, which the chart requires to run on two nodes in two AZs.
    replicas: workload.replicas,
    tolerations: workload.tolerations,
    controller: {
      image: { repository: cachedRepository(registry, image), tag: image.tag, digest: image.digest },
      resources: { requests: workload.requests, limits: workload.requests },
    },
  };
}
