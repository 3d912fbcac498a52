import { Address4 } from "ip-address";
import { addressPlan, freeBlocks, MAX_ZONES, usableAddresses, type Tier } from "../../../components/address-plan";
import type { NetworkView } from "./networks";

/** The addresses of a network, from its first to its last. */
export interface AddressTable {
  readonly network: string;
  readonly cidr: string;
  readonly total: number;
  /** In subnets. */
  readonly used: number;
  /** In the slots of AZs that are not in use. */
  readonly later: number;
  readonly rows: readonly AddressRow[];
}

export interface AddressRow {
  /** A CIDR, or `FIRST - LAST` for free space that is more than one. */
  readonly range: string;
  /** `later zone`: the slot of an AZ that is not in use. */
  readonly kind: "subnet" | "later zone" | "free";
  /** Tier and number of a subnet or slot, `private 1`; of free space, `free`. */
  readonly use: string;
  /** AZ of a subnet, otherwise empty. */
  readonly zone: string;
  /** Addresses of the range. */
  readonly size: number;
  /** Addresses that instances can have; 0 in free space, which has no subnet. */
  readonly usable: number;
  /** The largest CIDR in it. */
  readonly largest: string;
  /** How many addresses of the network come before it. */
  readonly offset: number;
}

export const TIERS = ["private", "public", "transit"] as const satisfies readonly Tier[];

/** Subnets as planned, the slots of AZs that are not in use, and the space that no tier takes. */
export function addressTable({ name, cidr, zones, subnets }: NetworkView): AddressTable {
  const inUse = new Set(subnets.map((subnet) => subnet.cidr));
  const slots = addressPlan(cidr, [...zones, ...Array<string>(MAX_ZONES - zones.length).fill("")]);
  const block = (kind: AddressRow["kind"], use: string, range: string, zone = ""): AddressRow => ({
    ...{ kind, use, range, zone, size: size(range), usable: usableAddresses(range), largest: range },
    offset: Number(new Address4(range).bigInt() - new Address4(cidr).bigInt()),
  });
  const rows = [
    ...subnets.map((subnet) => block("subnet", `${subnet.tier} ${String(subnet.number)}`, subnet.cidr, subnet.zone)),
    ...TIERS.flatMap((tier) =>
      slots[tier].flatMap((slot, index) =>
        inUse.has(slot.cidr) ? [] : block("later zone", `${tier} ${String(index + 1)}`, slot.cidr),
      ),
    ),
    ...adjacent(freeBlocks(cidr).map((free) => ({ ...block("free", "free", free), usable: 0 }))).map(merged),
  ].sort((a, b) => a.offset - b.offset);
  const used = subnets.reduce((sum, subnet) => sum + size(subnet.cidr), 0);
  const later = rows.reduce((sum, row) => sum + (row.kind === "later zone" ? row.size : 0), 0);
  return { network: name, cidr, total: size(cidr), used, later, rows };
}

/** Runs of CIDRs that follow one another without a gap. */
function adjacent(blocks: readonly AddressRow[]): [AddressRow, ...AddressRow[]][] {
  const runs: [AddressRow, ...AddressRow[]][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (last !== undefined && last.offset + last.size === block.offset) run?.push(block);
    else runs.push([block]);
  }
  return runs;
}

/** One row for CIDRs that follow one another. */
function merged(blocks: readonly [AddressRow, ...AddressRow[]]): AddressRow {
  const [first] = blocks;
  const last = blocks.at(-1) ?? first;
  const lastAddress = new Address4(last.range).endAddress().correctForm();
  return {
    ...first,
    range: first === last ? first.range : `${new Address4(first.range).startAddress().correctForm()} - ${lastAddress}`,
    size: blocks.reduce((sum, block) => sum + block.size, 0),
    largest: blocks.reduce((best, block) => (block.size > best.size ? block : best)).range,
  };
}

function size(cidr: string): number {
  return 2 ** (32 - new Address4(cidr).subnetMask);
}
