import * as pulumi from "@pulumi/pulumi";
import { architectureOf } from "../facts/instance-types";
import { amiAlias, clusterVersions } from "../facts/versions";
import type { Tags } from "../names";
import { type NodeAutoscaling, nodeSources } from "../settings/node-autoscaling";
import { NodeAddons, WorkloadAddons } from "./addons";
import type { AutoMode } from "./auto-mode";
import { Cluster, type ClusterArgs } from "./cluster";
import { Karpenter } from "./karpenter";
import type { KarpenterManifests } from "./karpenter-manifests";
import { AUTO_MODE_POLICIES, NodeGroups, NodeRole } from "./nodes";

export interface KubernetesArgs extends Omit<ClusterArgs, "autoMode"> {
  /** Tags of every resource. AWS does not copy them from a launch template to the instances. */
  readonly tags: Tags;
  /** Region of the spoke. */
  readonly region: string;
  /** What launches nodes, or a step of a move to the other. */
  readonly nodeAutoscaling: NodeAutoscaling;
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
 * A Kubernetes cluster with everything but what needs the Kubernetes API, in the order in which EKS can create and
 * upgrade it: control plane, add-ons that nodes need, nodes, add-ons that need nodes. The Kubernetes version decides the
 * versions of all of them (`cluster-versions.json`). With EKS Auto Mode, EKS launches the nodes and runs most add-ons.
 */
export class Kubernetes extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  /** Security group of the API's private endpoint and of the nodes. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Role of the managed nodes; of the nodes of EKS Auto Mode where there are no managed ones. */
  readonly nodeRoleArn: pulumi.Output<string> | undefined;
  /** Name of the role of the nodes of EKS Auto Mode; undefined where it is not to launch any. */
  readonly autoModeNodeRoleName: pulumi.Output<string> | undefined;
  /** Undefined where Karpenter is not to launch nodes. */
  readonly karpenter: pulumi.Output<KarpenterManifests> | undefined;

  constructor(
    private readonly name: string,
    args: KubernetesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:spoke:Kubernetes", name, {}, opts);
    const { launchers, managedNodes, autoMode } = nodeSources(args.nodeAutoscaling);
    const autoModeRole = autoMode === "on" ? this.createAutoModeRole(args) : undefined;
    const cluster = new Cluster(
      name,
      { ...args, autoMode: autoModeRole === undefined ? offOrNotSet(autoMode) : withRole(autoModeRole, args) },
      { parent: this },
    );
    const managed = managedNodes ? this.createManagedNodes(cluster, args) : undefined;

    this.clusterName = cluster.name;
    this.endpoint = cluster.endpoint;
    this.securityGroupId = cluster.securityGroupId;
    this.nodeRoleArn = managed?.nodeRoleArn ?? autoModeRole?.arn;
    this.autoModeNodeRoleName = launchers.includes("auto") ? autoModeRole?.name : undefined;
    this.karpenter = launchers.includes("karpenter") ? managed?.karpenter.manifests : undefined;
    this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint, nodeRoleArn: this.nodeRoleArn });
  }

  private createAutoModeRole({ registryArn }: KubernetesArgs): NodeRole {
    const args = { managedPolicies: AUTO_MODE_POLICIES, registryArn };
    return new NodeRole(`${this.name}-auto-node`, args, { parent: this });
  }

  /** The managed nodes with their add-ons, and the AWS resources of Karpenter, which runs on them. */
  private createManagedNodes(cluster: Cluster, args: KubernetesArgs) {
    const { name } = this;
    const { clusterName, kubernetesVersion, privateSubnetIds, account, region, registry, registryArn } = args;
    const { addons, amiRelease } = clusterVersions(kubernetesVersion);
    const clusterArn = `arn:aws:eks:${region}:${account}:cluster/${clusterName}`;
    const mine = { parent: this };
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
    return { nodeRoleArn: role.arn, karpenter };
  }
}

function offOrNotSet(autoMode: "on" | "off" | "not set"): "off" | undefined {
  return autoMode === "off" ? autoMode : undefined;
}

/** EKS Auto Mode, whose nodes have a role. It launches the first one as soon as a pod needs it. */
function withRole(role: NodeRole, { before }: KubernetesArgs): AutoMode {
  return { nodeRoleArn: role.arn, after: [...role.permissions, ...before] };
}
