import { byPart, sumInCents, total, unknownParts, type CostByPart } from "../../costs/by-part";
import { COST_PARTS, costsOf, type CostPart } from "../../costs/costs";
import { priceList, type PriceList } from "../../costs/price-list";
import type { Plan } from "../plan";
import type { Alternative } from "../what-if";
import { whatIfs, type WhatIf } from "./what-if";

/** Costs that depend on use, so that no plan can sum them. Prices: Amazon CloudWatch Pricing, "Vended Logs". */
const PAID_BY_USE: readonly string[] = [
  "Traffic, DNS queries and images are paid for by use, and not in it.",
  "Nor are logs: flow and query logs cost by the GB delivered to S3, control-plane logs by the GB that CloudWatch ingests.",
];

/** What each stack costs a month at rest, and what would add to it. */
export interface CostView {
  /** Which prices these are, and what they leave out: sentences. */
  readonly notes: readonly string[];
  /** Parts that some stack pays for, in a fixed order. */
  readonly parts: readonly CostPart[];
  readonly stacks: readonly StackCosts[];
  /** Sum of the stacks'. */
  readonly total: number;
  readonly whatIf: readonly WhatIf[];
}

export interface StackCosts {
  readonly name: string;
  /** Cost a month by part; null: no price is known. */
  readonly byPart: CostByPart;
  /** Sum of what has a price. */
  readonly total: number;
  /** Parts that the total is without. */
  readonly unknown: readonly CostPart[];
}

/**
 * Costs of the stacks of a plan.
 *
 * @param alternatives what may be added to these stacks or to others, which are left out
 * @param list defaults to the prices of their region
 */
export function costs(
  plan: Plan,
  alternatives: readonly Alternative[],
  list: PriceList = priceList(plan[0]?.settings.region ?? ""),
): CostView {
  const stacks = plan.map(({ name, resources }): StackCosts => {
    const costsByPart = byPart(costsOf(resources, list.prices));
    return { name, byPart: costsByPart, total: total(costsByPart), unknown: unknownParts(costsByPart) };
  });
  const whatIf = whatIfs(plan, alternatives, list.prices);
  const isWhole = [...stacks, ...whatIf].every(({ unknown }) => unknown.length === 0);
  return {
    notes: [
      ...list.notes,
      ...(isWhole ? [] : ["?: costs/prices.json has no price for it, and the sums are without it."]),
      ...PAID_BY_USE,
    ],
    parts: COST_PARTS.filter((part) => stacks.some((stack) => stack.byPart[part] !== undefined)),
    stacks,
    total: sumInCents(stacks.map((stack) => stack.total)),
    whatIf,
  };
}
