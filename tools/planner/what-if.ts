import { Address4 } from "ip-address";
import { MAX_ZONES, VPC_PREFIX } from "../../components/address-plan";
import { networkCidrRule, overlaps } from "../../components/settings/cidrs";
import { HUB } from "../../components/settings/networks";
import type { Network, Settings } from "../../components/settings/settings";
import type { Json, PlannedResource } from "./engine/resource";
import type { Plan, StackPlan } from "./plan";
import { planOrFaults } from "./project/faults";
import type { Project, StackConfig } from "./project/project";

/** Additions to a deployed network. */
export const WHAT_IFS = ["one-nat-per-az", "third-zone", "one-more-spoke"] as const;
export type WhatIfName = (typeof WHAT_IFS)[number];

/** One addition in one stack. */
export interface Alternative {
  readonly what: WhatIfName;
  readonly stack: string;
  readonly outcome: WhatIfOutcome;
}

/** The stack planned with the addition and without it; or why there is no such plan. */
export type WhatIfOutcome =
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
  for (const { name: stack, settings, resources } of plan) {
    const already = isSet(settings);
    if (already === undefined) continue;
    const sameConfiguration = JSON.stringify([settings.role, project.stacks[stack]]);
    const changed = withConfig(project, stack, { [`${project.name}:${key}`]: value });
    const outcome = already
      ? { already }
      : (planned.get(sameConfiguration) ?? (await planAlternative(changed, stack, hub, resources)));
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
    const refused = `address-space ${hub.settings.addressSpace} has no /16 left`;
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

/** Plans one stack of a project, for comparison with what the stack is now. */
export async function planAlternative(
  project: Project,
  stack: string,
  hub: StackPlan,
  before: readonly PlannedResource[],
): Promise<WhatIfOutcome> {
  const planned = await planOrFaults(project, stack, stack === HUB ? {} : { [HUB]: hub.outputs });
  return Array.isArray(planned) ? refusal(planned) : { planned: stack, before, after: planned.resources };
}

function refusal(faults: readonly { readonly text: string }[]): WhatIfOutcome {
  return { refused: faults.map(({ text }) => text).join("; ") };
}

/** The project with some keys of a stack set; whole keys, `namespace:key`. */
export function withConfig(project: Project, stack: string, config: StackConfig): Project {
  return { ...project, stacks: { ...project.stacks, [stack]: { ...project.stacks[stack], ...config } } };
}

/** A network that could be added to the account map. */
interface NewNetwork {
  /** Different from all stacks and networks. */
  readonly name: string;
  /** Keys that are the same in every stack, with the network among `networks`. */
  readonly shared: StackConfig;
}

/** Keys besides `networks` whose value is the same in every stack. */
const SHARED = ["address-space", "domain", "prefix", "kubernetes-service-cidr"];
const NAME = "new-spoke";
const LAST_ACCOUNT = 999_999_999_999;

/** One more spoke, at the first free CIDR of the address space; undefined when there is none. */
export function newNetwork(project: Project, hub: StackPlan): NewNetwork | undefined {
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
export function accountMap(networks: readonly Network[]): Record<string, Json> {
  return Object.fromEntries(networks.map(({ name, cidr, account }) => [name, { cidr, account }]));
}

function freeBlock(
  { addressSpace, kubernetesServiceCidr }: StackPlan["settings"],
  taken: readonly Address4[],
): string | undefined {
  const space = new Address4(addressSpace);
  const isAllowed = networkCidrRule({ addressSpace, kubernetesServiceCidr });
  const count = 2 ** (VPC_PREFIX - space.subnetMask);
  const blocks = Array.from({ length: count }, (_, index) => {
    const start = space.startAddress().offset(index * 2 ** (32 - VPC_PREFIX));
    return `${start.correctForm()}/${String(VPC_PREFIX)}`;
  });
  return blocks.find(
    (block) => isAllowed(block) === undefined && !taken.some((other) => overlaps(new Address4(block), other)),
  );
}

/** First of the texts numbered from 0 that is free. */
function first(text: (n: number) => string, isFree: (text: string) => boolean): string {
  for (let n = 0; ; n += 1) if (isFree(text(n))) return text(n);
}
