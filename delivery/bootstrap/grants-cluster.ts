import { inRegion, on, type Grant, type Scope } from "./grants";
import { accessGrants } from "./grants-access";
import { clusterGroupGrants } from "./grants-groups";
import { nodeGrants } from "./grants-nodes";
import { secretGrants } from "./grants-secrets";

/** What a cluster takes, with its nodes, who is let in, and what Karpenter needs. */
export function clusterGrants(scope: Scope, cluster: string, admins: readonly string[]): readonly Grant[] {
  return [
    ...controlPlane(scope, cluster),
    ...accessGrants(scope, cluster, admins),
    ...clusterGroupGrants(scope, cluster),
    ...nodeGrants(scope, cluster),
    ...secretGrants(scope, cluster),
  ];
}

function controlPlane(scope: Scope, cluster: string): readonly Grant[] {
  const { account, region } = scope;
  const eks = (path: string): string => `arn:aws:eks:${region}:${account}:${path}`;
  return [
    {
      types: [
        "aws:eks/addon:Addon",
        "aws:eks/cluster:Cluster",
        "aws:eks/nodeGroup:NodeGroup",
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
      ],
      statements: [
        {
          // IAM knows no resource for it (Service Authorization Reference, Amazon EKS).
          ...inRegion(scope, "MakeCluster", ["eks:CreateCluster"]),
          Condition: {
            StringEquals: { "aws:RequestedRegion": region },
            // Else whoever makes a cluster administers it.
            Bool: { "eks:bootstrapClusterCreatorAdminPermissions": "false" },
          },
        },
        on(
          "KeepCluster",
          [
            "eks:AssociateEncryptionConfig",
            "eks:CreateAddon",
            "eks:CreateNodegroup",
            "eks:CreatePodIdentityAssociation",
            "eks:DeleteAddon",
            "eks:DeleteCluster",
            "eks:DeleteNodegroup",
            "eks:DeletePodIdentityAssociation",
            "eks:TagResource",
            "eks:UntagResource",
            "eks:UpdateAddon",
            "eks:UpdateClusterConfig",
            "eks:UpdateClusterVersion",
            "eks:UpdateNodegroupConfig",
            "eks:UpdateNodegroupVersion",
            "eks:UpdatePodIdentityAssociation",
          ],
          [
            eks(`cluster/${cluster}`),
            ...["access-entry", "addon", "nodegroup", "podidentityassociation"].map((kind) =>
              eks(`${kind}/${cluster}/*`),
            ),
          ],
        ),
      ],
    },
    {
      types: ["aws:cloudwatch/logGroup:LogGroup"],
      statements: [
        on(
          "KeepClusterLog",
          [
            "logs:CreateLogGroup",
            "logs:DeleteLogGroup",
            "logs:DeleteRetentionPolicy",
            "logs:PutRetentionPolicy",
            "logs:TagResource",
            "logs:UntagResource",
          ],
          `arn:aws:logs:${region}:${account}:log-group:/aws/eks/${cluster}/cluster*`,
        ),
      ],
    },
  ];
}
