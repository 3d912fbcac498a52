import type { Ranges } from "../addresses/ranges";
import type { RouteKind } from "../topology/route-tables";
import type { NatGateway } from "../topology/topology";

/** The hops of a packet, where it ends, and why. */
export interface Path {
  readonly hops: readonly Hop[];
  readonly end: End;
  /** Why a packet does not arrive; absent for one that does. */
  readonly why?: string;
}

/**
 * - `arrives`: delivered, after passing the known security groups of the destination
 * - `internet`: leaves for the internet with a public address
 * - `refused`: blocked by a security group or a network ACL
 * - `dropped`: a route is a blackhole or its target does not exist
 * - `no route`: no route matches
 * - `not followed`: it takes a path that is not modeled
 */
export type End = "arrives" | "internet" | "refused" | "dropped" | "no route" | "not followed";

/** One hop: where the packet is, and where it goes next. */
export interface Hop {
  /** Name of what the packet passes, for display. */
  readonly at: string;
  readonly kind: "subnet" | "NAT gateway" | "transit table" | "endpoint" | "resolver";
  /** Id of what the packet passes. */
  readonly id: string;
  /** Kind of the target of a subnet's route; undefined for hops without routes. */
  readonly leadsTo?: RouteKind | "local";
  /** The matching route or rule: `10.0.0.0/16 → transit gateway`. */
  readonly rule: string;
}

/** All packets from a subnet that take the same path: any of the sources with any of the destinations. */
export interface Way extends Path {
  readonly sources: Ranges;
  readonly destinations: Ranges;
  /** Id of the subnet where the path ends; null: it does not end in a subnet. */
  readonly landsIn: string | null;
  /** NAT gateways on the path, in order. */
  readonly translations: readonly Translation[];
  /** Source addresses as the receiver sees them: the senders' own, or those of the last NAT gateway. */
  readonly seenFrom: Ranges;
}

/** A NAT gateway on the path, and the source addresses of the packets that reach it. */
export interface Translation {
  readonly nat: NatGateway;
  readonly sources: Ranges;
}

/** The destination of a packet. */
export type Destination =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "subnet"; readonly subnetId: string }
  | { readonly kind: "ranges"; readonly ranges: Ranges }
  /** An AWS service by its short name, `ecr.api`; resolved by DNS name, as a client does. */
  | { readonly kind: "service"; readonly service: string; readonly region: string }
  | { readonly kind: "internet" };

export function arrives({ end }: Path): boolean {
  return end === "arrives";
}

/** The path that decides: the first that does not arrive, otherwise the first. */
export function worst<T extends Path>(paths: readonly T[]): T | undefined {
  return paths.find(({ end }) => end !== "arrives" && end !== "internet") ?? paths[0];
}

/** `dev-private-1: 10.0.0.0/16 → transit gateway; table hub-spokes: 10.0.0.0/16 → hub (propagated); delivered`. */
export function pathInWords(path: Path): string {
  return [...path.hops.map(({ at, rule }) => `${at}: ${rule}`), outcomeInWords(path)].join("; ");
}

/** How a path ends, and why: `delivered`, `dropped: blackhole route`. */
export function outcomeInWords({ end, why }: Path): string {
  return why === undefined ? OUTCOMES[end] : `${OUTCOMES[end]}: ${why}`;
}

const OUTCOMES: Readonly<Record<End, string>> = {
  arrives: "delivered",
  internet: "delivered to the internet",
  refused: "blocked",
  dropped: "dropped",
  "no route": "dropped",
  "not followed": "unknown",
};
