import { MAX_ZONES } from "../../components/address-plan";
import type { Settings } from "../../components/settings/settings";
import type { PlannedResource } from "./engine/resource";
import type { Json } from "./engine/wire";
import { planOrFaults } from "./project/faults";
import { newNetwork } from "./new-network";
import { HUB } from "../../components/settings/networks";
import type { Plan, StackPlan } from "./plan";
import type { Project, StackConfig } from "./project/project";

/** What may be added to a deployed network. */
export const WHAT_IFS = ["one-nat-per-az", "third-zone", "one-more-spoke"] as const;
export type WhatIfName = (typeof WHAT_IFS)[number];

/** One of these in one stack. */
export interface Alternative {
  readonly what: WhatIfName;
  readonly stack: string;
  readonly outcome: Outcome;
}

/** The stack planned with it, beside what it is now; or why there is no such plan. */
export type Outcome =
  | {
      /** Stack that was really planned: this one, or one that is configured alike. */
      readonly planned: string;
      readonly before: readonly PlannedResource[];
      readonly after: readonly PlannedResource[];
    }
  | { readonly already: true }
  /** In a sentence or more. */
  | { readonly refused: string };

interface Setting {
  readonly what: WhatIfName;
  readonly key: string;
  readonly value: Json;
  /** Whether a stack has it; undefined: it does not concern the stack. */
  readonly isSet: (settings: Settings) => boolean | undefined;
}

const SETTINGS: readonly Setting[] = [
  {
    what: "one-nat-per-az",
    key: "one-nat-per-az",
    value: true,
    isSet: (settings) => (settings.role === "spoke" ? settings.oneNatPerAz : undefined),
  },
  { what: "third-zone", key: "az-count", value: MAX_ZONES, isSet: ({ zones }) => zones.length === MAX_ZONES },
];

/**
 * Plans each stack with what it lacks, one thing at a time, and the network with one more spoke.
 *
 * @param plan of this project
 */
export async function whatIf(project: Project, plan: Plan): Promise<Alternative[]> {
  const hub = plan.find(({ name }) => name === HUB);
  if (hub === undefined) return [];
  const found: Alternative[] = [];
  for (const setting of SETTINGS) found.push(...(await withSetting(setting, project, plan, hub)));
  return [...found, ...(await oneMoreSpoke(project, hub))];
}

async function withSetting(
  { what, key, value, isSet }: Setting,
  project: Project,
  plan: Plan,
  hub: StackPlan,
): Promise<Alternative[]> {
  const found: Alternative[] = [];
  // Stacks that are configured alike differ in names and addresses, which cost nothing: one is planned for all of them.
  const planned = new Map<string, Outcome>();
  for (const { name: stack, settings, resources } of plan) {
    const already = isSet(settings);
    if (already === undefined) continue;
    const alike = JSON.stringify([settings.role, project.stacks[stack]]);
    const otherwise = configured(project, stack, { [`${project.name}:${key}`]: value });
    const outcome = already ? { already } : (planned.get(alike) ?? (await attempt(otherwise, stack, hub, resources)));
    planned.set(alike, outcome);
    found.push({ what, stack, outcome });
  }
  return found;
}

/** One more spoke with the project's defaults, and what the hub creates for it. */
async function oneMoreSpoke(project: Project, hub: StackPlan): Promise<Alternative[]> {
  const what = "one-more-spoke";
  const added = newNetwork(project, hub);
  if (added === undefined) {
    const refused = `address-space ${hub.settings.addressSpace} has no /16 left`;
    return [{ what, stack: HUB, outcome: { refused } }];
  }
  const { name, shared } = added;
  const grown = configured(configured(project, HUB, shared), name, { ...shared, "aws:region": hub.settings.region });
  const withIt = await planOrFaults(grown, HUB, {});
  if (Array.isArray(withIt)) return [{ what, stack: HUB, outcome: inWords(withIt) }];
  return [
    { what, stack: HUB, outcome: { planned: HUB, before: hub.resources, after: withIt.resources } },
    { what, stack: name, outcome: await attempt(grown, name, withIt, []) },
  ];
}

/** The plan of one stack of a project, beside what the stack is now. */
export async function attempt(
  project: Project,
  stack: string,
  hub: StackPlan,
  before: readonly PlannedResource[],
): Promise<Outcome> {
  const planned = await planOrFaults(project, stack, stack === HUB ? {} : { [HUB]: hub.outputs });
  return Array.isArray(planned) ? inWords(planned) : { planned: stack, before, after: planned.resources };
}

function inWords(faults: readonly { readonly text: string }[]): Outcome {
  return { refused: faults.map(({ text }) => text).join("; ") };
}

/** The project with some keys of a stack set; whole keys, `namespace:key`. */
export function configured(project: Project, stack: string, config: StackConfig): Project {
  return { ...project, stacks: { ...project.stacks, [stack]: { ...project.stacks[stack], ...config } } };
}
