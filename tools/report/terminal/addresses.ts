import { MAX_ZONES } from "../../../components/address-plan";
import type { Plan } from "../../planner/plan";
import { addressTable, TIERS, type AddressRow, type AddressTable } from "../view/addresses";
import { networks } from "../view/networks";
import { grouped, percentage } from "../../io/words";
import { aligned, fitted, prose, section, table, type Column, type Screen } from "./lines";

const NUMBERS = Array.from({ length: MAX_ZONES }, (_, index) => index + 1);

/** Ordinals of the AZs that a network can have. */
const ORDINALS = ["first", "second", "third"] as const;

/** Each network by tier and AZ, with what is reserved for later AZs in brackets, and what is free. */
export function addressesSection(plan: Plan, screen: Screen): string[] {
  const inner = { ...screen, width: screen.width - 2 };
  const parts = networks(plan)
    .map(addressTable)
    .flatMap((each) => [
      ...fitted([`${screen.paint("bold", each.network)}  ${each.cidr}  ${summary(each)}`], inner),
      ...table(
        columns(each),
        TIERS.map((tier) => tierRow(each, tier)),
        screen.paint,
        inner.width,
      ),
      ...fitted(freeLines(each), inner),
      "",
    ]);
  const legend = "(CIDR): reserved for an AZ that is not in use. AWS reserves 5 addresses of each subnet.";
  return section(
    "Addresses",
    [...parts, ...prose(legend, inner).map((line) => screen.paint("dim", line))],
    screen.paint,
  );
}

function summary({ total, used, later }: AddressTable): string {
  const shares = [
    `${percentage(used / total)} in subnets`,
    ...(later === 0 ? [] : [`${percentage(later / total)} reserved for later AZs`]),
    `${percentage((total - used - later) / total)} free`,
  ];
  return shares.join(", ");
}

function columns({ rows }: AddressTable): Column[] {
  const zones = NUMBERS.map((number) => rowOf(rows, "private", number)?.zone ?? "");
  return [
    { title: "Tier" },
    ...zones.map((zone, index) => ({ title: zone === "" ? `(${ORDINALS[index] ?? "next"} AZ)` : zone })),
    { title: "usable each", align: "right" },
    { title: "share", align: "right" },
  ];
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
      `addresses, largest CIDR ${largest}`,
    ]),
    [{}, {}, { align: "right" }, {}],
  );
}

function rowOf(rows: readonly AddressRow[], tier: string, number: number): AddressRow | undefined {
  return rows.find((row) => row.tier === tier && row.number === number);
}
