import { MAX_ZONES } from "../../components/address-plan";
import type { Plan } from "../plan";
import { addressTable, TIERS, type AddressRow, type AddressTable } from "../view/addresses";
import { networks } from "../view/networks";
import { grouped, percentage } from "../view/words";
import { aligned, section, type Column } from "./lines";
import type { Paint } from "./paint";

const NUMBERS = Array.from({ length: MAX_ZONES }, (_, index) => index + 1);

/** Tier, a block in each zone, addresses, share. */
const COLUMNS: readonly Pick<Column, "align">[] = [
  {},
  ...NUMBERS.map(() => ({})),
  { align: "right" },
  { align: "right" },
];

/** Each network by tier and zone, with what is kept for later zones in brackets, and what is free. */
export function addressesSection(plan: Plan, paint: Paint): string[] {
  const tables = networks(plan).map(addressTable);
  const blocks = tables.map((each) => [zonesRow(each), ...TIERS.map((tier) => tierRow(each, tier))]);
  const lines = aligned(blocks.flat(), COLUMNS);
  const parts = tables.flatMap((each, index) => {
    const [zones = "", ...tiers] = lines.slice(index * (TIERS.length + 1), (index + 1) * (TIERS.length + 1));
    return [
      `${paint("bold", each.network)}  ${each.cidr}  ${summary(each)}`,
      paint("dim", zones),
      ...tiers,
      ...freeLines(each),
      "",
    ];
  });
  const legend = "(block): kept for a zone that is not in use. AWS keeps 5 addresses of each subnet for itself.";
  return section("Addresses", [...parts, paint("dim", legend)], paint);
}

function summary({ total, used, later }: AddressTable): string {
  const shares = [
    `${percentage(used / total)} in subnets`,
    ...(later === 0 ? [] : [`${percentage(later / total)} kept for later zones`]),
    `${percentage((total - used - later) / total)} free`,
  ];
  return shares.join(", ");
}

function zonesRow({ rows }: AddressTable): string[] {
  const zones = NUMBERS.map((number) => rowOf(rows, "private", number)?.zone ?? "");
  return ["", ...zones.map((zone, index) => zone || `(zone ${String(index + 1)})`), "usable each", "share"];
}

function tierRow({ rows, total }: AddressTable, tier: string): string[] {
  const slots = NUMBERS.map((number) => rowOf(rows, tier, number));
  const used = slots.reduce((sum, slot) => sum + (slot?.kind === "subnet" ? slot.size : 0), 0);
  const cells = slots.map((slot) => (slot?.kind === "later zone" ? `(${slot.range})` : (slot?.range ?? "")));
  return [tier, ...cells, grouped(slots[0]?.usable ?? 0), percentage(used / total)];
}

function freeLines({ rows }: AddressTable): string[] {
  const free = rows.filter(({ kind }) => kind === "free");
  return aligned(
    free.map(({ range, size, largest }, index) => [
      (index === 0 ? "free" : "").padEnd("private".length),
      range,
      grouped(size),
      `addresses, largest block ${largest}`,
    ]),
    [{}, {}, { align: "right" }, {}],
  );
}

function rowOf(rows: readonly AddressRow[], tier: string, number: number): AddressRow | undefined {
  return rows.find(({ use }) => use === `${tier} ${String(number)}`);
}
