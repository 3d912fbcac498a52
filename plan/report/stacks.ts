import type { Plan } from "../plan";
import { networks } from "../view/networks";
import { grouped } from "../view/words";
import { section, table, type Column } from "./lines";
import type { Paint } from "./paint";

const COLUMNS: readonly Column[] = [
  { title: "Stack" },
  { title: "Block" },
  { title: "Account" },
  { title: "Zones", align: "right" },
  { title: "NAT gateways", align: "right" },
  { title: "AWS resources", align: "right" },
];

/** A line for each stack. */
export function stacksSection(plan: Plan, paint: Paint): string[] {
  const rows = networks(plan).map(({ name, cidr, account, zones, natGateways, resources }) => [
    name,
    cidr,
    account,
    String(zones.length),
    natGateways.length === 0 ? "none" : String(natGateways.length),
    grouped(resources),
  ]);
  return section("Stacks", table(COLUMNS, rows, paint), paint);
}
