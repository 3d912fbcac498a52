import { HUB } from "../../components/settings/networks";
import type { Step } from "../checks/growth-replaces-nothing";
import { awsChanges, stackChanges } from "./changes/changes";
import type { Json } from "./engine/resource";
import type { Plan, StackPlan } from "./plan";
import { planOrFaults } from "./project/faults";
import type { Project } from "./project/project";
import { accountMap, type Alternative, newNetwork, planAlternative, type WhatIfOutcome, withConfig } from "./what-if";

/** Whether a step is meant to delete a resource. */
type IsExpectedDeletion = (resource: string) => boolean;

/**
 * What growth or shrinkage by one thing does to every stack: one more AZ, NAT gateways per AZ or a single one, one more
 * spoke, one spoke less. A step that a stack refuses is left out.
 *
 * @param plan of this project
 * @param alternatives additions that are planned already
 */
export async function growthSteps(project: Project, plan: Plan, alternatives: readonly Alternative[]): Promise<Step[]> {
  const hub = plan.find(({ name }) => name === HUB);
  if (hub === undefined) return [];
  return [
    ...alternatives.flatMap(({ what, stack, outcome }) =>
      what === "one-more-spoke" ? [] : step(SETTINGS[what], stack, outcome),
    ),
    ...(await singleNatGateway(project, plan, hub)),
    ...(await oneMoreSpoke(project, plan, hub)),
    ...(await oneSpokeLess(project, plan, hub)),
  ];
}

const SETTINGS = { "one-nat-per-az": "one-nat-per-az true", "third-zone": "az-count 3" } as const;

async function singleNatGateway(project: Project, plan: Plan, hub: StackPlan): Promise<Step[]> {
  const steps: Step[] = [];
  for (const { name, settings, resources } of plan) {
    if (settings.role === "hub" || !settings.oneNatPerAz) continue;
    const changed = withConfig(project, name, { [`${project.name}:one-nat-per-az`]: false });
    steps.push(
      ...step("one-nat-per-az false", name, await planAlternative(changed, name, hub, resources), belongsToNatGateway),
    );
  }
  return steps;
}

/** Whether a resource is deleted when the AZs share one NAT gateway again. */
function belongsToNatGateway(resource: string): boolean {
  return /^aws:ec2\/(natGateway:NatGateway|eip:Eip)::/.test(resource);
}

async function oneMoreSpoke(project: Project, plan: Plan, hub: StackPlan): Promise<Step[]> {
  const added = newNetwork(project, hub);
  return added === undefined ? [] : withNetworks("one more spoke", project, added.shared, plan, hub, () => false);
}

/** Without the last spoke of the account map; any other would show the same. */
async function oneSpokeLess(project: Project, plan: Plan, hub: StackPlan): Promise<Step[]> {
  const leaving = hub.settings.role === "hub" ? hub.settings.spokes.at(-1) : undefined;
  if (leaving === undefined) return [];
  const key = `${project.name}:networks`;
  const networks = accountMap(hub.settings.networks.filter((network) => network !== leaving));
  const rest = plan.filter(({ name }) => name !== leaving.name);
  // Its hosted zone, its share and its roles have its name or its account in their names.
  const roles = new RegExp(`::${HUB}-spoke-${leaving.name}(-(access|preview|records))?$`);
  const belongsToSpoke: IsExpectedDeletion = (resource) =>
    resource.includes(`-${leaving.name}.`) || resource.endsWith(leaving.account) || roles.test(resource);
  return withNetworks(`without ${leaving.name}`, project, { [key]: networks }, rest, hub, belongsToSpoke);
}

/** Every stack with other `networks`: the hub, and the spokes that read the hub's outputs. */
async function withNetworks(
  what: string,
  project: Project,
  networks: Readonly<Record<string, Json>>,
  plan: Plan,
  hub: StackPlan,
  isExpected: IsExpectedDeletion,
): Promise<Step[]> {
  const other = plan.reduce((all, { name }) => withConfig(all, name, networks), project);
  const otherHub = await planOrFaults(other, HUB, {});
  if (Array.isArray(otherHub)) return [];
  const steps = step(what, HUB, { planned: HUB, before: hub.resources, after: otherHub.resources }, isExpected);
  // Spokes with the same configuration differ in names only: one is planned for all of them.
  const planned = new Map<string, WhatIfOutcome>();
  for (const { name, resources } of plan.filter((stack) => stack.name !== HUB)) {
    const sameConfiguration = JSON.stringify(project.stacks[name]);
    const outcome = planned.get(sameConfiguration) ?? (await planAlternative(other, name, otherHub, resources));
    planned.set(sameConfiguration, outcome);
    steps.push(...step(what, name, outcome));
  }
  return steps;
}

function step(
  what: string,
  stack: string,
  outcome: WhatIfOutcome,
  isExpected: IsExpectedDeletion = () => false,
): Step[] {
  if (!("after" in outcome)) return [];
  const { create, update, replace, delete: gone } = awsChanges(stackChanges(outcome.before, outcome.after));
  return [
    {
      what: outcome.planned === stack ? what : `${what}, as in ${outcome.planned}, which is configured alike`,
      stack,
      created: create.length,
      updated: update.length,
      replaced: replace.map(({ name }) => name),
      deleted: gone,
      leaving: gone.filter(isExpected),
    },
  ];
}
