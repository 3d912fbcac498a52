import { HUB } from "../../../components/settings/networks";
import { defaultQuotas, type QuotaReach, quotaReaches, smallestNetwork } from "../../checks/fits-default-quotas";
import type { AllStacks, StackResources } from "../../model/resource";
import { type PlannedResource, symbolicId } from "../../planner/engine/resource";
import { stacksOfPlan } from "../../planner/stacks";
import type { Plan } from "../../planner/plan";
import type { Alternative } from "../../planner/what-if";
import type { Section } from "./section";

/** An AWS default quota that grows with the spokes, and how many fit. */
export interface QuotaView {
  /** What AWS calls it. */
  readonly name: string;
  readonly stack: string;
  readonly used: number;
  readonly limit: number;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  /** What each spoke adds. */
  readonly perSpoke: number;
  /** Number of spokes that fit. */
  readonly spokes: number;
  /** Page of AWS's documentation that has the limit. */
  readonly source: string;
}

/**
 * The quotas that grow with the number of spokes, the tightest first.
 *
 * @param alternatives among them one more spoke, which shows what a spoke adds; without it there are none
 */
export function quotasMet(plan: Plan, alternatives: readonly Alternative[]): QuotaView[] {
  const now = stacksOfPlan(plan);
  const grown = withOneMore(now, alternatives);
  if (grown === undefined) return [];
  return quotaReaches(now, grown, defaultQuotas(now.addressSpace, smallestNetwork(now)))
    .map(view)
    .sort((a, b) => a.spokes - b.spokes);
}

/** How many spokes fit each quota that grows with them. */
export function quotasSection(quotas: readonly QuotaView[]): Section | undefined {
  if (quotas.length === 0) return undefined;
  return {
    id: "quotas",
    title: "Quotas that grow with the spokes",
    note: "AWS's default quotas that grow with the number of spokes, and the number of spokes that fits in each.",
    table: {
      caption: "Quotas, tightest first",
      columns: [
        { title: "AWS default quota" },
        { title: "stack" },
        ...["now", "limit", "per spoke", "spokes that fit"].map((title) => ({ title, align: "right" as const })),
        { title: "source", onPageOnly: true },
      ],
      rows: quotas.map(({ name, adjustable, stack, used, limit, perSpoke, spokes, source }) => [
        { words: adjustable ? `${name} *` : name },
        ...[stack, used, limit, perSpoke, spokes],
        { words: source },
      ]),
    },
    notes: quotas.some(({ adjustable }) => adjustable) ? ["* AWS increases it on request"] : [],
  };
}

function withOneMore(now: AllStacks, alternatives: readonly Alternative[]): AllStacks | undefined {
  const grown = alternatives.flatMap(({ what, stack, outcome }) =>
    what === "one-more-spoke" && "after" in outcome ? [asStack(stack, outcome.after)] : [],
  );
  const [hub, added, ...more] = [...grown].sort((a, b) => Number(b.isHub) - Number(a.isHub));
  if (hub?.isHub !== true || added === undefined || more.length > 0) return undefined;
  return { ...now, stacks: [hub, ...now.stacks.filter(({ isHub }) => !isHub), added] };
}

function asStack(name: string, resources: readonly PlannedResource[]): StackResources {
  return {
    name,
    isHub: name === HUB,
    resources: resources.map((resource) => ({ ...resource, id: symbolicId(resource) })),
  };
}

function view({ quota, stack, used, perSpoke, spokes }: QuotaReach): QuotaView {
  const { name, limit, isAdjustable, source } = quota;
  return { ...{ name, stack, used, limit, perSpoke, spokes, source }, adjustable: isAdjustable };
}
