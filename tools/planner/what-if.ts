import { Address4 } from "ip-address";
import { MAX_ZONES, VPC_PREFIXES } from "../../components/address-plan";
import { networkCidrRule, overlaps } from "../../components/settings/cidrs";
import { HUB } from "../../components/settings/networks";
import { nodeSources } from "../../components/settings/node-autoscaling";
import type { Network, Settings } from "../../components/settings/settings";
import type { Step } from "../checks/growth-replaces-nothing";
import { deployedChanges } from "./changes/changes";
import { stackChanges } from "./changes/compare";
import type { Json, PlannedResource } from "./engine/resource";
import { allResources, type Plan, type StackPlan } from "./plan";
import { planOrFaults } from "./project/faults";
import type { Project, StackConfig } from "./project/project";

/** Additions to a deployed network. */
export const WHAT_IFS = ["one-nat-per-az", "third-zone", "managed-nodes", "one-more-spoke"] as const;
export type WhatIfName = (typeof WHAT_IFS)[number];

/** One addition in one stack. */
export interface Alternative {
  readonly what: WhatIfName;
  readonly stack: string;
  readonly outcome: WhatIfOutcome;
}

/** The stack and its platform, planned with the addition and without it; or why there is no such plan. */
type WhatIfOutcome =
  | {
      /** Stack that was planned: this one, or one with the same configuration. */
      readonly planned: string;
      readonly before: readonly PlannedResource[];
      readonly after: readonly PlannedResource[];
    }
  | { readonly already: true }
  /** Faults, separated by semicolons. */
  | { readonly refused: string };

interface Setting {
  readonly what: WhatIfName;
  readonly key: string;
  readonly value: Json;
  /** Whether a stack has it; undefined: it does not apply to the stack. */
  readonly isSet: (settings: Settings) => boolean | undefined;
  /** Whether it only adds, so that it is a step of growth. */
  readonly isGrowth: boolean;
}

const SETTINGS: readonly Setting[] = [
  {
    what: "one-nat-per-az",
    key: "one-nat-per-az",
    value: true,
    isSet: (settings) => (settings.role === "spoke" && settings.egress === "zonal" ? settings.oneNatPerAz : undefined),
    isGrowth: true,
  },
  {
    what: "third-zone",
    key: "az-count",
    value: MAX_ZONES,
    isSet: ({ zones }) => zones.length === MAX_ZONES,
    isGrowth: true,
  },
  {
    what: "managed-nodes",
    key: "node-autoscaling",
    value: "karpenter",
    isSet: (settings) =>
      settings.role === "spoke" && settings.cluster && !nodeSources(settings.nodeAutoscaling).managedNodes
        ? false
        : undefined,
    isGrowth: false,
  },
];

/**
 * Plans each stack with every addition that it does not have yet, one at a time, and the network with one more spoke.
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
  // Stacks with the same configuration differ in names and addresses, which cost nothing: one is planned for all of them.
  const planned = new Map<string, WhatIfOutcome>();
  for (const current of plan) {
    const { name: stack, settings } = current;
    const already = isSet(settings);
    if (already === undefined) continue;
    const sameConfiguration = JSON.stringify([settings.role, configurationOf(project, stack)]);
    const changed = withConfig(project, stack, { [`${project.name}:${key}`]: value });
    const outcome = already
      ? { already }
      : (planned.get(sameConfiguration) ?? (await planAlternative(changed, stack, hub, allResources(current))));
    planned.set(sameConfiguration, outcome);
    found.push({ what, stack, outcome });
  }
  return found;
}

/** One more spoke with the project's defaults, and what the hub creates for it. */
async function oneMoreSpoke(project: Project, hub: StackPlan): Promise<Alternative[]> {
  const what = "one-more-spoke";
  const added = newNetwork(project, hub);
  if (added === undefined) {
    const refused = `address-space ${hub.settings.addressSpace} has no room for another network`;
    return [{ what, stack: HUB, outcome: { refused } }];
  }
  const { name, shared } = added;
  const grown = withConfig(withConfig(project, HUB, shared), name, { ...shared, "aws:region": hub.settings.region });
  const withIt = await planOrFaults(grown, HUB, {});
  if (Array.isArray(withIt)) return [{ what, stack: HUB, outcome: refusal(withIt) }];
  return [
    { what, stack: HUB, outcome: { planned: HUB, before: hub.resources, after: withIt.resources } },
    { what, stack: name, outcome: await planAlternative(grown, name, withIt, []) },
  ];
}

/**
 * The changes of every stack in each step of growth or shrinkage: one more AZ, NAT gateways per AZ or a single one, one more
 * spoke, one spoke less. A step that a stack refuses is left out.
 *
 * @param plan of this project
 * @param alternatives additions that {@link whatIf} has planned
 */
export async function growthSteps(project: Project, plan: Plan, alternatives: readonly Alternative[]): Promise<Step[]> {
  const hub = plan.find(({ name }) => name === HUB);
  if (hub === undefined) return [];
  const added = newNetwork(project, hub);
  return [
    ...alternatives.flatMap(({ what, stack, outcome }) => {
      const setting = SETTINGS.find((each) => each.what === what && each.isGrowth);
      return setting === undefined ? [] : step(`${setting.key} ${String(setting.value)}`, stack, outcome);
    }),
    ...(await singleNatGateway(project, plan, hub)),
    ...(added === undefined ? [] : await withNetworks("one more spoke", project, added.shared, plan, hub)),
    ...(await oneSpokeLess(project, plan, hub)),
  ];
}

async function singleNatGateway(project: Project, plan: Plan, hub: StackPlan): Promise<Step[]> {
  const steps: Step[] = [];
  for (const current of plan) {
    const { name, settings } = current;
    if (settings.role === "hub" || settings.egress !== "zonal" || !settings.oneNatPerAz) continue;
    const changed = withConfig(project, name, { [`${project.name}:one-nat-per-az`]: false });
    const outcome = await planAlternative(changed, name, hub, allResources(current));
    steps.push(...step("one-nat-per-az false", name, outcome, belongsToNatGateway));
  }
  return steps;
}

/** Whether a resource is deleted when the AZs share one NAT gateway again: a gateway, its address, or one of its alarms. */
function belongsToNatGateway(resource: string): boolean {
  return (
    /^aws:ec2\/(natGateway:NatGateway|eip:Eip)::/.test(resource) || /:MetricAlarm::.*-alarm-nat-\w+-\d+$/.test(resource)
  );
}

/** Without the last spoke of the account map that connections does not name; any other would show the same. */
async function oneSpokeLess(project: Project, plan: Plan, hub: StackPlan): Promise<Step[]> {
  if (hub.settings.role !== "hub") return [];
  const { spokes, connections } = hub.settings;
  const leaving = spokes.filter(({ name }) => !connections.tables.some(({ spoke }) => spoke === name)).at(-1);
  if (leaving === undefined) return [];
  const key = `${project.name}:networks`;
  const networks = accountMap(hub.settings.networks.filter((network) => network !== leaving));
  const rest = plan.filter(({ name }) => name !== leaving.name);
  // Its hosted zone, its share, its roles and the routes to it have its name or its account in their names.
  const roles = new RegExp(`::${HUB}-spoke-${leaving.name}(-(access|preview|records))?$`);
  const belongsToSpoke: IsExpectedDeletion = (resource) =>
    resource.includes(`-${leaving.name}.`) ||
    resource.endsWith(`.${leaving.name}`) ||
    resource.endsWith(leaving.account) ||
    roles.test(resource);
  return withNetworks(`without ${leaving.name}`, project, { [key]: networks }, rest, hub, belongsToSpoke);
}

/** A step in which every stack has other `networks`: the hub, and the spokes that read the hub's outputs. */
async function withNetworks(
  what: string,
  project: Project,
  networks: Readonly<Record<string, Json>>,
  plan: Plan,
  hub: StackPlan,
  isExpected: IsExpectedDeletion = () => false,
): Promise<Step[]> {
  const other = plan.reduce((all, { name }) => withConfig(all, name, networks), project);
  const otherHub = await planOrFaults(other, HUB, {});
  if (Array.isArray(otherHub)) return [];
  const steps = step(what, HUB, { planned: HUB, before: hub.resources, after: otherHub.resources }, isExpected);
  // Spokes with the same configuration differ in names only: one is planned for all of them.
  const planned = new Map<string, WhatIfOutcome>();
  for (const current of plan.filter((stack) => stack.name !== HUB)) {
    const { name } = current;
    const sameConfiguration = JSON.stringify(configurationOf(project, name));
    const outcome =
      planned.get(sameConfiguration) ?? (await planAlternative(other, name, otherHub, allResources(current)));
    planned.set(sameConfiguration, outcome);
    steps.push(...step(what, name, outcome));
  }
  return steps;
}

/** Whether a step is meant to delete a resource. */
type IsExpectedDeletion = (resource: string) => boolean;

function step(
  what: string,
  stack: string,
  outcome: WhatIfOutcome,
  isExpected: IsExpectedDeletion = () => false,
): Step[] {
  if (!("after" in outcome)) return [];
  const { create, update, replace, delete: gone } = deployedChanges(stackChanges(outcome.before, outcome.after));
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

/** Plans one stack of a changed project, for a comparison with its current plan. */
async function planAlternative(
  project: Project,
  stack: string,
  hub: StackPlan,
  before: readonly PlannedResource[],
): Promise<WhatIfOutcome> {
  const planned = await planOrFaults(project, stack, stack === HUB ? {} : { [HUB]: hub.outputs });
  return Array.isArray(planned) ? refusal(planned) : { planned: stack, before, after: allResources(planned) };
}

/** What decides the plan of a stack and of its platform, besides names and addresses. */
function configurationOf({ stacks, platform }: Project, stack: string): readonly (StackConfig | undefined)[] {
  return [stacks[stack], platform?.stacks[stack]];
}

function refusal(faults: readonly { readonly text: string }[]): WhatIfOutcome {
  return { refused: faults.map(({ text }) => text).join("; ") };
}

/** The project with some keys of a stack set; whole keys, `namespace:key`. */
function withConfig(project: Project, stack: string, config: StackConfig): Project {
  return { ...project, stacks: { ...project.stacks, [stack]: { ...project.stacks[stack], ...config } } };
}

/** A network that could be added to the account map. */
interface NewNetwork {
  /** Different from all stacks and networks. */
  readonly name: string;
  /** Keys that are the same in every stack, with the network among `networks`. */
  readonly shared: StackConfig;
}

/** Keys, except `networks`, whose value is the same in every stack. */
const SHARED = ["address-space", "domain", "prefix", "connections", "sites", "kubernetes-service-cidr"];
const NAME = "new-spoke";
const LAST_ACCOUNT = 999_999_999_999;

/** One more spoke, at the first free CIDR of the address space; undefined when there is none. */
function newNetwork(project: Project, hub: StackPlan): NewNetwork | undefined {
  const ours = (key: string): string => `${project.name}:${key}`;
  const taken = hub.settings.networks;
  const cidr = freeBlock(
    hub.settings,
    taken.map((network) => new Address4(network.cidr)),
  );
  if (cidr === undefined) return undefined;
  const name = first(
    (n) => (n === 0 ? NAME : `${NAME}-${String(n + 1)}`),
    (each) => taken.every((network) => network.name !== each) && !(each in project.stacks),
  );
  const account = first(
    (n) => String(LAST_ACCOUNT - n),
    (each) => taken.every((network) => network.account !== each),
  );
  const networks = accountMap([...taken, { name, cidr, account }]);
  const same = SHARED.flatMap((key) => {
    const value = hub.config[ours(key)];
    return value === undefined ? [] : [[ours(key), value] as const];
  });
  return { name, shared: { ...Object.fromEntries(same), [ours("networks")]: networks } };
}

/** Networks in the form of the key `networks`. */
function accountMap(networks: readonly Network[]): Record<string, Json> {
  return Object.fromEntries(networks.map(({ name, cidr, account }) => [name, { cidr, account }]));
}

/** The first free CIDR of the size of the last network; where none is free, of the next smaller size. */
function freeBlock(
  { addressSpace, kubernetesServiceCidr }: StackPlan["settings"],
  taken: readonly Address4[],
): string | undefined {
  const isAllowed = networkCidrRule({ addressSpace, kubernetesServiceCidr });
  const isFree = (block: Address4): boolean =>
    isAllowed(block.networkForm()) === undefined && !taken.some((other) => overlaps(block, other));
  for (let prefix = taken.at(-1)?.subnetMask ?? VPC_PREFIXES.largest; prefix <= VPC_PREFIXES.smallest; prefix += 1) {
    const free = firstBlock(new Address4(addressSpace), prefix, isFree);
    if (free !== undefined) return free;
  }
  return undefined;
}

/** The first CIDR of a size in a CIDR that meets a condition. */
function firstBlock(space: Address4, prefix: number, meets: (block: Address4) => boolean): string | undefined {
  for (let index = 0; index < 2 ** (prefix - space.subnetMask); index += 1) {
    const start = space.startAddress().offset(index * 2 ** (32 - prefix));
    const block = new Address4(`${start.correctForm()}/${String(prefix)}`);
    if (meets(block)) return block.networkForm();
  }
  return undefined;
}

/** First of the texts numbered from 0 that is free. */
function first(text: (n: number) => string, isFree: (text: string) => boolean): string {
  for (let n = 0; ; n += 1) if (isFree(text(n))) return text(n);
}
