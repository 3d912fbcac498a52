import { HUB } from "../../components/settings/networks";
import { stackConfig, type Project } from "../planner/project/project";
import { Refused } from "../cli/refusals";
import type { Arguments } from "./arguments";

/** What to query AWS for. */
export interface Scope {
  readonly region: string;
  /** At least one, oldest first. */
  readonly kubernetesVersions: readonly string[];
}

/**
 * Reads from the stacks' configuration what the command line does not set.
 *
 * @throws Refused if the stacks have no Region or several, or if none has a cluster
 */
export function scopeOf(project: Project, given: Pick<Arguments, "region" | "kubernetesVersions">): Scope {
  const configs = Object.entries(project.stacks).map(([name, set]) => ({ name, config: stackConfig(project, set) }));
  const spokes = configs.filter(({ name, config }) => name !== HUB && config[`${project.name}:cluster`] !== false);
  const used = spokes.map(({ config }) => String(config[`${project.name}:kubernetes-version`]));
  const kubernetesVersions = given.kubernetesVersions.length > 0 ? given.kubernetesVersions : used;
  if (kubernetesVersions.length === 0) {
    throw new Refused("No stack has a cluster: name a version with --kubernetes-version, such as 1.35.");
  }
  const order = (version: string): number => Number(version.split(".")[1]);
  return {
    region: given.region ?? regionOf(configs.flatMap(({ config }) => config["aws:region"] ?? []).map(String)),
    kubernetesVersions: [...new Set(kubernetesVersions)].sort((a, b) => order(a) - order(b)),
  };
}

function regionOf(regions: readonly string[]): string {
  const [region, ...others] = new Set(regions);
  if (region === undefined) {
    throw new Refused("No Pulumi.STACK.yaml has aws:region: name the Region with --region, such as ap-southeast-3.");
  }
  if (others.length > 0) {
    throw new Refused(`The stacks are in several Regions (${[region, ...others].join(", ")}): name one with --region.`);
  }
  return region;
}
