import * as pulumi from "@pulumi/pulumi";
import type { Written } from "../contract";
import { amiAlias, clusterVersions } from "../facts/versions";
import { SERVICE_ACCOUNTS } from "../kubernetes-names";
import type { Tags } from "../names";
import type { KarpenterContract } from "../platform-contract";
import { NodeAddons, WorkloadAddons } from "./addons";
import { Cluster, type ClusterArgs } from "./cluster";
import { Karpenter } from "./karpenter";
import { loadBalancerPolicy } from "./load-balancer-policy";
import { NodeGroups, NodeRole } from "./nodes";
import { PodIdentityRole } from "./pod-identity";

export interface KubernetesArgs extends ClusterArgs {
  /** Tags of every resource. AWS does not copy them from a launch template to the instances. */
  readonly tags: Tags;
  /** Region of the spoke. */
  readonly region: string;
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
 * versions of all of them (`cluster-versions.json`). `platform/` adds the rest, with the roles from here.
 */
export class Kubernetes extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  readonly clusterArn: string;
  readonly endpoint: pulumi.Output<string>;
  /** Certificate authority of the Kubernetes API: PEM in base64. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** Security group of the API's private endpoint and of the nodes. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Role of the managed nodes. */
  readonly nodeRoleArn: pulumi.Output<string>;
  /** What the platform needs for Karpenter. */
  readonly karpenter: Written<KarpenterContract>;

  constructor(name: string, args: KubernetesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:Kubernetes", name, {}, opts);
    const { clusterName, kubernetesVersion, privateSubnetIds, account, region, registryArn } = args;
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
    const { domain, recordsRoleArn } = args;
    const owner = { owner: clusterName, domain, recordsRoleArn };
    new WorkloadAddons(name, { ...addonArgs, ...owner, after: nodes.groups }, mine);
    this.createLoadBalancerRole(name, cluster.name, clusterArn, args);
    const karpenter = new Karpenter(
      name,
      {
        clusterName,
        cluster: cluster.name,
        clusterArn,
        account,
        region,
        registryArn,
        amiAlias: amiAlias(amiRelease),
      },
      mine,
    );

    this.clusterName = cluster.name;
    this.clusterArn = clusterArn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority;
    this.securityGroupId = cluster.securityGroupId;
    this.nodeRoleArn = role.arn;
    this.karpenter = karpenter.contract;
    this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint, nodeRoleArn: this.nodeRoleArn });
  }

  /** Role of the AWS Load Balancer Controller, whose Helm release belongs to the platform. */
  private createLoadBalancerRole(
    name: string,
    cluster: pulumi.Output<string>,
    clusterArn: string,
    { clusterName, account, region, vpcId, internetLoadBalancers }: KubernetesArgs,
  ): void {
    const scope = { clusterName, account, region, internetFacing: internetLoadBalancers };
    new PodIdentityRole(
      `${name}-load-balancer-controller`,
      {
        clusterName: cluster,
        clusterArn,
        serviceAccount: SERVICE_ACCOUNTS.loadBalancerController,
        policies: { manage: pulumi.output(vpcId).apply((id) => loadBalancerPolicy({ ...scope, vpcId: id })) },
      },
      { parent: this },
    );
  }
}
