import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AddonName, ClusterVersions } from "../facts/versions";
import { SERVICE_ACCOUNTS, SYSTEM_TAINT_KEY } from "../kubernetes-names";
import { PodIdentityRole } from "./pod-identity";

export interface AddonsArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: string;
  /** Version of each add-on; a newer one is an update in place. */
  readonly versions: ClusterVersions["addons"];
}

/**
 * Add-ons to create before the nodes, which do not become ready without them. They run on each node, so they are
 * complete even without one.
 */
export class NodeAddons extends pulumi.ComponentResource {
  readonly addons: readonly aws.eks.Addon[];

  constructor(name: string, { clusterName, clusterArn, versions }: AddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:NodeAddons", name, {}, opts);
    const mine = { parent: this };
    const addon = addonsOf(name, clusterName, versions);
    const cni = new PodIdentityRole(
      `${name}-vpc-cni`,
      {
        clusterName,
        clusterArn,
        serviceAccount: SERVICE_ACCOUNTS.vpcCni,
        managedPolicies: ["AmazonEKS_CNI_Policy"],
      },
      mine,
    );
    this.addons = [
      addon("eks-pod-identity-agent", {}, mine),
      addon("kube-proxy", {}, mine),
      addon(
        "vpc-cni",
        {
          configurationValues: JSON.stringify({
            // Nodes enforce network policies; a pod that none selects is not restricted. A change restarts `aws-node`
            // on one node after the other, and running pods keep their network (Amazon EKS User Guide, "Restrict Pod
            // network traffic with Kubernetes network policies").
            enableNetworkPolicy: "true",
            // Addresses in blocks of 16, of which a /18 has 1,024, give small nodes many pods with few calls to EC2. It
            // is set before the first node, since a running node does not change (Amazon EKS User Guide, "Assign more
            // IP addresses to Amazon EKS nodes with prefixes").
            env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
          }),
        },
        { ...mine, dependsOn: [cni.association] },
      ),
    ];
    this.registerOutputs({});
  }
}

export interface WorkloadAddonsArgs extends AddonsArgs {
  /** Whether the cluster has managed nodes. Without them, EKS Auto Mode has CoreDNS and an EBS driver of its own. */
  readonly managedNodes: boolean;
  /** Managed nodes, on which the add-ons run. EKS Auto Mode launches a node as soon as a pod needs it. */
  readonly after: readonly pulumi.Resource[];
  /** Name of the cluster as a plain string, which owns the records of external-dns. */
  readonly owner: string;
  /** Domain of the spoke's own hosted zone, `NAME.DOMAIN`. */
  readonly domain: string;
  /** ARN of the hub's role that writes records in that zone. */
  readonly recordsRoleArn: string;
}

/** Two replicas survive the loss of a node or of an Availability Zone. */
const REPLICAS = 2;

/**
 * For add-ons whose own tolerations are not documented. CoreDNS, the EBS CSI driver and the add-ons of each node tolerate
 * the taint of the managed nodes by themselves.
 */
const TOLERATIONS = [{ key: SYSTEM_TAINT_KEY, operator: "Exists" }];

/**
 * Add-ons to create after the nodes: they run in pods of their own, and without a node EKS reports a failure after 20
 * minutes.
 */
export class WorkloadAddons extends pulumi.ComponentResource {
  constructor(name: string, args: WorkloadAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:WorkloadAddons", name, {}, opts);
    const { clusterName, versions, managedNodes, after } = args;
    const mine = { parent: this };
    const addon = addonsOf(name, clusterName, versions);
    if (managedNodes) {
      addon("coredns", {}, { ...mine, dependsOn: [...after] });
      this.createEbsCsi(name, args);
    }

    addon(
      "metrics-server",
      { configurationValues: JSON.stringify({ replicas: REPLICAS, tolerations: TOLERATIONS }) },
      { ...mine, dependsOn: [...after] },
    );
    this.createExternalDns(name, args);
    this.registerOutputs({});
  }

  private createEbsCsi(name: string, { clusterName, clusterArn, versions, after }: WorkloadAddonsArgs): void {
    const mine = { parent: this };
    const csi = new PodIdentityRole(
      `${name}-ebs-csi`,
      {
        clusterName,
        clusterArn,
        serviceAccount: SERVICE_ACCOUNTS.ebsCsi,
        // Only volumes and nodes of this cluster, by their tags; Karpenter gives its nodes such a tag.
        managedPolicies: ["AmazonEBSCSIDriverEKSClusterScopedPolicy"],
      },
      mine,
    );
    addonsOf(name, clusterName, versions)(
      "aws-ebs-csi-driver",
      {
        // A claim without a StorageClass gets a gp3 volume in the Availability Zone of its pod. EKS itself has no
        // default class since Kubernetes 1.30. The driver's chart has this option since v1.31 (CHANGELOG, 2.31.0).
        configurationValues: JSON.stringify({ defaultStorageClass: { enabled: true } }),
      },
      { ...mine, dependsOn: [...after, csi.association] },
    );
  }

  /** Writes the names of Services and Ingresses into the spoke's hosted zone, which the hub owns. */
  private createExternalDns(
    name: string,
    { clusterName, clusterArn, versions, after, owner, domain, recordsRoleArn }: WorkloadAddonsArgs,
  ): void {
    const mine = { parent: this };
    const serviceAccount = SERVICE_ACCOUNTS.externalDns;
    const identity = new PodIdentityRole(
      `${name}-external-dns`,
      { clusterName, clusterArn, serviceAccount, targetRoleArn: recordsRoleArn },
      mine,
    );
    addonsOf(name, clusterName, versions)(
      "external-dns",
      // EKS installs it in the namespace external-dns (Amazon EKS User Guide, "Community add-ons"), as the association has.
      { configurationValues: JSON.stringify(externalDnsValues(owner, domain)) },
      { ...mine, dependsOn: [...after, identity.association] },
    );
  }
}

/**
 * Configuration of external-dns. The provider is AWS by default, and EKS Pod Identity sets `AWS_REGION`. There is one
 * replica, because external-dns has no leader election (its chart, `replicaCount`).
 *
 * @param owner name of the cluster, which external-dns writes into a TXT record beside each of its records
 * @param domain domain of the hosted zone; only zones of this domain and below are considered
 */
function externalDnsValues(owner: string, domain: string) {
  return {
    domainFilters: [domain],
    sources: ["service", "ingress"],
    registry: "txt",
    txtOwnerId: owner,
    // Also deletes records, but only those that it owns. A record that outlives its load balancer would point to
    // addresses that AWS gives to somebody else.
    policy: "sync",
    tolerations: TOLERATIONS,
  };
}

/**
 * Returns a function that creates an add-on of the cluster with its pinned version. Its configuration comes only from
 * here.
 */
function addonsOf(name: string, clusterName: pulumi.Input<string>, versions: ClusterVersions["addons"]) {
  return (
    addonName: AddonName,
    args: Pick<aws.eks.AddonArgs, "configurationValues">,
    opts: pulumi.CustomResourceOptions,
  ): aws.eks.Addon =>
    new aws.eks.Addon(
      `${name}-${addonName}`,
      {
        clusterName,
        addonName,
        addonVersion: versions[addonName],
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
        ...args,
      },
      opts,
    );
}
