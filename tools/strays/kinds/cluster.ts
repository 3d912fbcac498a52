import { aws, type KindOfThing } from "./kind";

/** Kinds of a cluster, in the order of deletion. */
export const CLUSTER = {
  nodeGroup: {
    title: "EKS node group",
    type: "aws:eks/nodeGroup:NodeGroup",
    remove: ({ id }, place) => {
      const of = clusterAnd("--nodegroup-name", id);
      return [aws(place, "eks", "delete-nodegroup", ...of), aws(place, "eks", "wait", "nodegroup-deleted", ...of)];
    },
  },
  addon: {
    title: "EKS add-on",
    type: "aws:eks/addon:Addon",
    remove: ({ id }, place) => [aws(place, "eks", "delete-addon", ...clusterAnd("--addon-name", id))],
  },
  podIdentity: {
    title: "Pod Identity association",
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    remove: ({ id, cluster = "" }, place) => [
      aws(
        place,
        ...["eks", "delete-pod-identity-association", "--cluster-name", cluster],
        ...["--association-id", id.split(",").pop() ?? id],
      ),
    ],
  },
  cluster: {
    title: "EKS cluster",
    type: "aws:eks/cluster:Cluster",
    remove: ({ id }, place) => [
      aws(place, "eks", "update-cluster-config", "--name", id, "--no-deletion-protection"),
      aws(place, "eks", "wait", "cluster-active", "--name", id),
      aws(place, "eks", "delete-cluster", "--name", id),
      aws(place, "eks", "wait", "cluster-deleted", "--name", id),
    ],
  },
} satisfies Readonly<Record<string, KindOfThing>>;

/** Arguments for a part of a cluster, whose id is `CLUSTER:NAME`. */
function clusterAnd(option: string, id: string): string[] {
  const [cluster = "", name = ""] = id.split(":");
  return ["--cluster-name", cluster, option, name];
}
