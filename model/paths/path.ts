/** Where a packet goes, where it ends, and why. */
export interface Path {
  readonly hops: readonly Hop[];
  readonly end: End;
  /** Of a packet that does not arrive: what stops it. */
  readonly why?: string;
}

/**
 * - `arrives`: at its destination, past the security groups that are known to stand before it
 * - `internet`: leaves for the internet with a public address
 * - `refused`: a security group does not let it in
 * - `dropped`: a route leads to nothing, or says blackhole
 * - `no route`: no route is for it
 */
export type End = "arrives" | "internet" | "refused" | "dropped" | "no route";

export interface Hop {
  /** What the packet is at, in words. */
  readonly at: string;
  readonly kind: "subnet" | "NAT gateway" | "transit table" | "endpoint" | "resolver";
  /** Id of what the packet is at. */
  readonly id: string;
  /** What it says: `10.0.0.0/16 → transit gateway`. */
  readonly rule: string;
}

/** Where a packet is bound for. */
export type Destination =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "subnet"; readonly subnetId: string }
  /** An AWS service by its short name, `ecr.api`: found by name, as a client does. */
  | { readonly kind: "service"; readonly service: string; readonly region: string }
  | { readonly kind: "internet" };

/** An address of the internet, of no service: TEST-NET-3 of RFC 5737. */
export const INTERNET_ADDRESS = "203.0.113.1";

/** Where in a subnet a packet is sent to when it is sent to the subnet: AWS keeps the first four addresses. */
const HOST = 10;

/** An address in a subnet, as good as any other: the network has no route for less than a subnet. */
export function addressIn(subnetBlock: string): string {
  const [address = ""] = subnetBlock.split("/");
  const parts = address.split(".");
  return [...parts.slice(0, 3), String(Number(parts[3]) + HOST)].join(".");
}

export function arrives({ end }: Path): boolean {
  return end === "arrives";
}

/** `dev-private-1: 10.0.0.0/16 → transit gateway; hub-spokes: 10.0.0.0/16 → hub: arrives`. */
export function pathInWords({ hops, end, why }: Path): string {
  const ways = hops.map(({ at, rule }) => `${at}: ${rule}`);
  return `${[...ways, ...(why === undefined ? [] : [why])].join("; ")}: ${end}`;
}
