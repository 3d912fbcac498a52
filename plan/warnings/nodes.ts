import { counted, listed } from "../view/words";
import { warning, type ChangeWarning, type StackChange } from "./warning";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** Properties of a node group that nodes only have from their start: EKS replaces every node. */
const OF_NODES = ["launchTemplate", "releaseVersion", "version"];

/** Node groups whose nodes are replaced. Groups that are deleted for good are part of what {@link shrinking} loses. */
export function nodes(change: StackChange): ChangeWarning[] {
  const rolled = change.updated(NODE_GROUP, OF_NODES);
  const replaced = change.replaced(NODE_GROUP);
  return [
    ...(rolled.length === 0
      ? []
      : [
          warning(
            "interrupted",
            `EKS replaces every node of ${groups(rolled)}, one group after the other: it starts a new node, drains an old one ` +
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
            `${groups(replaced)} ${replaced.length === 1 ? "is" : "are"} replaced, and all nodes with ` +
              `${replaced.length === 1 ? "it" : "them"}: the new nodes start before the old ones are drained, if the ` +
              "cluster stays.",
            replaced,
          ),
        ]),
  ];
}

function groups(all: readonly { readonly name: string }[]): string {
  return `${all.length === 1 ? "the node group" : `the ${counted(all.length, "node group")}`} ${listed(all.map(({ name }) => name))}`;
}
