import { COST_PARTS, costsOf, total, type CostPart } from "../../costs/costs";
import { priceList } from "../../costs/price-list";
import type { Plan } from "../plan";

/** What each stack costs a month at rest. */
export interface CostView {
  /** Which prices these are, and what they leave out: sentences. */
  readonly notes: readonly string[];
  /** Parts that some stack pays for, in a fixed order. */
  readonly parts: readonly CostPart[];
  readonly stacks: readonly StackCosts[];
  readonly total: number;
}

export interface StackCosts {
  readonly name: string;
  /** Cost a month by part; null: no price is known. */
  readonly byPart: Readonly<Partial<Record<CostPart, number | null>>>;
  readonly total: number;
}

/** Costs of all stacks, at the prices of their region. */
export function costs(plan: Plan): CostView {
  const { prices, notes } = priceList(plan[0]?.settings.region ?? "");
  const stacks = plan.map(({ name, resources }): StackCosts => {
    const items = costsOf(resources, prices);
    return {
      name,
      byPart: Object.fromEntries(items.map(({ part, monthly }) => [part, monthly])),
      total: total(items),
    };
  });
  return {
    notes: [...notes, "Traffic, queries, logs and images are paid for by use, and not in it."],
    parts: COST_PARTS.filter((part) => stacks.some(({ byPart }) => byPart[part] !== undefined)),
    stacks,
    total: stacks.reduce((sum, stack) => sum + stack.total, 0),
  };
}

/** `1,234`; an empty text for nothing, and a question mark for what has no price. */
export function amount(monthly: number | null | undefined): string {
  if (monthly === undefined) return "";
  return monthly === null ? "?" : monthly.toLocaleString("en", { maximumFractionDigits: 0 });
}
