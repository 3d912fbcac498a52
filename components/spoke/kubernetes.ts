import * as pulumi from "@pulumi/pulumi";
import { NodeAddons, WorkloadAddons } from "./addons";
import { Cluster, type ClusterArgs } from "./cluster";
import { architectureOf } from "./instance-types";
import { Karpenter } from "./karpenter";
import type { KarpenterManifests } from "./karpenter-manifests";
import { NodeGroups } from "./node-groups";
import { NodeRole } from "./node-role";

export interface KubernetesArgs extends ClusterArgs {
  /** Region of the spoke. */
  readonly region: string;
  /** Instance types of the managed nodes, all of one architecture. */
  readonly nodeInstanceTypes: readonly string[];
  /** Managed nodes in all zones together. */
  readonly nodeCount: number;
  /** Hub's image registry, `ACCOUNT.dkr.ecr.REGION.amazonaws.com`. */
  readonly registry: string;
  /** `arn:aws:ecr:REGION:HUB`, what the ARNs of its repositories begin with. */
  readonly registryArn: string;
}

/**
 * A Kubernetes cluster that lacks nothing but Karpenter's Helm release, in the order that EKS can build it in: control
 * plane, the add-ons that nodes need, nodes, the add-ons that need nodes.
 */
export class Kubernetes extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  /** Security group of the API's private endpoint and of the nodes. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Role of the managed nodes. */
  readonly nodeRoleArn: pulumi.Output<string>;
  readonly karpenter: pulumi.Output<KarpenterManifests>;

  constructor(name: string, args: KubernetesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:Kubernetes", name, {}, opts);
    const {
      clusterName,
      kubernetesVersion,
      privateSubnetIds,
      account,
      region,
      registry,
      registryArn,
      permissionsBoundary,
    } = args;
    const clusterArn = `arn:aws:eks:${region}:${account}:cluster/${clusterName}`;
    const mine = { parent: this };

    const cluster = new Cluster(name, args, mine);
    const before = new NodeAddons(name, { clusterName: cluster.name, clusterArn, permissionsBoundary }, mine);
    const role = new NodeRole(`${name}-node`, { registryArn, permissionsBoundary }, mine);
    const nodes = new NodeGroups(
      name,
      {
        network: name,
        clusterName: cluster.name,
        kubernetesVersion,
        subnetIds: privateSubnetIds,
        instanceTypes: args.nodeInstanceTypes,
        nodeCount: args.nodeCount,
        role,
        after: before.addons,
      },
      mine,
    );
    new WorkloadAddons(name, { clusterName: cluster.name, clusterArn, permissionsBoundary, after: nodes.groups }, mine);
    const karpenter = new Karpenter(
      name,
      {
        clusterName,
        cluster: cluster.name,
        clusterArn,
        account,
        region,
        registry,
        registryArn,
        architecture: architectureOf(args.nodeInstanceTypes[0] ?? ""),
        permissionsBoundary,
      },
      mine,
    );

    this.clusterName = cluster.name;
    this.endpoint = cluster.endpoint;
    this.securityGroupId = cluster.securityGroupId;
    this.nodeRoleArn = role.arn;
    this.karpenter = karpenter.manifests;
    this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint, nodeRoleArn: this.nodeRoleArn });
  }
}
