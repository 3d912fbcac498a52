import type { Ranges } from "../addresses/ranges";
import type { RouteKind } from "../topology/route-tables";
import type { NatGateway } from "../topology/topology";

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
 * - `refused`: a security group or a network ACL does not let it pass
 * - `dropped`: a route leads to nothing, or says blackhole
 * - `no route`: no route is for it
 * - `not followed`: it goes where the model does not see it
 */
export type End = "arrives" | "internet" | "refused" | "dropped" | "no route" | "not followed";

/** What a packet is at, and where it goes from there. */
export interface Hop {
  /** What the packet is at, in words. */
  readonly at: string;
  readonly kind: "subnet" | "NAT gateway" | "transit table" | "endpoint" | "resolver";
  /** Id of what the packet is at. */
  readonly id: string;
  /** Kind of what the route of a subnet leads to; undefined at what has no routes. */
  readonly leadsTo?: RouteKind | "local";
  /** What it says: `10.0.0.0/16 → transit gateway`. */
  readonly rule: string;
}

/** All packets from a subnet that go the same way: any of the sources with any of the destinations. */
export interface Way extends Path {
  readonly sources: Ranges;
  readonly destinations: Ranges;
  /** Subnet that it ends in; null: it ends in none. */
  readonly landsIn: string | null;
  /** NAT gateways that it passes, in their order. */
  readonly translations: readonly Translation[];
  /** Addresses that the receiver sees: the sources, or those of the last NAT gateway. */
  readonly seenFrom: Ranges;
}

/** A NAT gateway on the way, and the source addresses of what comes to it. */
export interface Translation {
  readonly nat: NatGateway;
  readonly sources: Ranges;
}

/** Where a packet is bound for. */
export type Destination =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "subnet"; readonly subnetId: string }
  | { readonly kind: "ranges"; readonly ranges: Ranges }
  /** An AWS service by its short name, `ecr.api`: found by name, as a client does. */
  | { readonly kind: "service"; readonly service: string; readonly region: string }
  | { readonly kind: "internet" };

export function arrives({ end }: Path): boolean {
  return end === "arrives";
}

/** The path that decides: the first that does not get there, or the first of all. */
export function worst<T extends Path>(paths: readonly T[]): T | undefined {
  return paths.find(({ end }) => end !== "arrives" && end !== "internet") ?? paths[0];
}

/** `dev-private-1: 10.0.0.0/16 → transit gateway; hub-spokes: 10.0.0.0/16 → hub: arrives`. */
export function pathInWords({ hops, end, why }: Path): string {
  const ways = hops.map(({ at, rule }) => `${at}: ${rule}`);
  return `${[...ways, ...(why === undefined ? [] : [why])].join("; ")}: ${end}`;
}
