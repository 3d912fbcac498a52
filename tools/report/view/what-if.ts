import { costDifference, costsOf, total, unknownParts, type CostByPart, type CostPart } from "../../costs/costs";
import type { Prices } from "../../costs/price-list";
import { HUB } from "../../../components/settings/networks";
import type { Plan } from "../../planner/plan";
import { WHAT_IFS, type Alternative, type WhatIfName } from "../../planner/what-if";
import { groupsOf, listed, sum } from "../../io/words";

/** What one addition to a stack adds to its monthly cost, before traffic. */
export interface WhatIf {
  readonly what: WhatIfName;
  /** A stack of the plan, or the spoke that would join. */
  readonly stack: string;
  /** By part, where it differs; null: no price is known. */
  readonly byPart: CostByPart;
  /** Sum of what has a price, US dollars; 0 where it is already enabled, null where the stack refuses it. */
  readonly monthly: number | null;
  /** Parts that have no price and are not in the sum. */
  readonly unknown: readonly CostPart[];
  /** That it is already enabled, or why it is refused; null where it adds something. */
  readonly note: string | null;
}

const TITLES: Readonly<Record<WhatIfName, string>> = {
  "one-nat-per-az": "one NAT gateway per AZ",
  "third-zone": "a third AZ",
  "one-more-spoke": "one more spoke",
};

const ALREADY = "already enabled";

/** What the alternatives add; one more spoke counts as the hub's. */
export function whatIfs(plan: Plan, alternatives: readonly Alternative[], prices: Prices): WhatIf[] {
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

/** Spokes that would join: shown beside the stacks. */
export function joining(all: readonly WhatIf[]): string[] {
  return all.filter(({ what, stack }) => what === "one-more-spoke" && stack !== HUB).map(({ stack }) => stack);
}

/** Sentences: what the spokes that would join are, and why an addition is refused; stacks with the same reason share one. */
export function explanations(all: readonly WhatIf[]): string[] {
  const spokes = joining(all).map((name) => `${name} is a spoke with the defaults of Pulumi.yaml.`);
  const refusals = all
    .filter(({ monthly }) => monthly === null)
    .map(({ what, stack, note }) => ({ stack, text: `${TITLES[what]} is refused: ${note ?? ""}` }));
  const groups = groupsOf(refusals, ({ text }) => text);
  return [...spokes, ...groups.map((group) => `${listed(group.map(({ stack }) => stack))}: ${group[0].text}.`)];
}

function cell(each: WhatIf): string {
  if (each.monthly === null) return "refused";
  return each.note ?? added([each]);
}

function added(some: readonly WhatIf[]): string {
  const amounts = some.flatMap(({ byPart }) => Object.values(byPart));
  return amounts.length === 0 ? "$0.00" : sum(amounts);
}
