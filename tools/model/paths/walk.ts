import { intersection, parseBlock, Partition, PUBLIC, rangesOf, subtract } from "../addresses/ranges";
import type { NatGateway } from "../topology/nat-gateways";
import { cached } from "../topology/resources";
import type { Route } from "../topology/route-tables";
import type { Subnet, Topology, VpcNetwork } from "../topology/topology";
import { betweenSubnets, ended, type Packets } from "./packets";
import type { Hop, PacketPath, Reason } from "./path";
import { crossTransitGateway } from "./transit-gateway";

/** A route of a subnet's route table, or the local route of its VPC. */
type Choice = Route | { readonly destination: string; readonly kind: "local" };

/**
 * Follows packets from a subnet by AWS's routing rules. Packets are split wherever a route, a subnet or a filter treats
 * them differently; the returned paths cover all packets. Paths end in the destination subnet: security groups are
 * evaluated by callers that know the destination.
 *
 * @param entered - Whether the packets enter this subnet from a transit gateway; its local route is then not a hop.
 */
export function followPackets(
  topology: Topology,
  from: Subnet,
  packets: Packets,
  hops: readonly Hop[] = [],
  entered = false,
): PacketPath[] {
  // Routing depends only on the destination, so a packet that returns to a subnet loops forever.
  if (hops.some(({ kind, id }) => kind === "subnet" && id === from.id)) {
    return [ended(packets, hops, "dropped", { kind: "routing loop", subnet: from.name })];
  }
  const { endpointPaths, rest } = byGatewayEndpoint(from, packets, hops);
  const others = choices(topology)(from)
    .split(rest.destinations)
    .flatMap(({ item, ranges }): PacketPath[] => {
      const part = { ...rest, destinations: ranges };
      if (item === undefined) {
        return [ended(part, hops, "no route", { kind: "no route", table: from.table.name, destinations: ranges })];
      }
      const after = [...hops, hopOf(from, item)];
      if (item.kind !== "local") return follow(topology, from, item, part, after);
      return deliver(topology, from, part, entered ? hops : after);
    });
  return [...endpointPaths, ...others];
}

/**
 * The route that a subnet uses for an address: the most specific one. For the same CIDR, the local route wins, then a
 * static route, then a prefix list (Amazon VPC User Guide, "How route priority works").
 */
const choices = cached(({ networkById }: Topology) =>
  cached(({ vpcId, table }: Subnet) => {
    const blocks = networkById.get(vpcId)?.blocks ?? [];
    const locals = blocks.map((destination) => ({ destination, kind: "local" as const }));
    return new Partition<Choice>([...locals, ...table.routes]);
  }),
);

/**
 * Longest prefix, in bits, that is certainly less specific than the prefix list of a gateway endpoint: the lists contain
 * only CIDRs of /9 and longer.
 */
const WIDER_THAN_LISTS = 8;

/**
 * Through a gateway endpoint for the service, in its own Region. AWS manages a prefix list of its addresses, which
 * is more specific than a default route (AWS PrivateLink Guide, "Gateway endpoints"). The entries are unknown here, so
 * addresses that a narrower route also covers might take either; the model sends them through that route.
 */
function byGatewayEndpoint(
  from: Subnet,
  packets: Packets,
  hops: readonly Hop[],
): { readonly endpointPaths: readonly PacketPath[]; readonly rest: Packets } {
  const { service } = packets;
  const route =
    service === undefined
      ? undefined
      : from.table.routes.find(
          ({ kind, destination, region }) =>
            kind === "gateway endpoint" && destination === service.name && region === service.region,
        );
  if (route === undefined) return { endpointPaths: [], rest: packets };
  const narrow = from.table.routes.map(({ destination }) => destination).filter((each) => isNarrow(each));
  const narrower = intersection(packets.destinations, rangesOf(narrow));
  const part = { ...packets, destinations: subtract(packets.destinations, narrower) };
  const after = [...hops, hopOf(from, route)];
  const { passing, refused } = betweenSubnets(from, undefined, part, after);
  // A gateway endpoint cannot be used from outside its VPC, over any kind of connection.
  const passed =
    passing === undefined
      ? []
      : packets.vpcId === from.vpcId
        ? [ended(passing, after, "arrives")]
        : [ended(passing, after, "dropped", { kind: "gateway endpoint of another VPC" })];
  return { endpointPaths: [...refused, ...passed], rest: { ...packets, destinations: narrower } };
}

function isNarrow(destination: string): boolean {
  return (parseBlock(destination)?.prefix ?? 0) > WIDER_THAN_LISTS;
}

function hopOf({ id, name }: Subnet, { destination, kind }: Choice): Hop {
  return { kind: "subnet", id, name, route: { destination, target: kind } };
}

function follow(topology: Topology, from: Subnet, route: Route, packets: Packets, hops: readonly Hop[]): PacketPath[] {
  switch (route.kind) {
    case "transit gateway":
      return crossTransitGateway(topology, from, route.target, packets, hops, (entry, entering, after) =>
        followPackets(topology, entry, entering, after, true),
      );
    case "NAT gateway":
      return leaveByNat(topology, from, route.target, packets, hops);
    case "internet gateway":
      return leaveForInternet(topology, from, route.target, packets, hops);
    case "gateway endpoint":
    case "other":
      return [
        ended(packets, hops, "not modeled", {
          ...{ kind: "route not modeled", route: route.resource, target: route.target },
        }),
      ];
  }
}

/**
 * A NAT gateway forwards packets from its own subnet, with its own addresses (Amazon VPC User Guide, "NAT gateways").
 */
function leaveByNat(
  topology: Topology,
  from: Subnet,
  id: string,
  packets: Packets,
  hops: readonly Hop[],
): PacketPath[] {
  const nat = topology.natById.get(id);
  if (nat?.zones !== undefined) return leaveByRegionalNat(topology, from, nat, packets, hops);
  const subnet = topology.subnetById.get(nat?.subnetId ?? "");
  const dropped = (kind: "NAT gateway missing" | "NAT gateway of another VPC"): PacketPath[] => [
    ended(packets, hops, "dropped", { kind }),
  ];
  if (nat === undefined || subnet === undefined) return dropped("NAT gateway missing");
  if (subnet.vpcId !== from.vpcId) return dropped("NAT gateway of another VPC");
  const hop: Hop = { kind: "NAT gateway", id, name: nat.name, subnet: subnet.name };
  const { passing, refused } = betweenSubnets(from, subnet, packets, hops);
  if (passing === undefined) return [...refused];
  const translated: Packets = {
    ...passing,
    sources: rangesOf(nat.addresses.length > 0 ? nat.addresses : [subnet.block]),
    ...{ vpcId: subnet.vpcId, hasPublicAddress: nat.isPublic },
    translations: [...passing.translations, { nat, sources: passing.sources }],
  };
  return [...refused, ...followPackets(topology, subnet, translated, [...hops, hop])];
}

/**
 * A regional NAT gateway has no subnet. It serves the AZs in which it has addresses, and has a route table of its own, with a
 * route to the internet gateway of its VPC (Amazon VPC User Guide, "Regional NAT gateways for automatic multi-AZ expansion").
 */
function leaveByRegionalNat(
  topology: Topology,
  from: Subnet,
  nat: NatGateway,
  packets: Packets,
  hops: readonly Hop[],
): PacketPath[] {
  if (nat.vpcId !== from.vpcId) return [ended(packets, hops, "dropped", { kind: "NAT gateway of another VPC" })];
  if (nat.zones?.includes(from.zone) !== true) {
    return [ended(packets, hops, "dropped", { kind: "no NAT address in zone", zone: from.zone })];
  }
  const { passing, refused } = betweenSubnets(from, undefined, packets, hops);
  if (passing === undefined) return [...refused];
  const after: readonly Hop[] = [...hops, { kind: "NAT gateway", id: nat.id, name: nat.name, subnet: "" }];
  const translated: Packets = {
    ...passing,
    hasPublicAddress: nat.isPublic,
    translations: [...passing.translations, { nat, sources: passing.sources }],
  };
  const isAttached = [...topology.internetGateways.values()].includes(from.vpcId);
  return [
    ...refused,
    ...(isAttached
      ? toInternet(translated, from.vpcId, after)
      : [ended(translated, after, "dropped", { kind: "internet gateway not attached" })]),
  ];
}

/**
 * An internet gateway translates between private and public addresses, and drops packets without one (Amazon VPC User
 * Guide, "Enable internet access for a VPC using an internet gateway").
 */
function leaveForInternet(
  topology: Topology,
  from: Subnet,
  id: string,
  packets: Packets,
  hops: readonly Hop[],
): PacketPath[] {
  if (topology.internetGateways.get(id) !== from.vpcId) {
    return [ended(packets, hops, "dropped", { kind: "internet gateway not attached" })];
  }
  const { passing, refused } = betweenSubnets(from, undefined, packets, hops);
  if (passing === undefined) return [...refused];
  return [...refused, ...toInternet(passing, from.vpcId, hops)];
}

/** Through the internet gateway of a VPC. */
function toInternet(packets: Packets, vpcId: string, hops: readonly Hop[]): PacketPath[] {
  const inner = subtract(packets.destinations, PUBLIC);
  const outer = intersection(packets.destinations, PUBLIC);
  const isKnown = packets.hasPublicAddress && packets.vpcId === vpcId;
  const paths: PacketPath[] = [];
  if (inner.length > 0) {
    const reason: Reason = { kind: "not public", destinations: inner };
    paths.push(ended({ ...packets, destinations: inner }, hops, "dropped", reason));
  }
  if (outer.length > 0) {
    const there = { ...packets, destinations: outer };
    const reason: Reason = { kind: "sender without public address" };
    paths.push(isKnown ? ended(there, hops, "internet") : ended(there, hops, "dropped", reason));
  }
  return paths;
}

/** Through the local route: to the subnets of the VPC, or to addresses that no subnet has. */
function deliver(topology: Topology, from: Subnet, packets: Packets, hops: readonly Hop[]): PacketPath[] {
  const network = topology.networkById.get(from.vpcId);
  const shares = network === undefined ? [] : subnetsByAddress(network).split(packets.destinations);
  return shares.flatMap(({ item, ranges }): PacketPath[] => {
    const part = { ...packets, destinations: ranges };
    if (item === undefined) {
      return [ended(part, hops, "dropped", { kind: "outside all subnets", destinations: ranges })];
    }
    const { passing, refused } = betweenSubnets(from, item.subnet, part, hops);
    return [...refused, ...(passing === undefined ? [] : [ended(passing, hops, "arrives", undefined, item.subnet.id)])];
  });
}

/** The subnets of a VPC by address. */
const subnetsByAddress = cached(
  ({ subnets }: VpcNetwork) => new Partition(subnets.map((subnet) => ({ destination: subnet.block, subnet }))),
);

/** Public addresses: everything that an internet gateway routes, except the CIDRs of our own VPCs. */
export const internetOf = cached(({ networks }: Topology) =>
  subtract(PUBLIC, rangesOf(networks.flatMap(({ blocks }) => blocks))),
);
