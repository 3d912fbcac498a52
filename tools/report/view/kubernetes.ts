import { KUBERNETES_VERSIONS } from "../../../components/facts/versions";
import type { Plan } from "../../planner/plan";
import { listed, namesShortened } from "./words";

/** Until when Amazon EKS supports the version of each cluster, a sentence for each version, oldest first. */
export function kubernetesSupport(plan: Plan): string[] {
  const clusters = plan.flatMap(({ name, settings }) =>
    settings.role === "spoke" && settings.cluster ? [{ name, version: settings.kubernetesVersion }] : [],
  );
  return Object.entries(KUBERNETES_VERSIONS).flatMap(([version, end]) => {
    const stacks = clusters.filter((cluster) => cluster.version === version).map(({ name }) => name);
    if (stacks.length === 0) return [];
    return `Kubernetes ${version} in ${stacksInWords(stacks)}: Amazon EKS's standard support ends on ${end}.`;
  });
}

/** Stacks whose names fit into a sentence. */
const MOST_NAMES = 5;

function stacksInWords(stacks: readonly string[]): string {
  return stacks.length <= MOST_NAMES ? listed(stacks) : namesShortened(stacks);
}
