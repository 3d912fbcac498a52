import { sumInCents } from "../../costs/costs";
import type { StackCosts } from "./costs";

/** How the monthly cost of the stacks changes, before traffic. */
export interface CostChanges {
  /** Every stack of either side. */
  readonly stacks: readonly CostChange[];
  /** Sums of the stacks. */
  readonly total: CostDifference;
}

export interface CostChange extends CostDifference {
  readonly name: string;
}

/** US dollars a month, in whole cents. */
export interface CostDifference {
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

/** Some changes, and their sums. */
export function withTotal(stacks: readonly CostChange[]): CostChanges {
  const isKnown = stacks.every(({ difference }) => difference !== null);
  const sum = (of: (change: CostChange) => number): number => sumInCents(stacks.map(of));
  return {
    stacks,
    total: {
      before: sum((each) => each.before),
      after: sum((each) => each.after),
      difference: isKnown ? sum((each) => each.difference ?? 0) : null,
    },
  };
}

function between(before: Costs, after: Costs): CostDifference {
  const isKnown = before.unknown.length === 0 && after.unknown.length === 0;
  const difference = isKnown ? sumInCents([after.total, -before.total]) : null;
  return { before: before.total, after: after.total, difference };
}

/** A stack that is not there costs nothing. */
function named(all: readonly Costs[], name: string): Costs {
  return all.find((each) => each.name === name) ?? { name, total: 0, unknown: [] };
}
