import { describeRanges, type Ranges } from "../addresses/ranges";
import type { Port } from "../topology/packet-filters";
import type { RouteKind } from "../topology/route-tables";
import type { NatGateway } from "../topology/nat-gateways";
import type { TransitRoute } from "../topology/transit-gateways";

/** The hops of a packet, where it ends, and why. */
export interface Path {
  readonly hops: readonly Hop[];
  readonly end: End;
  /** Why a packet does not arrive; absent for one that does. */
  readonly reason?: Reason;
}

/**
 * - `arrives`: delivered, after passing the known security groups of the destination
 * - `internet`: leaves for the internet with a public address
 * - `refused`: blocked by a security group or a network ACL
 * - `dropped`: a route is a blackhole or its target does not exist
 * - `no route`: no route matches
 * - `not modeled`: it takes a path that is not modeled
 */
export type End = "arrives" | "internet" | "refused" | "dropped" | "no route" | "not modeled";

/** What a packet passes, with the route or the rule by which it goes on from there. */
export type Hop = { readonly id: string; readonly name: string } & (
  | { readonly kind: "subnet"; readonly route: { readonly destination: string; readonly target: RouteKind | "local" } }
  | { readonly kind: "firewall" }
  /** A network outside AWS, where the packet starts. */
  | { readonly kind: "site" }
  | { readonly kind: "NAT gateway"; /** Name of its subnet; empty: a regional one. */ readonly subnet: string }
  | {
      readonly kind: "transit table";
      readonly route: {
        readonly destination: string;
        /** Name of the network, or of the attachment, that the route leads to; null: a blackhole. */
        readonly target: string | null;
        readonly origin: TransitRoute["origin"];
      };
    }
  | {
      readonly kind: "endpoint" | "resolver";
      readonly port: Port;
      /** CIDRs of the security group rules that allow the packet. */
      readonly sources: readonly string[];
    }
);

/** Reasons without details, in words. */
const REASONS = {
  "attachment missing": "the VPC is not attached to this transit gateway",
  "attachment pending": "the attachment is pending acceptance",
  "attachment not associated": "the attachment is not associated with a route table",
  "attachment unknown": "the attachment is not in any stack",
  "attachment without subnet": "the attachment has no subnet",
  "attached VPC unknown": "the attached VPC is not in any stack",
  blackhole: "blackhole route",
  "NAT gateway missing": "the NAT gateway does not exist",
  "NAT gateway of another VPC": "the NAT gateway is in another VPC",
  "internet gateway not attached": "the internet gateway is not attached to this VPC",
  "gateway endpoint of another VPC": "a gateway endpoint serves only its own VPC",
  "sender without public address": "the sender has no public address",
  "service without public address": "the service has no public address",
  "reply translated": "a NAT gateway changes the source address of the reply",
  "tier without subnet": "the tier has no subnet",
  "nothing to send": "there is nothing to send",
} as const;

/** Why a packet does not arrive. Subnets, tables and the like are given by name. */
export type Reason =
  | { readonly kind: keyof typeof REASONS }
  | { readonly kind: "no attachment in zone" | "no NAT address in zone"; readonly zone: string }
  | { readonly kind: "no route" | "no transit route"; readonly table: string; readonly destinations: Ranges }
  | { readonly kind: "network ACL egress"; readonly acl: string; readonly destinations: Ranges }
  | { readonly kind: "network ACL ingress"; readonly acl: string; readonly sources: Ranges }
  | { readonly kind: "security group"; readonly listener: string; readonly port: Port; readonly sources: Ranges }
  | { readonly kind: "route not modeled"; readonly route: string; readonly target: string }
  | { readonly kind: "routing loop" | "no internet route" | "no public address"; readonly subnet: string }
  | { readonly kind: "not public" | "outside all subnets"; readonly destinations: Ranges }
  | { readonly kind: "outside the site"; readonly site: string; readonly destinations: Ranges }
  | { readonly kind: "reply to another network"; readonly expected: string }
  | { readonly kind: "no such subnet"; readonly subnetId: string }
  | { readonly kind: "no such name" | "name forwarded" | "name without endpoint"; readonly dnsName: string }
  | { readonly kind: "endpoint without address"; readonly endpoint: string }
  | { readonly kind: "reply to another subnet"; readonly subnet: string; readonly expected: string };

/** All packets from a subnet that take the same path: any of the sources with any of the destinations. */
export interface PacketPath extends Path {
  readonly sources: Ranges;
  readonly destinations: Ranges;
  /** Id of the subnet, or of the attachment of the site, where the path ends; null: it ends in neither. */
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

/** Ids of the attachments of the firewalls on a path, in order. */
export function firewallsOn({ hops }: Path): readonly string[] {
  return hops.flatMap(({ kind, id }) => (kind === "firewall" ? [id] : []));
}

/** Whether a path and its return path pass the same firewalls, each of which sees both directions of a connection. */
export function passSameFirewalls(there: Path, back: Path): boolean {
  return firewallsOn(there).join() === [...firewallsOn(back)].reverse().join();
}

/** The path that decides: the first that does not arrive, otherwise the first. */
export function decidingPath<T extends Path>(paths: readonly T[]): T | undefined {
  return paths.find(({ end }) => end !== "arrives" && end !== "internet") ?? paths[0];
}

/** `dev-private-1: 10.0.0.0/16 → transit gateway; table hub-spokes: 10.0.0.0/16 → hub (propagated); delivered`. */
export function describePath(path: Path): string {
  return [...path.hops.map(describeHop), describeOutcome(path)].join("; ");
}

/** `dev-private-1: 10.0.0.0/16 → transit gateway`. */
export function describeHop(hop: Hop): string {
  return `${describePlace(hop)}: ${describeRule(hop)}`;
}

/** What the packet passes: `dev-private-1`, `NAT gateway dev-1`, `table hub-spokes`. */
export function describePlace({ kind, name }: Hop): string {
  if (kind === "NAT gateway" || kind === "firewall" || kind === "site") return `${kind} ${name}`;
  return kind === "transit table" ? `table ${name}` : name;
}

/** The route or rule by which the packet goes on: `10.0.0.0/16 → transit gateway`. */
export function describeRule(hop: Hop): string {
  switch (hop.kind) {
    case "subnet":
      return `${hop.route.destination} → ${hop.route.target}`;
    case "firewall":
      return "inspects";
    case "site":
      return "transit gateway";
    case "NAT gateway":
      return `sends from ${hop.subnet}`;
    case "transit table":
      return `${hop.route.destination} → ${hop.route.target ?? "blackhole"} (${hop.route.origin})`;
    case "endpoint":
    case "resolver":
      return `allows ${describePort(hop.port)} from ${hop.sources.join(", ")}`;
  }
}

/** How a path ends, and why: `delivered`, `dropped: blackhole route`. */
export function describeOutcome({ end, reason }: Path): string {
  return reason === undefined ? OUTCOMES[end] : `${OUTCOMES[end]}: ${describeReason(reason)}`;
}

const OUTCOMES: Readonly<Record<End, string>> = {
  arrives: "delivered",
  internet: "delivered to the internet",
  refused: "blocked",
  dropped: "dropped",
  "no route": "dropped",
  "not modeled": "unknown",
};

/** @param describe puts the addresses of the packets into words */
export function describeReason(reason: Reason, describe: (ranges: Ranges) => string = describeRanges): string {
  switch (reason.kind) {
    case "no attachment in zone":
      return `the attachment has no subnet in ${reason.zone}`;
    case "no route":
      return `route table ${reason.table} has no route to ${describe(reason.destinations)}`;
    case "no transit route":
      return `transit gateway route table ${reason.table} has no route to ${describe(reason.destinations)}`;
    case "network ACL egress":
      return `network ACL ${reason.acl} allows no egress to ${describe(reason.destinations)}`;
    case "network ACL ingress":
      return `network ACL ${reason.acl} allows no ingress from ${describe(reason.sources)}`;
    case "security group":
      return `${reason.listener} does not allow ${describePort(reason.port)} from ${describe(reason.sources)}`;
    case "route not modeled":
      return `route ${reason.route} targets ${reason.target || "an unknown target"}, which is not modeled`;
    case "routing loop":
      return `routing loop through ${reason.subnet}`;
    case "no internet route":
      return `${reason.subnet} has no route to an internet gateway`;
    case "no public address":
      return `${reason.subnet} has no public address`;
    case "not public":
      return `${describe(reason.destinations)} is not public`;
    case "outside all subnets":
      return `no subnet contains ${describe(reason.destinations)}`;
    case "outside the site":
      return `no CIDR of the site ${reason.site} contains ${describe(reason.destinations)}`;
    case "reply to another network":
      return `the reply does not go to the site ${reason.expected}`;
    case "no such subnet":
      return `there is no subnet ${reason.subnetId}`;
    case "no such name":
      return `${reason.dnsName} does not exist (NXDOMAIN)`;
    case "name forwarded":
      return `a Resolver rule forwards ${reason.dnsName} to DNS servers outside AWS`;
    case "name without endpoint":
      return `${reason.dnsName} does not point to an endpoint`;
    case "endpoint without address":
      return `${reason.endpoint} has no address`;
    case "no NAT address in zone":
      return `the NAT gateway has no address in ${reason.zone}`;
    case "reply to another subnet":
      return `the reply goes to ${reason.subnet} instead of ${reason.expected}`;
    default:
      return REASONS[reason.kind];
  }
}

function describePort({ protocol, port }: Port): string {
  return `${protocol} ${String(port)}`;
}
