import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PodIdentityRole } from "./pod-identity";

export interface AddonsArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: string;
  /** ARN of the policy that bounds the roles of their pods; undefined: none does. */
  readonly permissionsBoundary: string | undefined;
}

/**
 * Add-ons that come before the nodes: nodes are not ready without them, and they are complete without nodes, since they
 * run on each node that there is.
 */
export class NodeAddons extends pulumi.ComponentResource {
  readonly addons: readonly aws.eks.Addon[];

  constructor(
    name: string,
    { clusterName, clusterArn, permissionsBoundary }: AddonsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:spoke:NodeAddons", name, {}, opts);
    const mine = { parent: this };
    const cni = new PodIdentityRole(
      `${name}-vpc-cni`,
      {
        clusterName,
        clusterArn,
        serviceAccount: "aws-node",
        managedPolicies: ["AmazonEKS_CNI_Policy"],
        permissionsBoundary,
      },
      mine,
    );
    this.addons = [
      addon(name, "eks-pod-identity-agent", { clusterName }, mine),
      addon(name, "kube-proxy", { clusterName }, mine),
      addon(
        name,
        "vpc-cni",
        {
          clusterName,
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
    { clusterName, clusterArn, permissionsBoundary, after }: WorkloadAddonsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:spoke:WorkloadAddons", name, {}, opts);
    const mine = { parent: this };
    addon(name, "coredns", { clusterName }, { ...mine, dependsOn: [...after] });

    const csi = new PodIdentityRole(
      `${name}-ebs-csi`,
      {
        clusterName,
        clusterArn,
        serviceAccount: "ebs-csi-controller-sa",
        // Volumes and nodes of this cluster alone, told by their tags; Karpenter's nodes are tagged for it.
        managedPolicies: ["AmazonEBSCSIDriverEKSClusterScopedPolicy"],
        permissionsBoundary,
      },
      mine,
    );
    addon(name, "aws-ebs-csi-driver", { clusterName }, { ...mine, dependsOn: [...after, csi.association] });
    this.registerOutputs({});
  }
}

/** An add-on in the version that EKS has as the default for the cluster's when it is made, and configured from here. */
function addon(
  name: string,
  addonName: string,
  args: Omit<aws.eks.AddonArgs, "addonName">,
  opts: pulumi.CustomResourceOptions,
): aws.eks.Addon {
  return new aws.eks.Addon(
    `${name}-${addonName}`,
    { addonName, resolveConflictsOnCreate: "OVERWRITE", resolveConflictsOnUpdate: "OVERWRITE", ...args },
    opts,
  );
}
