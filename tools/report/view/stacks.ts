import type { Plan } from "../../planner/plan";
import type { CostView } from "./costs";
import { networks } from "./networks";

/** One stack in the overview. */
export interface StackRow {
  readonly name: string;
  readonly cidr: string;
  readonly account: string;
  /** Number of Availability Zones. */
  readonly azs: number;
  readonly natGateways: number;
  /** AWS resources, without Pulumi's components and providers. */
  readonly resources: number;
  /** US dollars a month before traffic, as far as prices are known. */
  readonly monthly: number;
  /** Parts of the cost that have no price. */
  readonly unknown: readonly string[];
}

/** Sums of the rows that are shown. */
export type StackTotal = Pick<StackRow, "natGateways" | "resources" | "monthly" | "unknown">;

/** A row for each stack of a plan, in its order. @param costs of these stacks, or of more */
export function stackRows(plan: Plan, { stacks }: Pick<CostView, "stacks">): StackRow[] {
  return networks(plan).map(({ name, cidr, account, zones, natGateways, resources }) => {
    const { total = 0, unknown = [] } = stacks.find((stack) => stack.name === name) ?? {};
    const counts = { azs: zones.length, natGateways: natGateways.length, resources };
    return { name, cidr, account, ...counts, monthly: total, unknown };
  });
}

export function stackTotal(rows: readonly StackRow[]): StackTotal {
  const sum = (of: (row: StackRow) => number): number => rows.reduce((all, row) => all + of(row), 0);
  return {
    natGateways: sum(({ natGateways }) => natGateways),
    resources: sum(({ resources }) => resources),
    monthly: sum(({ monthly }) => monthly),
    unknown: rows.flatMap(({ unknown }) => unknown),
  };
}
