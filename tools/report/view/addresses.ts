import { Address4 } from "ip-address";
import { addressPlan, egressBlocks, freeBlocks, MAX_ZONES, usableAddresses } from "../../../components/address-plan";
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
  /** Of a subnet or slot. */
  readonly tier: string | undefined;
  /** Number of its AZ, from 1; 0 of free space. */
  readonly number: number;
  /** `private 1`, or `free`. */
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

/** Kinds of subnets; only a hub with NAT gateways has egress subnets. */
const TIERS = ["private", "public", "transit", "egress"] as const;

/** The kinds of subnets that a network has or has room for. */
export function tiersOf({ rows }: AddressTable): string[] {
  return TIERS.filter((each) => rows.some(({ tier }) => tier === each));
}

/** Subnets as planned, the slots of AZs that are not in use, and the space that no tier takes. */
export function addressTable({ name, cidr, zones, subnets }: NetworkView): AddressTable {
  const inUse = new Set(subnets.map((subnet) => subnet.cidr));
  const plan = addressPlan(cidr, [...zones, ...Array<string>(MAX_ZONES - zones.length).fill("")]);
  const hasEgress = subnets.some(({ tier }) => tier === "egress");
  const slots = { ...plan, egress: hasEgress ? egressBlocks(plan) : [] };
  const block = (kind: AddressRow["kind"], range: string, tier?: string, number = 0, zone = ""): AddressRow => ({
    ...{ kind, tier, number, range, zone, size: size(range), largest: range },
    use: tier === undefined ? kind : `${tier} ${String(number)}`,
    usable: kind === "free" ? 0 : usableAddresses(range),
    offset: Number(new Address4(range).bigInt() - new Address4(cidr).bigInt()),
  });
  const rows = [
    ...subnets.map((subnet) => block("subnet", subnet.cidr, subnet.tier, subnet.number, subnet.zone)),
    ...TIERS.flatMap((tier) =>
      slots[tier].flatMap((slot, index) =>
        inUse.has(slot.cidr) ? [] : block("later zone", slot.cidr, tier, index + 1),
      ),
    ),
    ...merged(freeBlocks(cidr, hasEgress).map((free) => block("free", free))),
  ].sort((a, b) => a.offset - b.offset);
  const used = subnets.reduce((sum, subnet) => sum + size(subnet.cidr), 0);
  const later = rows.reduce((sum, row) => sum + (row.kind === "later zone" ? row.size : 0), 0);
  return { network: name, cidr, total: size(cidr), used, later, rows };
}

/** One row for CIDRs that follow one another without a gap. */
function merged(blocks: readonly AddressRow[]): AddressRow[] {
  return blocks.reduce<AddressRow[]>((rows, block) => {
    const last = rows.at(-1);
    if (last === undefined || last.offset + last.size !== block.offset) return [...rows, block];
    const [start = ""] = last.range.split(/[ /]/);
    const range = `${start} - ${new Address4(block.range).endAddress().correctForm()}`;
    const largest = size(last.largest) < block.size ? block.range : last.largest;
    return [...rows.slice(0, -1), { ...last, range, size: last.size + block.size, largest }];
  }, []);
}

function size(cidr: string): number {
  return 2 ** (32 - new Address4(cidr).subnetMask);
}
