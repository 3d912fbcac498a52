import type { Changes } from "../../tools/planner/changes/changes";
import { stackChanges } from "../../tools/planner/changes/compare";
import type { Json } from "../../tools/planner/engine/resource";
import { plan, type Plan, type StackPlan } from "../../tools/planner/plan";
import { type Project, readProject, type StackConfig } from "../../tools/planner/project/project";
import { FIXTURE } from "./fixture";

/** The fixture project as it is, with alarms. */
export const projectWithAlarms: Project = readProject(FIXTURE);

/** The fixture project with alarms that page somebody. */
export const projectThatPages: Project = withDefault(projectWithAlarms, "alarm-emails", ["network@example.org"]);

/** The fixture project without alarms, whose exact lists of resources are those of the network alone. */
export const project: Project = withDefault(projectWithAlarms, "alarms", false);

/** The project with another default of a key. */
function withDefault(base: Project, key: string, value: Json): Project {
  const declared = { ...base.declared[key], default: value } as Project["declared"][string];
  return { ...base, declared: { ...base.declared, [key]: declared } };
}

/** The fixture project without the one in `platform/`. */
export function withoutPlatforms(): Project {
  const { name, declared, stacks } = project;
  return { name, declared, stacks };
}

/** The project, with a spoke whose DHCP options list the hub's resolver: so the checks of it have something to judge. */
export function askingTheHub(): Project {
  return withConfig(projectThatPages, "dev", { "dns-resolver": "hub" });
}

/** The project with some keys of one stack set anew; keys without a namespace are the project's own. */
export function withConfig(base: Project, stack: string, config: Readonly<Record<string, Json>>): Project {
  const entries = Object.entries(config).map(([key, value]) => [qualified(base, key), value] as const);
  return {
    ...base,
    stacks: { ...base.stacks, [stack]: { ...base.stacks[stack], ...Object.fromEntries(entries) } },
  };
}

/** The project with another register, and a configuration for each of its networks. */
export function withNetworks(base: Project, networks: Readonly<Record<string, Json>>): Project {
  const stacks: Record<string, StackConfig> = {};
  for (const name of Object.keys(networks)) {
    stacks[name] = base.stacks[name] ?? { "aws:region": "ap-southeast-3" };
  }
  return {
    ...base,
    declared: { ...base.declared, networks: { type: "object", default: networks } },
    stacks,
  };
}

/** The register of the fixture project. */
export function register(): Record<string, Json> {
  return { ...(project.declared["networks"]?.default as Record<string, Json>) };
}

/** What an update from one configuration to another changes, stack by stack. */
export async function changes(before: Project, after: Project): Promise<Record<string, Changes>> {
  const [old, now] = [await plan(before), await plan(after)];
  const names = [...new Set([...old, ...now].map(({ name }) => name))];
  const resources = (planned: Plan, name: string) => planned.find((each) => each.name === name)?.resources ?? [];
  return Object.fromEntries(names.map((name) => [name, stackChanges(resources(old, name), resources(now, name))]));
}

/** One stack of a plan. */
export function stack(planned: Plan, name: string): StackPlan {
  const found = planned.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no stack ${name} in the plan`);
  return found;
}

function qualified({ name }: Project, key: string): string {
  return key.includes(":") ? key : `${name}:${key}`;
}
