import * as pulumi from "@pulumi/pulumi";
import type { Written } from "../contract";
import { amiAlias, clusterVersions } from "../facts/versions";
import { SERVICE_ACCOUNTS } from "../kubernetes-names";
import type { Tags } from "../names";
import type { AutoModeContract, KarpenterContract } from "../platform-contract";
import { type NodeAutoscaling, nodeSources } from "../settings/node-autoscaling";
import { type AddonsArgs, NodeAddons, WorkloadAddons } from "./addons";
import type { AutoMode } from "./auto-mode";
import { Cluster, type ClusterArgs } from "./cluster";
import { Karpenter } from "./karpenter";
import { loadBalancerPolicy } from "./load-balancer-policy";
import { AUTO_MODE_POLICIES, NodeGroups, NodeRole } from "./nodes";
import { PodIdentityRole } from "./pod-identity";

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
  /** `arn:aws:ecr:REGION:HUB`, the beginning of the ARNs of the hub's repositories. */
  readonly registryArn: string;
  /** Domain of the spoke's own hosted zone, `NAME.DOMAIN`. */
  readonly domain: string;
  /** ARN of the hub's role that writes records in that zone. */
  readonly recordsRoleArn: string;
  /** Whether load balancers of the cluster may face the internet. */
  readonly internetLoadBalancers: boolean;
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
 * `platform/` adds the rest, with the roles from here.
 */
export class Kubernetes extends pulumi.ComponentResource {
  /** See {@link Cluster.parts}. */
  readonly parts: Cluster["parts"];
  readonly clusterName: pulumi.Output<string>;
  readonly clusterArn: string;
  readonly endpoint: pulumi.Output<string>;
  /** Certificate authority of the Kubernetes API: PEM in base64. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** Security group of the API's private endpoint and of the nodes. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Role of the managed nodes; of the nodes of EKS Auto Mode where there are no managed ones. */
  readonly nodeRoleArn: pulumi.Output<string> | undefined;
  /** Names of the Auto Scaling groups of the managed nodes, in AZ order; empty where there are none. */
  readonly autoScalingGroups: readonly pulumi.Output<string>[];
  /** What the platform needs for Karpenter; undefined where Karpenter is not to launch nodes. */
  readonly karpenter: Written<KarpenterContract> | undefined;
  /** What the platform needs for EKS Auto Mode; undefined where it is not to launch nodes. */
  readonly autoMode: Written<AutoModeContract> | undefined;

  constructor(
    private readonly name: string,
    args: KubernetesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:spoke:Kubernetes", name, {}, opts);
    const { clusterName, account, region, domain, recordsRoleArn } = args;
    const { launchers, managedNodes, autoMode } = nodeSources(args.nodeAutoscaling);
    const autoModeRole = autoMode === "on" ? this.createAutoModeRole(args) : undefined;
    const cluster = new Cluster(
      name,
      { ...args, autoMode: autoModeRole === undefined ? offOrNotSet(autoMode) : withRole(autoModeRole, args) },
      { parent: this },
    );
    this.clusterArn = `arn:aws:eks:${region}:${account}:cluster/${clusterName}`;
    const addons = {
      clusterName: cluster.name,
      clusterArn: this.clusterArn,
      versions: clusterVersions(args.kubernetesVersion).addons,
    };
    const managed = managedNodes ? this.createManagedNodes(addons, args) : undefined;
    const owner = { owner: clusterName, domain, recordsRoleArn };
    const after = managed?.nodes ?? [];
    new WorkloadAddons(name, { ...addons, ...owner, managedNodes, after }, { parent: this });

    this.parts = cluster.parts;
    this.clusterName = cluster.name;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority;
    this.securityGroupId = cluster.securityGroupId;
    this.nodeRoleArn = managed?.nodeRoleArn ?? autoModeRole?.arn;
    this.autoScalingGroups = managed?.autoScalingGroups ?? [];
    this.karpenter = launchers.includes("karpenter") ? managed?.karpenter : undefined;
    this.autoMode =
      launchers.includes("auto") && autoModeRole !== undefined ? { nodeRoleName: autoModeRole.name } : undefined;
    this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint, nodeRoleArn: this.nodeRoleArn });
  }

  private createAutoModeRole({ registryArn }: KubernetesArgs): NodeRole {
    const args = { managedPolicies: AUTO_MODE_POLICIES, registryArn };
    return new NodeRole(`${this.name}-auto-node`, args, { parent: this });
  }

  /**
   * The managed nodes with the add-ons that they need, and the roles of what runs on them: Karpenter and the AWS Load
   * Balancer Controller.
   */
  private createManagedNodes(addons: AddonsArgs, args: KubernetesArgs) {
    const { name } = this;
    const { clusterName, kubernetesVersion, privateSubnetIds, account, region, registryArn } = args;
    const { amiRelease } = clusterVersions(kubernetesVersion);
    const cluster = { cluster: addons.clusterName, clusterArn: addons.clusterArn };
    const mine = { parent: this };
    const nodeAddons = new NodeAddons(name, addons, mine);
    const role = new NodeRole(`${name}-node`, { registryArn }, mine);
    const nodes = new NodeGroups(
      name,
      {
        network: name,
        tags: args.tags,
        clusterName: addons.clusterName,
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
    this.createLoadBalancerRole(addons, args);
    const scope = { clusterName, account, region, registryArn, amiAlias: amiAlias(amiRelease) };
    const karpenter = new Karpenter(name, { ...cluster, ...scope }, mine);
    const { groups, autoScalingGroups } = nodes;
    return { nodes: groups, autoScalingGroups, nodeRoleArn: role.arn, karpenter: karpenter.contract };
  }

  /** Role of the AWS Load Balancer Controller, whose Helm release belongs to the platform. */
  private createLoadBalancerRole(
    cluster: AddonsArgs,
    { clusterName, account, region, vpcId, internetLoadBalancers }: KubernetesArgs,
  ): void {
    const scope = { clusterName, account, region, internetFacing: internetLoadBalancers };
    new PodIdentityRole(
      `${this.name}-load-balancer-controller`,
      {
        clusterName: cluster.clusterName,
        clusterArn: cluster.clusterArn,
        serviceAccount: SERVICE_ACCOUNTS.loadBalancerController,
        policies: { manage: pulumi.output(vpcId).apply((id) => loadBalancerPolicy({ ...scope, vpcId: id })) },
      },
      { parent: this },
    );
  }
}

function offOrNotSet(autoMode: "on" | "off" | "not set"): "off" | undefined {
  return autoMode === "off" ? autoMode : undefined;
}

/** EKS Auto Mode, whose nodes have a role. It launches the first one as soon as a pod needs it. */
function withRole(role: NodeRole, { before }: KubernetesArgs): AutoMode {
  return { nodeRoleArn: role.arn, after: [...role.permissions, ...before] };
}
