import { contains, isPrivateAddress, mostSpecific } from "../topology/blocks";
import type { Route } from "../topology/route-tables";
import type { Subnet, Topology } from "../topology/topology";
import { leaveByGateway } from "./over-transit";
import type { Hop, Path } from "./path";

/** A packet on its way. */
export interface Packet {
  /** Address that it is bound for. */
  readonly to: string;
  /** Service that the address belongs to, which prefix lists of gateway endpoints go by; undefined for none. */
  readonly service: string | undefined;
  /** VPC of the interface that sends it, a NAT gateway's after that: only there do gateways know it. */
  readonly vpcId: string;
  /** Whether that interface has an address of the internet's, which an internet gateway asks for. */
  readonly hasPublicAddress: boolean;
}

/** Hops after which a packet goes round in circles: the longest way here has five. */
const MOST_HOPS = 16;

/**
 * Follows a packet from a subnet by AWS's rules (Amazon VPC User Guide, "How route priority works"): the most specific
 * route wins, and a service's prefix list is more specific than any route of this network for addresses of the
 * internet; of routes for the same block the local one comes first. It ends in the subnet of its destination: groups
 * are asked by whoever knows what stands there.
 */
export function walk(topology: Topology, from: Subnet, packet: Packet, hops: readonly Hop[] = []): Path {
  if (hops.length > MOST_HOPS) return { hops, end: "dropped", why: "it goes round in circles" };
  const { table } = from;
  const byService =
    packet.service === undefined ? undefined : table.routes.find(({ destination }) => destination === packet.service);
  if (byService !== undefined) {
    const after = [...hops, at(from, `${byService.destination} → gateway endpoint`)];
    // Nothing beyond the VPC can use it, over whichever connection it comes (AWS PrivateLink Guide, "Gateway endpoints").
    return packet.vpcId === from.vpcId
      ? { hops: after, end: "arrives" }
      : { hops: after, end: "dropped", why: "a gateway endpoint serves its own VPC alone" };
  }
  const chosen = routeFor(topology, from, packet.to);
  if (chosen === undefined) return { hops, end: "no route", why: `${table.name} has no route to ${packet.to}` };
  const { destination, route } = chosen;
  if (route === undefined) {
    return landing(topology, from.vpcId, packet.to, [...hops, at(from, `${destination} → local`)]);
  }
  return follow(topology, from, route, packet, [...hops, at(from, `${destination} → ${route.kind}`)]);
}

/** The route that a subnet has for an address: `route` is undefined for the local one. */
export function routeFor(
  topology: Topology,
  { vpcId, table }: Subnet,
  to: string,
): { readonly destination: string; readonly route: Route | undefined } | undefined {
  const locals = (topology.networkById.get(vpcId)?.blocks ?? []).map((destination) => ({
    destination,
    route: undefined,
  }));
  const routes = table.routes.map((route) => ({ destination: route.destination, route }));
  return mostSpecific([...locals, ...routes], to);
}

function at({ id, name }: Subnet, rule: string): Hop {
  return { at: name, kind: "subnet", id, rule };
}

function follow(topology: Topology, from: Subnet, route: Route, packet: Packet, hops: readonly Hop[]): Path {
  switch (route.kind) {
    case "transit gateway":
      return leaveByGateway(topology, from, route.target, packet, hops);
    case "NAT gateway":
      return leaveByNat(topology, from, route.target, packet, hops);
    case "internet gateway":
      return leaveForInternet(topology, from, route.target, packet, hops);
    case "gateway endpoint":
    case "other":
      return { hops, end: "dropped", why: `${route.resource} leads to ${route.target}, which is not followed` };
  }
}

function leaveByNat(topology: Topology, from: Subnet, id: string, packet: Packet, hops: readonly Hop[]): Path {
  const nat = topology.natById.get(id);
  const subnet = topology.subnetById.get(nat?.subnetId ?? "");
  if (nat === undefined || subnet === undefined) return { hops, end: "dropped", why: "the NAT gateway is gone" };
  if (subnet.vpcId !== from.vpcId) return { hops, end: "dropped", why: "the NAT gateway is of another VPC" };
  const hop: Hop = { at: `NAT gateway ${nat.name}`, kind: "NAT gateway", id, rule: `sends from ${subnet.name}` };
  // From here on the packet has the gateway's addresses.
  const translated = { ...packet, vpcId: subnet.vpcId, hasPublicAddress: nat.isPublic };
  return walk(topology, subnet, translated, [...hops, hop]);
}

function leaveForInternet(topology: Topology, from: Subnet, id: string, packet: Packet, hops: readonly Hop[]): Path {
  if (topology.internetGateways.get(id) !== from.vpcId) {
    return { hops, end: "dropped", why: "the internet gateway is not attached to this VPC" };
  }
  if (isPrivateAddress(packet.to)) return { hops, end: "dropped", why: `${packet.to} is not of the internet` };
  // An internet gateway translates between a private address and its public one, and drops what has none (Amazon VPC
  // User Guide, "Enable internet access for a VPC using an internet gateway").
  return packet.hasPublicAddress && packet.vpcId === from.vpcId
    ? { hops, end: "internet" }
    : { hops, end: "dropped", why: "it has no public address" };
}

/** The end in the VPC of the destination: in one of its subnets, or in space that it has not given to any. */
export function landing(topology: Topology, vpcId: string, to: string, hops: readonly Hop[]): Path {
  if (subnetOf(topology, vpcId, to) !== undefined) return { hops, end: "arrives" };
  return { hops, end: "dropped", why: `no subnet holds ${to}` };
}

/** The subnet of a network that an address lies in. */
export function subnetOf(topology: Topology, vpcId: string, address: string): Subnet | undefined {
  return topology.networkById.get(vpcId)?.subnets.find((subnet) => contains(subnet.block, address));
}
