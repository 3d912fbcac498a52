import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AddonName, ClusterVersions } from "../facts/versions";
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
        serviceAccount: "aws-node",
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
          // Addresses in blocks of 16, of which a /18 has 1,024, give small nodes many pods with few calls to EC2. It
          // is set before the first node, since a running node does not change (Amazon EKS User Guide, "Assign more IP
          // addresses to Amazon EKS nodes with prefixes").
          configurationValues: JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" } }),
        },
        { ...mine, dependsOn: [cni.association] },
      ),
    ];
    this.registerOutputs({});
  }
}

export interface WorkloadAddonsArgs extends AddonsArgs {
  /** Nodes on which the add-ons run. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Add-ons to create after the nodes: they run in pods of their own, and without a node EKS reports a failure after 20
 * minutes.
 */
export class WorkloadAddons extends pulumi.ComponentResource {
  constructor(
    name: string,
    { clusterName, clusterArn, versions, after }: WorkloadAddonsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:spoke:WorkloadAddons", name, {}, opts);
    const mine = { parent: this };
    const addon = addonsOf(name, clusterName, versions);
    addon("coredns", {}, { ...mine, dependsOn: [...after] });

    const csi = new PodIdentityRole(
      `${name}-ebs-csi`,
      {
        clusterName,
        clusterArn,
        serviceAccount: "ebs-csi-controller-sa",
        // Only volumes and nodes of this cluster, by their tags; Karpenter gives its nodes such a tag.
        managedPolicies: ["AmazonEBSCSIDriverEKSClusterScopedPolicy"],
      },
      mine,
    );
    addon(
      "aws-ebs-csi-driver",
      {
        // A claim without a StorageClass gets a gp3 volume in the Availability Zone of its pod. EKS itself has no
        // default class since Kubernetes 1.30. The driver's chart has this option since v1.31 (CHANGELOG, 2.31.0).
        configurationValues: JSON.stringify({ defaultStorageClass: { enabled: true } }),
      },
      { ...mine, dependsOn: [...after, csi.association] },
    );
    this.registerOutputs({});
  }
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
