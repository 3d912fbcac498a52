import { HUB } from "../../../components/settings/networks";
import type { NodeAutoscaling } from "../../../components/settings/node-autoscaling";
import { autoModeFeeHour } from "../../costs/auto-mode";
import { type BreakEven, endpointBreakEvens, natBreakEven } from "../../costs/break-even";
import {
  byPart,
  COST_PARTS,
  type CostByPart,
  costDifference,
  type CostPart,
  costsOf,
  HOURS_PER_MONTH,
  sumInCents,
  total,
  unknownParts,
} from "../../costs/costs";
import { costAtLimit, type ExampleInstance, exampleInstance } from "../../costs/node-pools";
import {
  AUTO_MODE_FEE,
  type PerGbPrice,
  priceList,
  type PriceList,
  type Prices,
  pricesPerGb,
} from "../../costs/price-list";
import { groupsOf, listed, sum } from "../../io/words";
import type { Plan } from "../../planner/plan";
import { type EgressComparison, egressComparisons } from "./egress-costs";
import { type Alternative, WHAT_IFS, type WhatIfName } from "../../planner/what-if";
import { platforms } from "./platform";

/** Monthly costs of the stacks before traffic, and what would add to them. */
export interface CostView {
  /** Sentences: which prices these are, and what they leave out. */
  readonly notes: readonly string[];
  /** Parts that some stack pays for, in a fixed order. */
  readonly parts: readonly CostPart[];
  readonly stacks: readonly StackCosts[];
  /** Sum of the stacks' totals, US dollars in whole cents. */
  readonly total: number;
  readonly whatIf: readonly WhatIf[];
  /** What AWS bills by the GB. */
  readonly perGb: readonly PerGbPrice[];
  /** What nodes cost with Karpenter and with EKS Auto Mode, for each stack with a cluster. */
  readonly nodes: readonly NodeCosts[];
  /** Where the hub's interface endpoints, and NAT gateways per AZ, begin to pay. */
  readonly breakEven: readonly BreakEven[];
  /** What each path to the internet costs, for each number of AZs of spokes. */
  readonly egress: readonly EgressComparison[];
  /** Node pools of platforms, whose nodes come and go and are in no sum. */
  readonly nodePools: readonly NodePoolCosts[];
}

/** What the nodes of a pool cost, as far as a plan can say. */
interface NodePoolCosts {
  /** Name of the spoke. */
  readonly spoke: string;
  readonly pool: string;
  /** Most vCPUs of all its nodes together; null: no limit. */
  readonly vcpus: number | null;
  /** An instance type that it may launch; null: none with a price. */
  readonly example: ExampleInstance | null;
  /** Monthly cost of the whole limit with this type on demand, US dollars; null: no limit, or no price. */
  readonly atLimit: number | null;
}

export interface StackCosts {
  readonly name: string;
  /** Monthly cost by part; null: no price is known. */
  readonly byPart: CostByPart;
  /** Sum of what has a price, US dollars in whole cents. */
  readonly total: number;
  /** Parts that have no price and are not in the total. */
  readonly unknown: readonly CostPart[];
}

/** What the nodes of a stack cost either way. Instances that come and go have no number, so no sum includes them. */
interface NodeCosts {
  readonly name: string;
  readonly nodeAutoscaling: NodeAutoscaling;
  /** US dollars a month of the managed nodes and their volumes, which only Karpenter needs; null: no price is known. */
  readonly managedNodes: number | null;
  /** The first of `node-instance-types`. */
  readonly instanceType: string;
  /** EKS Auto Mode's fee for an hour of such an instance; null: no price is known. */
  readonly feeHour: number | null;
  /** The fee for a month, in whole cents. */
  readonly feeMonth: number | null;
  /** Instances of this type that run all the time and whose fees the managed nodes would pay, rounded down. */
  readonly instances: number | null;
}

/** Costs of what Kubernetes creates. */
const NODES_COME_AND_GO =
  "Nodes of node pools and load balancers come and go with the applications and are not included.";

/** Costs of DNS Firewall, which no source of the price list has. */
const DNS_FIREWALL_QUERIES =
  "DNS Firewall: ? for each query that it sees, and for each of the allowed domains: tools/costs/prices.json has no price for them. " +
  'AWS\'s managed domain lists are free (Amazon Route 53 Developer Guide, "Managed Domain Lists"; prices: Amazon Route 53 pricing).';

/** Costs of the firewall, which no source of the price list has. */
const FIREWALL =
  "AWS Network Firewall: ? for each AZ of the hub and hour, and for each GB: tools/costs/prices.json has no price for it, and the sums " +
  "do not include it (prices: AWS Network Firewall pricing, which also says whether NAT gateways beside it cost less).";

/** Costs that depend on usage, so that no plan can sum them. */
const BY_USAGE = "Data transfer, DNS queries, stored images and logs are billed by usage and are not included.";

/**
 * Costs of the stacks of a plan.
 *
 * @param alternatives what may be added to these stacks; those of other stacks are left out
 * @param list defaults to the prices of their Region
 * @param perGb defaults to the prices per GB of their Region
 */
export function costs(
  plan: Plan,
  alternatives: readonly Alternative[],
  list: PriceList = priceList(regionOf(plan)),
  perGb: readonly PerGbPrice[] = pricesPerGb(regionOf(plan)),
): CostView {
  const stacks = plan.map(({ name, resources }): StackCosts => {
    const costsByPart = byPart(costsOf(resources, list.prices));
    return { name, byPart: costsByPart, total: total(costsByPart), unknown: unknownParts(costsByPart) };
  });
  const whatIf = whatIfs(plan, alternatives, list.prices);
  const nodePools = nodePoolCosts(plan, list.prices);
  const isWhole = [...stacks, ...whatIf].every(({ unknown }) => unknown.length === 0);
  return {
    notes: [
      ...list.notes,
      ...(isWhole ? [] : ["?: tools/costs/prices.json has no price for it; the sums do not include it."]),
      ...(nodePools.length === 0 ? [] : [NODES_COME_AND_GO]),
      ...(plan.some(({ settings }) => settings.dnsFirewall !== undefined) ? [DNS_FIREWALL_QUERIES] : []),
      ...(plan.some(({ settings }) => settings.role === "hub" && settings.inspection.enabled) ? [FIREWALL] : []),
      BY_USAGE,
    ],
    parts: COST_PARTS.filter((part) => stacks.some((stack) => stack.byPart[part] !== undefined)),
    stacks,
    total: sumInCents(stacks.map((stack) => stack.total)),
    whatIf,
    perGb,
    nodes: nodeCosts(plan, stacks, whatIf, list.prices),
    breakEven: breakEvens(plan, list, perGb),
    egress: egressComparisons(plan, list.prices, perGb),
    nodePools,
  };
}

function nodeCosts(plan: Plan, stacks: readonly StackCosts[], whatIf: readonly WhatIf[], prices: Prices): NodeCosts[] {
  return plan.flatMap(({ name, settings }) => {
    if (settings.role === "hub" || !settings.cluster) return [];
    const { nodeAutoscaling, nodeInstanceTypes } = settings;
    const [instanceType = ""] = nodeInstanceTypes;
    const added = whatIf.find(({ what, stack }) => what === "managed-nodes" && stack === name);
    const managedNodes = ofManagedNodes(added?.byPart ?? stacks.find((stack) => stack.name === name)?.byPart ?? {});
    const feeHour = autoModeFeeHour(instanceType, prices);
    const feeMonth = feeHour === null ? null : sumInCents([feeHour * HOURS_PER_MONTH]);
    const instances = managedNodes === null || !feeMonth ? null : Math.floor(managedNodes / feeMonth);
    return { name, nodeAutoscaling, managedNodes, instanceType, feeHour, feeMonth, instances };
  });
}

function ofManagedNodes({ nodes = null, "EBS volumes": volumes = null }: CostByPart): number | null {
  return nodes === null || volumes === null ? null : sumInCents([nodes, volumes]);
}

function nodePoolCosts(plan: Plan, prices: Prices): NodePoolCosts[] {
  return platforms(plan).flatMap(({ spoke, nodePools }) =>
    nodePools.map((pool) => {
      const vcpus = pool.limits.cpu === undefined ? null : Number(pool.limits.cpu);
      const example = exampleInstance(pool, prices, pool.isAutoMode ? AUTO_MODE_FEE.share : 0) ?? null;
      const atLimit = vcpus === null || example === null ? null : costAtLimit(example, vcpus);
      return { spoke, pool: pool.name, vcpus, example, atLimit };
    }),
  );
}

/** Of the endpoints of the hub, and of the spokes with a zonal NAT gateway and more than one AZ. */
function breakEvens(plan: Plan, { prices }: PriceList, perGb: readonly PerGbPrice[]): BreakEven[] {
  return plan.flatMap(({ name, resources }) => {
    if (name === HUB) return endpointBreakEvens(resources, prices, perGb);
    const azs = azCount(resources);
    const hasNat = resources.some(
      ({ type, inputs }) => type === "aws:ec2/natGateway:NatGateway" && inputs["subnetId"] !== undefined,
    );
    return hasNat && azs > 1 ? [natBreakEven(name, azs, prices, perGb)] : [];
  });
}

function azCount(resources: Plan[number]["resources"]): number {
  const subnets = resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
  return new Set(subnets.map(({ inputs }) => inputs["availabilityZone"])).size;
}

function regionOf(plan: Plan): string {
  return plan[0]?.settings.region ?? "";
}

/** How the monthly cost of the stacks changes, before traffic. */
export interface CostChanges {
  /** Every stack of either side. */
  readonly stacks: readonly CostChange[];
  /** Sums of the stacks. */
  readonly total: CostDifference;
}

interface CostChange extends CostDifference {
  readonly name: string;
}

/** US dollars a month, in whole cents. */
interface CostDifference {
  readonly before: number;
  readonly after: number;
  /** Null: a part of it has no price. */
  readonly difference: number | null;
}

type Costs = Pick<StackCosts, "name" | "total" | "unknown">;

/** @param before costs of the stacks as they are configured @param after costs of the stacks with the change */
export function costChanges(before: readonly Costs[], after: readonly Costs[]): CostChanges {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  return withTotal(names.map((name) => ({ name, ...between(named(before, name), named(after, name)) })));
}

function between(before: Costs, after: Costs): CostDifference {
  const isKnown = before.unknown.length === 0 && after.unknown.length === 0;
  const difference = isKnown ? sumInCents([after.total, -before.total]) : null;
  return { before: before.total, after: after.total, difference };
}

/** An absent stack costs nothing. */
function named(all: readonly Costs[], name: string): Costs {
  return all.find((each) => each.name === name) ?? { name, total: 0, unknown: [] };
}

/** Some changes, and their sums. */
export function withTotal(stacks: readonly CostChange[]): CostChanges {
  const isKnown = stacks.every(({ difference }) => difference !== null);
  const sumOf = (of: (change: CostChange) => number): number => sumInCents(stacks.map(of));
  return {
    stacks,
    total: {
      before: sumOf((each) => each.before),
      after: sumOf((each) => each.after),
      difference: isKnown ? sumOf((each) => each.difference ?? 0) : null,
    },
  };
}

/** What one addition to a stack adds to its monthly cost, before traffic. */
export interface WhatIf {
  readonly what: WhatIfName;
  /** A stack of the plan, or the spoke that would join. */
  readonly stack: string;
  /** By part, where it differs; null: no price is known. */
  readonly byPart: CostByPart;
  /** Sum of the parts with a price, US dollars; 0 where it is already enabled, null where it is refused. */
  readonly monthly: number | null;
  /** Parts that have no price and are not in the sum. */
  readonly unknown: readonly CostPart[];
  /** `already enabled`, or the reason of a refusal; null where it adds something. */
  readonly note: string | null;
}

const ALREADY = "already enabled";

/** What the alternatives add; one more spoke counts as the hub's. */
function whatIfs(plan: Plan, alternatives: readonly Alternative[], prices: Prices): WhatIf[] {
  const names = plan.map(({ name }) => name);
  return alternatives
    .filter(({ what, stack }) => names.includes(what === "one-more-spoke" ? HUB : stack))
    .map(({ what, stack, outcome }) => {
      const nothing = { what, stack, byPart: {}, unknown: [] };
      if ("already" in outcome) return { ...nothing, monthly: 0, note: ALREADY };
      if ("refused" in outcome) return { ...nothing, monthly: null, note: outcome.refused };
      const added = costDifference(costsOf(outcome.before, prices), costsOf(outcome.after, prices));
      return { what, stack, byPart: added, monthly: total(added), unknown: unknownParts(added), note: null };
    });
}

const TITLES: Readonly<Record<WhatIfName, string>> = {
  "one-nat-per-az": "one NAT gateway per AZ",
  "third-zone": "a third AZ",
  "managed-nodes": "managed nodes for Karpenter",
  "one-more-spoke": "one more spoke",
};

/** An addition, with what it adds to each stack. */
interface WhatIfRow {
  readonly title: string;
  /** By stack: what it adds, `already enabled` or `refused`. */
  readonly cells: Readonly<Record<string, string>>;
  /** Sum of all stacks; empty where it adds to none. */
  readonly all: string;
}

export function whatIfRows(all: readonly WhatIf[]): WhatIfRow[] {
  return WHAT_IFS.flatMap((what) => {
    const ofIt = all.filter((each) => each.what === what);
    if (ofIt.length === 0) return [];
    const adding = ofIt.filter(({ note }) => note === null);
    return {
      title: TITLES[what],
      cells: Object.fromEntries(ofIt.map((each) => [each.stack, cell(each)])),
      all: adding.length === 0 ? "" : added(adding),
    };
  });
}

function cell(each: WhatIf): string {
  if (each.monthly === null) return "refused";
  return each.note ?? added([each]);
}

function added(some: readonly WhatIf[]): string {
  const amounts = some.flatMap(({ byPart }) => Object.values(byPart));
  return amounts.length === 0 ? "$0.00" : sum(amounts);
}

/** Sentences about the spokes that would join and about refused additions; stacks with the same reason share one. */
export function explanations(all: readonly WhatIf[]): string[] {
  const spokes = joining(all).map((name) => `${name} is a spoke with the defaults of Pulumi.yaml.`);
  const refusals = all
    .filter(({ monthly }) => monthly === null)
    .map(({ what, stack, note }) => ({ stack, text: `${TITLES[what]} is refused: ${note ?? ""}` }));
  const groups = groupsOf(refusals, ({ text }) => text);
  return [...spokes, ...groups.map((group) => `${listed(group.map(({ stack }) => stack))}: ${group[0].text}.`)];
}

/** Spokes that would join; tables show them after the stacks. */
export function joining(all: readonly WhatIf[]): string[] {
  return all.filter(({ what, stack }) => what === "one-more-spoke" && stack !== HUB).map(({ stack }) => stack);
}
