import { KUBERNETES_VERSIONS } from "../../../components/facts/versions";
import { listed } from "../../io/words";
import { text } from "../../model/resource";
import { type ChangeWarning, nameOf, type StackChange, warning } from "../changes/changes";
import { key } from "../engine/resource";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** Changes of a cluster that EKS refuses, and the end of support of a new Kubernetes version. */
export function clusterWarnings(change: StackChange): ChangeWarning[] {
  return [...movesToAnotherVpc(change), ...versions(change)];
}

/** A replacement that the provider does not plan: it would change the subnets in place, which EKS refuses. */
function movesToAnotherVpc({ stack, changes, resourcesAfter }: StackChange): ChangeWarning[] {
  const moving = changes.replace.filter(
    ({ name, properties }) => name.startsWith(`${CLUSTER}::`) && properties.includes("vpcConfig"),
  );
  return resourcesAfter
    .filter((resource) => moving.some(({ name }) => name === key(resource)))
    .map((cluster) =>
      warning(
        "refused",
        `EKS refuses to move ${nameOf(cluster)} to subnets of another VPC (Amazon EKS API Reference, UpdateClusterConfig), so ` +
          "pulumi up would stop halfway. Only a new cluster can be in the new VPC. Add a new spoke and move the workloads to " +
          `it; or set cluster to false in Pulumi.${stack}.yaml and run pulumi up before this change, and to true after it.`,
        [cluster],
      ),
    );
}

function versions(change: StackChange): ChangeWarning[] {
  return change.updated(CLUSTER, ["version"]).flatMap((cluster) => {
    const previous = change.resourcesBefore.find(({ type, name }) => type === CLUSTER && name === cluster.name);
    const from = previous === undefined ? "" : text(previous, "version");
    const to = text(cluster, "version");
    const end = KUBERNETES_VERSIONS[to];
    const supported =
      end === undefined
        ? []
        : [warning("note", `Amazon EKS's standard support of Kubernetes ${to} ends on ${end}.`, [cluster])];
    const refused = refusal(from, to, nameOf(cluster));
    return [...(refused === undefined ? [] : [warning("refused", refused, [cluster])]), ...supported];
  });
}

/** Why EKS refuses a change of version; undefined if it does not, or if a version has another form. */
function refusal(from: string, to: string, cluster: string): string | undefined {
  const [old, now] = [minor(from), minor(to)];
  if (old === undefined || now === undefined) return undefined;
  if (now > old + 1) {
    const next = `1.${String(old + 1)}`;
    return (
      `EKS refuses to upgrade ${cluster} from ${from} to ${to}, because it upgrades one minor version at a time (Amazon EKS ` +
      `User Guide, "Update existing cluster to new Kubernetes version"). Set kubernetes-version to "${next}", run ` +
      `pulumi up, and continue from there.`
    );
  }
  if (now >= old) return undefined;
  const rollback =
    old - now === 1
      ? "Within 7 days of the upgrade, EKS rolls it back"
      : `Within 7 days of an upgrade, EKS rolls back that upgrade only`;
  return (
    `EKS refuses to update ${cluster} from ${from} back to ${to}. ${rollback} (Amazon EKS User Guide, "Roll back a cluster ` +
    `to a previous Kubernetes version"), in an order that pulumi up does not follow: see ` +
    `docs/runbooks/upgrade-kubernetes.md. Otherwise, move to a new cluster.`
  );
}

/** 35 of `1.35`. */
function minor(version: string): number | undefined {
  const [, text] = /^1\.(\d+)$/.exec(version) ?? [];
  return text === undefined ? undefined : Number(text);
}

/** Properties of a node group that nodes have only from their start: EKS replaces every node. */
const OF_NODES = ["launchTemplate", "releaseVersion", "version"];

/** Node groups whose nodes are replaced. For groups that are deleted for good, see losses.ts. */
export function nodeWarnings(change: StackChange): ChangeWarning[] {
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
