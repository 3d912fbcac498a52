import type { Plan } from "../../planner/plan";
import { difference, withUnknown } from "../view/amounts";
import type { CostChanges } from "../view/cost-changes";
import type { CostView } from "../view/costs";
import { stackRows, stackTotal, type StackRow, type StackTotal } from "../view/stacks";
import { counted, grouped } from "../view/words";
import { table, type Column } from "./lines";
import type { Screen } from "./screen";

const COLUMNS: readonly Column[] = [
  { title: "Stack" },
  { title: "CIDR" },
  { title: "Account" },
  { title: "AZs", align: "right" },
  { title: "NAT gateways", align: "right" },
  { title: "AWS resources", align: "right" },
  { title: "$/month", align: "right" },
];

const CHANGE: Column = { title: "change", align: "right" };

/**
 * A row for each stack that is shown, and their sum.
 *
 * @param part the stacks that are shown @param all number of stacks of the plan
 * @param changes to the costs of these stacks, as a further column; undefined: there is none
 */
export function stacksSection(
  part: Plan,
  all: number,
  costs: Pick<CostView, "stacks">,
  changes: CostChanges | undefined,
  { paint, width }: Screen,
): string[] {
  const rows = stackRows(part, costs);
  const changeOf = (name: string): number | null =>
    changes?.stacks.find((stack) => stack.name === name)?.difference ?? null;
  const total = stackTotal(rows);
  const shown = rows.length === all ? counted(all, "stack") : `${grouped(rows.length)} of ${counted(all, "stack")}`;
  const lines = [
    ...rows.map((row) => [...cellsOf(row), difference(changeOf(row.name))]),
    [shown, "", "", "", ...sumsOf(total), difference(changes?.total.difference ?? null)],
  ];
  const columns = changes === undefined ? COLUMNS : [...COLUMNS, CHANGE];
  return ["", ...table(columns, rows.length === 1 ? lines.slice(0, 1) : lines, paint, width)];
}

function cellsOf(row: StackRow): string[] {
  return [row.name, row.cidr, row.account, String(row.azs), ...sumsOf(row)];
}

function sumsOf({ natGateways, resources, monthly, unknown }: StackTotal): string[] {
  return [natGateways === 0 ? "none" : grouped(natGateways), grouped(resources), withUnknown(monthly, unknown)];
}
