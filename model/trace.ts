import { Address4 } from "ip-address";
import type { NetworkModel, Route, Subnet } from "./network";
import type { TransitRoute } from "./transit";

/** Where a packet goes, and where it ends. */
export interface Trace {
  /** In order: the route or table that decided, and what it led to. */
  readonly hops: readonly string[];
  readonly end: "reached" | "internet" | "dropped" | "no route";
}

/** Addresses of the public internet, for the question whether it is reached: TEST-NET-3 of RFC 5737. */
export const INTERNET = "203.0.113.1";

/**
 * Follows a packet from a subnet to an IPv4 address by AWS's rules: the most specific route wins, a VPC's own block first
 * (Amazon VPC User Guide, "Route priority"); on a transit gateway the most specific wins, then a static one before a
 * propagated one, and a blackhole drops (Amazon VPC Transit Gateways, "Route evaluation order").
 */
export function trace(model: NetworkModel, from: Subnet, address: string): Trace {
  const vpc = model.vpcs.find(({ id }) => id === from.vpcId);
  if (vpc !== undefined && holds(vpc.cidr, address)) return { hops: [`${from.name}: local`], end: "reached" };
  const route = mostSpecific(
    from.routes.filter(({ kind }) => kind !== "gateway endpoint"),
    ({ destination }) => destination,
    address,
  );
  if (route === undefined) return { hops: [`${from.name}: no route`], end: "no route" };
  const hop = `${from.name}: ${route.destination} → ${route.kind}`;
  const rest = beyond(model, from, route, address);
  return { hops: [hop, ...rest.hops], end: rest.end };
}

function beyond(model: NetworkModel, from: Subnet, route: Route, address: string): Trace {
  switch (route.kind) {
    case "transit gateway":
      return overTransitGateway(model, from, address);
    case "NAT gateway": {
      const nat = model.natGateways.find(({ id }) => id === route.target);
      const subnet = model.subnets.find(({ id }) => id === nat?.subnetId);
      if (nat === undefined || subnet === undefined) return { hops: ["no such NAT gateway"], end: "dropped" };
      const onward = trace(model, subnet, address);
      return { hops: [`NAT gateway ${nat.name}`, ...onward.hops], end: onward.end };
    }
    case "internet gateway":
      // Without a public address there is nothing that an internet gateway could translate to; a NAT gateway has one.
      return from.isPublic ? { hops: [], end: "internet" } : { hops: ["no public address"], end: "dropped" };
    case "gateway endpoint":
      return { hops: [], end: "reached" };
  }
}

function overTransitGateway(model: NetworkModel, from: Subnet, address: string): Trace {
  const attachment = model.attachments.find(({ vpcId }) => vpcId === from.vpcId);
  if (attachment === undefined) return { hops: ["the VPC is not attached"], end: "dropped" };
  const zones = attachment.subnetIds.map((id) => model.subnets.find((subnet) => subnet.id === id)?.zone);
  if (!zones.includes(from.zone)) return { hops: [`the attachment is not in ${from.zone}`], end: "dropped" };
  const table = model.transitTables.find(({ associated }) => associated.includes(attachment.id));
  if (table === undefined) return { hops: ["the attachment reads no table"], end: "dropped" };
  const statics = [...table.routes].sort((a, b) => Number(b.isStatic) - Number(a.isStatic));
  const route = mostSpecific(statics, ({ cidr }: TransitRoute) => cidr, address);
  if (route === undefined) return { hops: [`table ${table.name}: no route`], end: "no route" };
  if (route.attachmentId === null) return { hops: [`table ${table.name}: ${route.cidr} blackhole`], end: "dropped" };
  const target = model.attachments.find(({ id }) => id === route.attachmentId);
  const vpc = model.vpcs.find(({ id }) => id === target?.vpcId);
  const hop = `table ${table.name}: ${route.cidr} → ${vpc?.name ?? "nowhere"}`;
  return { hops: [hop], end: vpc !== undefined && holds(vpc.cidr, address) ? "reached" : "dropped" };
}

/** The first of the routes with the longest prefix that holds the address. */
function mostSpecific<T>(routes: readonly T[], cidrOf: (route: T) => string, address: string): T | undefined {
  const prefix = (route: T): number => Number(cidrOf(route).split("/")[1]);
  return routes
    .filter((route) => holds(cidrOf(route), address))
    .reduce<T | undefined>(
      (best, route) => (best === undefined || prefix(route) > prefix(best) ? route : best),
      undefined,
    );
}

/** Whether a block holds an address. */
export function holds(cidr: string, address: string): boolean {
  return new Address4(address).isInSubnet(new Address4(cidr));
}
