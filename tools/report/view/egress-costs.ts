import { HUB } from "../../../components/settings/networks";
import { type Cheapest, cheapestPaths, type EgressCost, egressCosts } from "../../costs/egress";
import type { PerGbPrice, Prices } from "../../costs/price-list";
import { amount, counted, grouped, namesShortened, unitPrice } from "../../io/words";
import type { Plan } from "../../planner/plan";
import type { Section } from "./section";

/** What each path to the internet costs spokes with the same number of AZs. */
export interface EgressComparison {
  readonly spokes: readonly string[];
  /** Number of all spokes, which would share the cost in the hub. */
  readonly sharing: number;
  readonly costs: readonly EgressCost[];
  /** The paths that cost least, by rising traffic of a spoke. */
  readonly cheapest: readonly Cheapest[];
}

/** A comparison for each number of AZs that spokes have; none without a hub in the plan. */
export function egressComparisons(plan: Plan, prices: Prices, perGb: readonly PerGbPrice[]): EgressComparison[] {
  const hub = plan.find(({ name }) => name === HUB)?.settings;
  const spokes = plan.filter(({ settings }) => settings.role === "spoke");
  if (hub?.role !== "hub" || spokes.length === 0) return [];
  const counts = [...new Set(spokes.map(({ settings }) => settings.zones.length))].sort((a, b) => a - b);
  return counts.map((azs) => {
    const shape = { azs, hubAzs: hub.zones.length, sharedEndpoints: hub.sharedEndpoints };
    const costs = egressCosts(shape, prices, perGb);
    const sharing = hub.spokes.length;
    return {
      spokes: spokes.filter(({ settings }) => settings.zones.length === azs).map(({ name }) => name),
      ...{ sharing, costs, cheapest: cheapestPaths(costs, sharing) },
    };
  });
}

/** The comparisons of some stacks as a table, with the traffic from which each path costs least. */
export function egressSection(all: readonly EgressComparison[], shown: readonly string[]): Section[] {
  const found = all.flatMap((each) => {
    const spokes = each.spokes.filter((name) => shown.includes(name));
    return spokes.length === 0 ? [] : [{ ...each, spokes }];
  });
  if (found.length === 0) return [];
  return [
    {
      id: "egress",
      title: "Paths to the internet",
      note: "What each value of egress costs, whatever is configured.",
      table: {
        columns: [
          ...["Spoke", "egress"].map((title) => ({ title })),
          ...["$/month", "$/month in the hub", "$/GB"].map((title) => ({ title, align: "right" as const })),
        ],
        rows: found.flatMap(({ spokes, costs }) =>
          costs.map(({ path, monthly, inHub, perGb }) => [
            namesShortened(spokes),
            { words: path },
            ...[amount(monthly), amount(inHub)].map((words) => ({ words })),
            { words: path === "none" ? "" : perGb === null ? "?" : unitPrice(Math.round(perGb * 1e4) / 1e4) },
          ]),
        ),
      },
      notes: [
        ...found.flatMap(cheapestInWords),
        "zonal: nodes are taken to be spread evenly, so that traffic of all AZs but one is billed between AZs too. hub: the " +
          "spokes share the cost in the hub. none: the interface endpoints that nodes call and that the hub does not have.",
      ],
    },
  ];
}

/** `dev: with 3 spokes, a single zonal NAT gateway costs least; one NAT gateway per AZ does from 4,672 GB ...` */
function cheapestInWords({ spokes, sharing, cheapest }: EgressComparison): string[] {
  const [first, ...others] = cheapest;
  if (first === undefined) return [];
  const later = others.map(
    ({ path, fromGb }) => `${IN_WORDS[path]} does from ${grouped(fromGb)} GB a month of a spoke`,
  );
  return [
    `${namesShortened(spokes)}: with ${counted(sharing, "spoke")}, ${[`${IN_WORDS[first.path]} costs least`, ...later].join("; ")}.`,
  ];
}

/** Paths in a sentence; a regional NAT gateway costs as much as one per AZ. */
const IN_WORDS: Readonly<Record<Cheapest["path"], string>> = {
  zonal: "a single zonal NAT gateway",
  "zonal, one per AZ": "one NAT gateway per AZ (zonal or regional)",
  regional: "a regional NAT gateway",
  hub: "egress through the hub",
  none: "no path",
};
