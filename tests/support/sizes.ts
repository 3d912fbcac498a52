import type { Json } from "../../tools/planner/engine/resource";
import type { Project } from "../../tools/planner/project/project";
import { project, register, withNetworks } from "./plans";

/** The fixture project with other CIDRs, by network. */
export function withCidrs(cidrs: Readonly<Record<string, string>>): Project {
  const networks = Object.entries(register()).map(([name, network]) => {
    const cidr = cidrs[name];
    return [name, { ...(network as Record<string, Json>), ...(cidr === undefined ? {} : { cidr }) }] as const;
  });
  return withNetworks(project, Object.fromEntries(networks));
}

/** Networks of different sizes. */
export const mixedSizes: Project = withCidrs({
  hub: "10.0.0.0/21",
  dev: "10.0.16.0/20",
  staging: "10.2.0.0/18",
  prod: "10.3.0.0/17",
});
