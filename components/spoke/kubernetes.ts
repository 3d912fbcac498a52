import * as pulumi from "@pulumi/pulumi";
import { architectureOf } from "../facts/instance-types";
import { amiAlias, clusterVersions } from "../facts/versions";
import type { Tags } from "../names";
import { NodeAddons, WorkloadAddons } from "./addons";
import { Cluster, type ClusterArgs } from "./cluster";
import { Karpenter } from "./karpenter";
import type { KarpenterManifests } from "./karpenter-manifests";
import { NodeGroups, NodeRole } from "./nodes";

export interface KubernetesArgs extends ClusterArgs {
  /** Tags of every resource. AWS does not copy them from a launch template to the instances. */
  readonly tags: Tags;
  /** Region of the spoke. */
  readonly region: string;
  /** Instance types of the managed nodes, all of one architecture. */
  readonly nodeInstanceTypes: readonly string[];
  /** Managed nodes in all AZs together. */
  readonly nodeCount: number;
  /** Hub's image registry, `ACCOUNT.dkr.ecr.REGION.amazonaws.com`. */
  readonly registry: string;
  /** `arn:aws:ecr:REGION:HUB`, the beginning of the ARNs of the hub's repositories. */
  readonly registryArn: string;
  /**
   * Routes, zone associations and endpoints, which must exist before the first node: it pulls images through them when
   * it boots, and a new gateway endpoint interrupts open connections to S3.
   */
  readonly before: readonly pulumi.Resource[];
}

/**
 * A Kubernetes cluster with everything but Karpenter's Helm release, in the order in which EKS can create and upgrade
 * it: control plane, add-ons that nodes need, nodes, add-ons that need nodes. The Kubernetes version decides the
 * versions of all of them (`cluster-versions.json`).
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
    const { clusterName, kubernetesVersion, privateSubnetIds, account, region, registry, registryArn } = args;
    const { addons, amiRelease } = clusterVersions(kubernetesVersion);
    const clusterArn = `arn:aws:eks:${region}:${account}:cluster/${clusterName}`;
    const mine = { parent: this };

    const cluster = new Cluster(name, args, mine);
    const addonArgs = { clusterName: cluster.name, clusterArn, versions: addons };
    const nodeAddons = new NodeAddons(name, addonArgs, mine);
    const role = new NodeRole(`${name}-node`, { registryArn }, mine);
    const nodes = new NodeGroups(
      name,
      {
        network: name,
        tags: args.tags,
        clusterName: cluster.name,
        kubernetesVersion,
        amiRelease,
        subnetIds: privateSubnetIds,
        instanceTypes: args.nodeInstanceTypes,
        nodeCount: args.nodeCount,
        role,
        after: [...nodeAddons.addons, ...args.before],
      },
      mine,
    );
    new WorkloadAddons(name, { ...addonArgs, after: nodes.groups }, mine);
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
        amiAlias: amiAlias(amiRelease),
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
