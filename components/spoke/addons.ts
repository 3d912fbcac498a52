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
 * Add-ons that come before the nodes: nodes are not ready without them, and they are complete without nodes, since they
 * run on each node that there is.
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
          // Addresses in blocks of 16, of which a /18 has 1,024: many pods on small nodes, and few calls to EC2. From
          // the first node on, since a node that runs does not change over (Amazon EKS User Guide, "Assign more IP
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
  /** Nodes that they run on. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Add-ons that come after the nodes: they have pods of their own, and EKS gives up on them after 20 minutes without a
 * node.
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
        // Volumes and nodes of this cluster alone, told by their tags; Karpenter's nodes are tagged for it.
        managedPolicies: ["AmazonEBSCSIDriverEKSClusterScopedPolicy"],
      },
      mine,
    );
    addon(
      "aws-ebs-csi-driver",
      {
        // A claim that names no StorageClass gets a gp3 volume in its pod's Availability Zone; EKS itself has no default
        // class since Kubernetes 1.30. The driver's chart has the switch since v1.31 (CHANGELOG, 2.31.0).
        configurationValues: JSON.stringify({ defaultStorageClass: { enabled: true } }),
      },
      { ...mine, dependsOn: [...after, csi.association] },
    );
    this.registerOutputs({});
  }
}

/** Makes the add-ons of one cluster, in their pinned versions and configured from here alone. */
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
