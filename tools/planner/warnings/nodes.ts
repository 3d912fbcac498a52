import { listed } from "../../report/view/words";
import { warning, type ChangeWarning, type StackChange } from "./warning";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** Properties of a node group that nodes only have from their start: EKS replaces every node. */
const OF_NODES = ["launchTemplate", "releaseVersion", "version"];

/** Node groups whose nodes are replaced. Groups that are deleted for good are part of what {@link shrinking} loses. */
export function nodes(change: StackChange): ChangeWarning[] {
  const rolled = change.updated(NODE_GROUP, OF_NODES);
  // With the cluster, they are part of what is lost.
  const replaced = change.gone(CLUSTER).length > 0 ? [] : change.replaced(NODE_GROUP);
  return [
    ...(rolled.length === 0
      ? []
      : [
          warning(
            "interrupted",
            `EKS replaces every node of ${groups(rolled)}, one group after the other. It starts a new node, drains an old one ` +
              'within 15 minutes, and terminates it (Amazon EKS User Guide, "Understand each phase of node updates"). ' +
              "A pod with a single replica is down while it moves, and a PodDisruptionBudget that allows no eviction " +
              "stops the update.",
            rolled,
          ),
        ]),
    ...(replaced.length === 0
      ? []
      : [
          warning(
            "interrupted",
            `${groups(replaced).replace(/^t/, "T")} ${replaced.length === 1 ? "is" : "are"} replaced, and all nodes with ` +
              `${replaced.length === 1 ? "it" : "them"}: the new nodes start before the old ones are drained.`,
            replaced,
          ),
        ]),
  ];
}

function groups(all: readonly { readonly name: string }[]): string {
  return `the node ${all.length === 1 ? "group" : "groups"} ${listed(all.map(({ name }) => name))}`;
}
