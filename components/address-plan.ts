import { Address4 } from "ip-address";

/**
 * Fixed slots of the tiers. Every VPC is divided into sixteenths, counted from 0. A tier begins at sixteenth `at`: the first
 * AZ takes the first block there, each further AZ the next one. `prefix` is the prefix length of a block, which depends on
 * that of the VPC.
 */
const TIERS = {
  /** Workers, interface endpoints, the inbound resolver: a quarter of the VPC each. */
  private: { at: 0, prefix: (vpc: number) => vpc + 2 },
  /**
   * NAT gateways and load balancers: 1/256 of the VPC, and at least a /27, which a load balancer requires (Elastic Load
   * Balancing, "Application Load Balancers", section "Subnets for your load balancer").
   */
  public: { at: 12, prefix: (vpc: number) => Math.min(vpc + 8, 27) },
  /**
   * Transit gateway attachments and nothing else (Amazon VPC Transit Gateways, "Design best practices"). A /28 is the
   * smallest subnet (Amazon VPC, "Subnet CIDR blocks").
   */
  transit: { at: 13, prefix: () => 28 },
} as const;

export type Tier = keyof typeof TIERS;

/** The egress subnets of a hub with NAT gateways of its own, in the same form. No other network has them. */
const EGRESS: Slots = { at: 14, prefix: () => 28 };

/** Number of parts that the beginnings of the tiers are counted in. */
const PARTS = 16;

/** Largest number of AZs: three of the four quarters are private, the fourth contains the small tiers. */
export const MAX_ZONES = 3;

/**
 * Prefix lengths of a VPC. A /16 is the largest that AWS allows (Amazon VPC, "VPC CIDR blocks"). In a /22, three public
 * subnets of the smallest size would not fit before the transit subnets.
 */
export const VPC_PREFIXES = { largest: 16, smallest: 21 } as const;

/** AWS reserves the first four addresses and the last one of a subnet (Amazon VPC, "Subnet sizing"). */
const RESERVED_IN_SUBNET = 5;

export interface ZoneBlock {
  /** Name of the Availability Zone. */
  readonly zone: string;
  /** IPv4 CIDR of the subnet. */
  readonly cidr: string;
}

/** The CIDR of the VPC, and one CIDR per tier and AZ, in AZ order. */
export type AddressPlan = { readonly cidr: string } & Readonly<Record<Tier, readonly ZoneBlock[]>>;

/**
 * Divides a VPC into subnets. A /16 looks like this:
 *
 * ```
 * x.y.0.0            .64.0              .128.0             .192.0             .255.255
 * ├── private 1 /18 ─┼── private 2 /18 ─┼── private 3 /18 ─┼── small tiers ───┤
 *
 * .192.0       .193.0       .194.0       .195.0       .208.0
 * ├ public 1 ──┼ public 2 ──┼ public 3 ──┼ free ──────┤                          /24 each
 *
 * .208.0       .208.16      .208.32      .208.48      .255.255
 * ├ transit 1 ─┼ transit 2 ─┼ transit 3 ─┼ free ──────┤                          /28 each
 * ```
 *
 * A smaller VPC has the same proportions, but its public subnets never get smaller than a /27, nor its transit subnets
 * than a /28. No offset depends on the number of AZs, so an additional AZ adds CIDRs and moves none.
 *
 * @param cidr IPv4 CIDR of the VPC, a /16 to /21
 * @param zones Availability Zones in use, in order; at most {@link MAX_ZONES}
 * @throws RangeError for a CIDR of another size or with host bits, and for more AZs than slots
 */
export function addressPlan(cidr: string, zones: readonly string[]): AddressPlan {
  const vpc = vpcBlock(cidr);
  if (zones.length > MAX_ZONES) {
    throw new RangeError(
      `the address plan has slots for ${MAX_ZONES} Availability Zones, got ${zones.length}: ${zones.join(", ")}`,
    );
  }
  const blocks = (tier: Tier): ZoneBlock[] => zones.map((zone, index) => ({ zone, cidr: slot(vpc, tier, index) }));
  const plan = Object.fromEntries(tiers().map((tier) => [tier, blocks(tier)])) as Record<Tier, ZoneBlock[]>;
  return { cidr, ...plan };
}

/**
 * The egress subnets of the hub, at fourteen sixteenths of the VPC: `x.y.224.0/28`, `.224.16/28` and `.224.32/28` in a /16.
 *
 * @param plan address plan of the hub
 * @returns one block per AZ, in AZ order
 */
export function egressBlocks({ cidr, private: zones }: AddressPlan): ZoneBlock[] {
  const vpc = vpcBlock(cidr);
  return zones.map(({ zone }, index) => ({ zone, cidr: slotAt(vpc, EGRESS, index) }));
}

/**
 * Address number `n` of a CIDR; number 0 is the first.
 *
 * @throws RangeError if the CIDR has fewer addresses
 */
export function hostAddress(cidr: string, n: number): string {
  const block = new Address4(cidr);
  if (n < 0 || n >= size(block)) {
    throw new RangeError(`${cidr} has addresses 0 to ${size(block) - 1}, got ${n}`);
  }
  return block.startAddress().offset(n).correctForm();
}

/** Addresses of a subnet that instances can have: all but the five that AWS reserves. */
export function usableAddresses(subnet: string): number {
  return size(new Address4(subnet)) - RESERVED_IN_SUBNET;
}

/**
 * CIDRs of a VPC that no tier takes, however many AZs are in use: the largest ones, in address order.
 *
 * @param hasEgress whether the VPC has egress subnets
 */
export function freeBlocks(cidr: string, hasEgress = false): string[] {
  const vpc = vpcBlock(cidr);
  const ofZones = (slotOf: (zone: number) => string): Address4[] =>
    Array.from({ length: MAX_ZONES }, (_, zone) => new Address4(slotOf(zone)));
  const slots = tiers().flatMap((tier) => ofZones((zone) => slot(vpc, tier, zone)));
  return without(vpc, [...slots, ...(hasEgress ? ofZones((zone) => slotAt(vpc, EGRESS, zone)) : [])]);
}

/** How the addresses of a VPC are divided; the three parts add up to `total`. */
interface AddressUsage {
  readonly total: number;
  /** In subnets. */
  readonly used: number;
  /** In the slots of AZs that are not in use yet. */
  readonly laterZones: number;
  /** In {@link freeBlocks}. */
  readonly free: number;
}

export function addressUsage(plan: AddressPlan): AddressUsage {
  const count = (cidrs: readonly string[]): number => cidrs.reduce((sum, cidr) => sum + size(new Address4(cidr)), 0);
  const total = count([plan.cidr]);
  const used = count(tiers().flatMap((tier) => plan[tier].map(({ cidr }) => cidr)));
  const free = count(freeBlocks(plan.cidr));
  return { total, used, laterZones: total - used - free, free };
}

function tiers(): Tier[] {
  return Object.keys(TIERS) as Tier[];
}

function vpcBlock(cidr: string): Address4 {
  const block = new Address4(cidr);
  const { largest, smallest } = VPC_PREFIXES;
  if (block.subnetMask < largest || block.subnetMask > smallest || block.networkForm() !== cidr) {
    throw new RangeError(`the address plan divides a /${largest} to /${smallest} without host bits, got ${cidr}`);
  }
  return block;
}

function slot(vpc: Address4, tier: Tier, zone: number): string {
  return slotAt(vpc, TIERS[tier], zone);
}

/** Where the slots of a tier begin, and their size. */
interface Slots {
  readonly at: number;
  readonly prefix: (vpc: number) => number;
}

function slotAt(vpc: Address4, { at, prefix: prefixIn }: Slots, zone: number): string {
  const prefix = prefixIn(vpc.subnetMask);
  const first = vpc.startAddress().offset((at * size(vpc)) / PARTS + zone * 2 ** (32 - prefix));
  return `${first.correctForm()}/${prefix}`;
}

function size(block: Address4): number {
  return 2 ** (32 - block.subnetMask);
}

/** The largest CIDRs within `block` that share no address with `taken`: the block itself, or those of its halves. */
function without(block: Address4, taken: readonly Address4[]): string[] {
  if (taken.some((other) => block.isInSubnet(other))) return [];
  const inside = taken.filter((other) => other.isInSubnet(block));
  if (inside.length === 0) return [block.networkForm()];
  const lower = new Address4(`${block.startAddress().correctForm()}/${block.subnetMask + 1}`);
  return [lower, lower.nextNetwork()].flatMap((half) => without(half, inside));
}
