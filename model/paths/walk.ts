import { block } from "../addresses/blocks";
import { PUBLIC } from "../addresses/internet";
import { Partition } from "../addresses/partition";
import { difference, intersection, isEmpty, rangesOf, type Ranges } from "../addresses/ranges";
import { rangesInWords } from "../addresses/words";
import type { Route } from "../topology/route-tables";
import type { Network, Subnet, Topology } from "../topology/topology";
import { overGateway } from "./over-transit";
import { betweenSubnets, ended, type Packets } from "./packets";
import type { Hop, Way } from "./path";

/** A route of a subnet's table, or the local one of its VPC. */
type Choice = Route | { readonly destination: string; readonly kind: "local" };

/**
 * Follows packets from a subnet by AWS's rules, cut apart wherever a route, a subnet or a filter tells them apart: the
 * ways together are all of the packets, each with its end. They end in the subnet of their destination: groups are asked
 * by whoever knows what stands there.
 *
 * @param entered - Whether the packets come from a transit gateway, by this subnet. Its local route is no hop then.
 */
export function walk(
  topology: Topology,
  from: Subnet,
  packets: Packets,
  hops: readonly Hop[] = [],
  entered = false,
): Way[] {
  // A way depends on the destination alone, so who comes to a table for the second time comes there for ever.
  if (hops.some(({ kind, id }) => kind === "subnet" && id === from.id)) {
    return [ended(packets, hops, "dropped", "it goes round in circles")];
  }
  const { endpointWays, rest } = byGatewayEndpoint(from, packets, hops);
  const others = choices(topology, from)
    .split(rest.destinations)
    .flatMap(({ item, ranges }): Way[] => {
      const part = { ...rest, destinations: ranges };
      if (item === undefined) {
        return [ended(part, hops, "no route", `${from.table.name} has no route to ${rangesInWords(ranges)}`)];
      }
      const after = [...hops, at(from, item)];
      if (item.kind !== "local") return follow(topology, from, item, part, after);
      return deliver(topology, from, part, entered ? hops : after);
    });
  return [...endpointWays, ...others];
}

const partitions = new WeakMap<Subnet, Partition<Choice>>();

/**
 * Which route a subnet has for an address. The most specific one is chosen, and of routes for the same block the local
 * one, then a static one, then that of a prefix list (Amazon VPC User Guide, "How route priority works").
 */
function choices({ networkById }: Topology, subnet: Subnet): Partition<Choice> {
  const known = partitions.get(subnet);
  if (known !== undefined) return known;
  const locals = (networkById.get(subnet.vpcId)?.blocks ?? []).map((destination) => ({
    destination,
    kind: "local" as const,
  }));
  const made = new Partition<Choice>([...locals, ...subnet.table.routes]);
  partitions.set(subnet, made);
  return made;
}

/**
 * Bits of a prefix up to which a route is surely less specific than the prefix list of a gateway endpoint: lists hold
 * blocks of /9 and smaller.
 */
const WIDER_THAN_LISTS = 8;

/**
 * By a gateway endpoint for the service of the addresses, in its own region: AWS keeps its addresses in a prefix list,
 * which is more specific than a default route (AWS PrivateLink Guide, "Gateway endpoints"). Which addresses these are is
 * not known, so what a narrower route is for may go either way, and goes by that route here.
 */
function byGatewayEndpoint(
  from: Subnet,
  packets: Packets,
  hops: readonly Hop[],
): { readonly endpointWays: readonly Way[]; readonly rest: Packets } {
  const { service } = packets;
  const route =
    service === undefined
      ? undefined
      : from.table.routes.find(
          ({ kind, destination, region }) =>
            kind === "gateway endpoint" && destination === service.name && region === service.region,
        );
  if (route === undefined) return { endpointWays: [], rest: packets };
  const narrow = from.table.routes.map(({ destination }) => destination).filter((each) => isNarrow(each));
  const narrower = intersection(packets.destinations, rangesOf(narrow));
  const part = { ...packets, destinations: difference(packets.destinations, narrower) };
  const after = [...hops, at(from, route)];
  const { passing, refused } = betweenSubnets(from, undefined, part, after);
  // Nothing beyond the VPC can use it, over whichever connection it comes.
  const passed =
    passing === undefined
      ? []
      : packets.vpcId === from.vpcId
        ? [ended(passing, after, "arrives")]
        : [ended(passing, after, "dropped", "a gateway endpoint serves its own VPC alone")];
  return { endpointWays: [...refused, ...passed], rest: { ...packets, destinations: narrower } };
}

function isNarrow(destination: string): boolean {
  return (block(destination)?.prefix ?? 0) > WIDER_THAN_LISTS;
}

function at({ id, name }: Subnet, { destination, kind }: Choice): Hop {
  return { at: name, kind: "subnet", id, leadsTo: kind, rule: `${destination} → ${kind}` };
}

function follow(topology: Topology, from: Subnet, route: Route, packets: Packets, hops: readonly Hop[]): Way[] {
  switch (route.kind) {
    case "transit gateway":
      return overGateway(topology, from, route.target, packets, hops);
    case "NAT gateway":
      return leaveByNat(topology, from, route.target, packets, hops);
    case "internet gateway":
      return leaveForInternet(topology, from, route.target, packets, hops);
    case "gateway endpoint":
    case "other":
      return [
        ended(packets, hops, "not followed", `${route.resource} leads to ${route.target || "nothing that is known"}`),
      ];
  }
}

/**
 * A NAT gateway sends packets on from its own subnet, with its own addresses (Amazon VPC User Guide, "NAT gateways").
 */
function leaveByNat(topology: Topology, from: Subnet, id: string, packets: Packets, hops: readonly Hop[]): Way[] {
  const nat = topology.natById.get(id);
  const subnet = topology.subnetById.get(nat?.subnetId ?? "");
  if (nat === undefined || subnet === undefined) return [ended(packets, hops, "dropped", "the NAT gateway is gone")];
  if (subnet.vpcId !== from.vpcId) return [ended(packets, hops, "dropped", "the NAT gateway is of another VPC")];
  const hop: Hop = { at: `NAT gateway ${nat.name}`, kind: "NAT gateway", id, rule: `sends from ${subnet.name}` };
  const { passing, refused } = betweenSubnets(from, subnet, packets, hops);
  if (passing === undefined) return [...refused];
  const translated: Packets = {
    ...passing,
    sources: rangesOf(nat.addresses.length > 0 ? nat.addresses : [subnet.block]),
    ...{ vpcId: subnet.vpcId, hasPublicAddress: nat.isPublic },
    translations: [...passing.translations, { nat, sources: passing.sources }],
  };
  return [...refused, ...walk(topology, subnet, translated, [...hops, hop])];
}

/**
 * An internet gateway translates between a private address and its public one, and drops what has none (Amazon VPC User
 * Guide, "Enable internet access for a VPC using an internet gateway").
 */
function leaveForInternet(topology: Topology, from: Subnet, id: string, packets: Packets, hops: readonly Hop[]): Way[] {
  if (topology.internetGateways.get(id) !== from.vpcId) {
    return [ended(packets, hops, "dropped", "the internet gateway is not attached to this VPC")];
  }
  const { passing, refused } = betweenSubnets(from, undefined, packets, hops);
  if (passing === undefined) return [...refused];
  const inner = difference(passing.destinations, PUBLIC);
  const outer = intersection(passing.destinations, PUBLIC);
  const isKnown = passing.hasPublicAddress && passing.vpcId === from.vpcId;
  const there = { ...passing, destinations: outer };
  return [
    ...refused,
    ...(isEmpty(inner)
      ? []
      : [
          ended({ ...passing, destinations: inner }, hops, "dropped", `${rangesInWords(inner)} is not of the internet`),
        ]),
    ...(isEmpty(outer)
      ? []
      : [isKnown ? ended(there, hops, "internet") : ended(there, hops, "dropped", "it has no public address")]),
  ];
}

/** By the local route: into the subnets of the VPC, or into space that it has not given to any. */
function deliver(topology: Topology, from: Subnet, packets: Packets, hops: readonly Hop[]): Way[] {
  const network = topology.networkById.get(from.vpcId);
  const shares = network === undefined ? [] : subnetsByAddress(network).split(packets.destinations);
  return shares.flatMap(({ item, ranges }): Way[] => {
    const part = { ...packets, destinations: ranges };
    if (item === undefined) return [ended(part, hops, "dropped", `no subnet holds ${rangesInWords(ranges)}`)];
    const { passing, refused } = betweenSubnets(from, item.subnet, part, hops);
    return [...refused, ...(passing === undefined ? [] : [ended(passing, hops, "arrives", undefined, item.subnet.id)])];
  });
}

const subnetPartitions = new WeakMap<Network, Partition<{ readonly destination: string; readonly subnet: Subnet }>>();

/** The subnets of a VPC by their addresses. */
export function subnetsByAddress(
  network: Network,
): Partition<{ readonly destination: string; readonly subnet: Subnet }> {
  const known = subnetPartitions.get(network);
  if (known !== undefined) return known;
  const made = new Partition(network.subnets.map((subnet) => ({ destination: subnet.block, subnet })));
  subnetPartitions.set(network, made);
  return made;
}

const internets = new WeakMap<Topology, Ranges>();

/** Addresses of the internet: all that an internet gateway passes and no VPC of ours has. */
export function internetOf(topology: Topology): Ranges {
  const known = internets.get(topology);
  if (known !== undefined) return known;
  const made = difference(PUBLIC, rangesOf(topology.networks.flatMap(({ blocks }) => blocks)));
  internets.set(topology, made);
  return made;
}
