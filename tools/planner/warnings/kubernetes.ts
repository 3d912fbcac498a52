import { KUBERNETES_VERSIONS } from "../../../components/facts/versions";
import { key } from "../engine/resource";
import { text } from "../../report/view/resources";
import { nameOf, warning, type ChangeWarning, type StackChange } from "./warning";

const CLUSTER = "aws:eks/cluster:Cluster";

/** What EKS refuses to change of a cluster, and until when it supports the version that a cluster gets. */
export function kubernetes(change: StackChange): ChangeWarning[] {
  return [...movesToAnotherVpc(change), ...versions(change)];
}

/** A replacement that the provider does not see coming: it would change the subnets in place. */
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

/** Why EKS refuses one version after the other; undefined when it does not, or when a version has another form. */
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
