import { listed } from "../../report/view/words";
import { shortType } from "../../report/view/resources";
import { warning, type ChangeWarning, type StackChange } from "./warning";

const CLUSTER = "aws:eks/cluster:Cluster";

/**
 * What `protect` refuses. Pulumi does not delete a resource that is protected in its state, and does not replace one that
 * is protected there and in the program (pulumi/pulumi, pkg/resource/deploy/step_generator.go). EKS does not delete a
 * cluster with deletion protection, which `protect` sets, too (Amazon EKS API Reference, DeleteCluster).
 */
export function protection(change: StackChange): ChangeWarning[] {
  const isProtected = [
    ...change.deleted("").filter(({ options }) => options.protect),
    ...change
      .replaced("")
      .filter((resource) => resource.options.protect && change.successor(resource)?.options.protect === true),
  ];
  const clusters = change.gone(CLUSTER).filter(({ inputs }) => inputs["deletionProtection"] === true);
  const all = [...isProtected, ...clusters.filter((cluster) => !isProtected.includes(cluster))];
  if (all.length === 0) return [];
  const names = some(all.map(({ type, name }) => `${shortType(type)} ${name}`));
  return [
    warning(
      "refused",
      `pulumi up refuses to delete or replace ${listed(names)} while protect is true. To do it anyway, set protect ` +
        `to false in Pulumi.${change.stack}.yaml and run pulumi up, and make this change in the update after that.`,
      all,
    ),
  ];
}

/** Names in a sentence; of many, the first three and the number of the others. */
function some(names: readonly string[]): readonly string[] {
  return names.length <= 4 ? names : [...names.slice(0, 3), `${String(names.length - 3)} more`];
}
