import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../names";
import { NodeAddons, WorkloadAddons } from "./addons";
import { Cluster, type ClusterArgs } from "./cluster";
import { amiAlias, clusterVersions } from "../facts/versions";
import { architectureOf } from "../facts/instance-types";
import { Karpenter } from "./karpenter";
import type { KarpenterManifests } from "./karpenter-manifests";
import { NodeGroups, NodeRole } from "./nodes";

export interface KubernetesArgs extends ClusterArgs {
  /** Tags of every resource, which AWS does not hand on from a launch template to the machines. */
  readonly tags: Tags;
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
  /**
   * Routes, zone associations and endpoints, which must all exist before the first node: it pulls images through them as
   * soon as it boots, and a gateway endpoint interrupts the connections to S3 that are open when it is created.
   */
  readonly before: readonly pulumi.Resource[];
}

/**
 * A Kubernetes cluster that lacks nothing but Karpenter's Helm release, in the order in which EKS can build it and
 * upgrade it: control plane, the add-ons that nodes need, nodes, the add-ons that need nodes. The versions of them all
 * follow the Kubernetes version (`cluster-versions.json`).
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
