import type { Step } from "../checks/growth-replaces-nothing";
import { awsChanges } from "./changes/aws-changes";
import { stackChanges } from "./changes/changes";
import type { Json } from "./engine/wire";
import { planOrFaults } from "./project/faults";
import { accountMap, newNetwork } from "./new-network";
import { HUB } from "../../components/settings/networks";
import type { Plan, StackPlan } from "./plan";
import type { Project } from "./project/project";
import { attempt, configured, type Alternative, type Outcome } from "./what-if";

type Leaves = (resource: string) => boolean;

/**
 * What growth or shrinkage by one thing does to every stack: one more AZ, NAT gateways per AZ or a single one, one more
 * spoke, one spoke less. Where a stack would refuse a step, it is left out.
 *
 * @param plan of this project
 * @param alternatives what was planned of it already
 */
export async function growthSteps(project: Project, plan: Plan, alternatives: readonly Alternative[]): Promise<Step[]> {
  const hub = plan.find(({ name }) => name === HUB);
  if (hub === undefined) return [];
  return [
    ...alternatives.flatMap(({ what, stack, outcome }) =>
      what === "one-more-spoke" ? [] : step(SETTINGS[what], stack, outcome),
    ),
    ...(await singleNat(project, plan, hub)),
    ...(await spokeMore(project, plan, hub)),
    ...(await spokeLess(project, plan, hub)),
  ];
}

const SETTINGS = { "one-nat-per-az": "one-nat-per-az true", "third-zone": "az-count 3" } as const;

async function singleNat(project: Project, plan: Plan, hub: StackPlan): Promise<Step[]> {
  const steps: Step[] = [];
  for (const { name, settings, resources } of plan) {
    if (settings.role === "hub" || !settings.oneNatPerAz) continue;
    const otherwise = configured(project, name, { [`${project.name}:one-nat-per-az`]: false });
    steps.push(...step("one-nat-per-az false", name, await attempt(otherwise, name, hub, resources), isOfNat));
  }
  return steps;
}

/** What is deleted when the AZs share one NAT gateway again. */
function isOfNat(resource: string): boolean {
  return /^aws:ec2\/(natGateway:NatGateway|eip:Eip)::/.test(resource);
}

async function spokeMore(project: Project, plan: Plan, hub: StackPlan): Promise<Step[]> {
  const added = newNetwork(project, hub);
  return added === undefined ? [] : withRegister("one more spoke", project, added.shared, plan, hub, () => false);
}

/** Without the last spoke of the register; any other would do. */
async function spokeLess(project: Project, plan: Plan, hub: StackPlan): Promise<Step[]> {
  const leaving = hub.settings.role === "hub" ? hub.settings.spokes.at(-1) : undefined;
  if (leaving === undefined) return [];
  const key = `${project.name}:networks`;
  const networks = accountMap(hub.settings.networks.filter((network) => network !== leaving));
  const rest = plan.filter(({ name }) => name !== leaving.name);
  // Its hosted zone, its share and its roles are named after it or after its account.
  const roles = new RegExp(`::${HUB}-spoke-${leaving.name}(-(access|preview|records))?$`);
  const isIts: Leaves = (resource) =>
    resource.includes(`-${leaving.name}.`) || resource.endsWith(leaving.account) || roles.test(resource);
  return withRegister(`without ${leaving.name}`, project, { [key]: networks }, rest, hub, isIts);
}

/** Every stack with another register: the hub, and the spokes that read what it then exports. */
async function withRegister(
  what: string,
  project: Project,
  register: Readonly<Record<string, Json>>,
  plan: Plan,
  hub: StackPlan,
  leaves: Leaves,
): Promise<Step[]> {
  const other = plan.reduce((all, { name }) => configured(all, name, register), project);
  const otherHub = await planOrFaults(other, HUB, {});
  if (Array.isArray(otherHub)) return [];
  const steps = step(what, HUB, { planned: HUB, before: hub.resources, after: otherHub.resources }, leaves);
  // Spokes that are configured alike differ in names alone: one is planned for all of them.
  const planned = new Map<string, Outcome>();
  for (const { name, resources } of plan.filter((stack) => stack.name !== HUB)) {
    const alike = JSON.stringify(project.stacks[name]);
    const outcome = planned.get(alike) ?? (await attempt(other, name, otherHub, resources));
    planned.set(alike, outcome);
    steps.push(...step(what, name, outcome));
  }
  return steps;
}

function step(what: string, stack: string, outcome: Outcome, leaves: Leaves = () => false): Step[] {
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
      leaving: gone.filter(leaves),
    },
  ];
}
