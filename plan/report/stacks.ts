import type { Plan } from "../plan";
import { withUnknown } from "../view/amounts";
import type { CostView } from "../view/costs";
import { stackRows, stackTotal } from "../view/stacks";
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

/**
 * A row for each stack that is shown, and their sum.
 *
 * @param part the stacks that are shown @param all number of stacks of the plan
 */
export function stacksSection(part: Plan, all: number, costs: Pick<CostView, "stacks">, screen: Screen): string[] {
  const rows = stackRows(part, costs);
  const total = stackTotal(rows);
  const shown = rows.length === all ? counted(all, "stack") : `${grouped(rows.length)} of ${counted(all, "stack")}`;
  const lines = rows.map(({ name, cidr, account, azs, natGateways, resources, monthly, unknown }) => [
    ...[name, cidr, account, String(azs)],
    natGateways === 0 ? "none" : grouped(natGateways),
    grouped(resources),
    withUnknown(monthly, unknown),
  ]);
  const sums = [
    ...[shown, "", "", ""],
    total.natGateways === 0 ? "none" : grouped(total.natGateways),
    grouped(total.resources),
    withUnknown(total.monthly, total.unknown),
  ];
  return ["", ...table(COLUMNS, rows.length === 1 ? lines : [...lines, sums], screen.paint, screen.width)];
}
