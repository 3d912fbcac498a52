import { intersection, meet, type Ranges, rangesOf, subtract } from "../addresses/ranges";
import { resolveService } from "../names/resolve";
import type { InboundResolver, Listener } from "../topology/endpoints-and-zones";
import {
  admitted,
  ANYTHING,
  ipv4Sources,
  type Port,
  replyTo,
  requestTo,
  rulesFor,
  type Traffic,
} from "../topology/packet-filters";
import type { Subnet, Topology } from "../topology/topology";
import { ended, entering, type Packets } from "./packets";
import { decidingPath, type Destination, type Hop, type PacketPath, type Path, type Reason } from "./path";
import { traceFromSite } from "./sites";
import { followPackets, internetOf } from "./walk";

/** The path from a subnet to a destination: the first that does not arrive, otherwise the first. */
export function trace(topology: Topology, from: Subnet, to: Destination, port: Port): Path {
  const path = decidingPath(tracePaths(topology, from, to, port));
  if (path === undefined) return { hops: [], end: "no route", reason: { kind: "nothing to send" } };
  const { hops, end, reason } = path;
  return { hops, end, ...(reason === undefined ? {} : { reason }) };
}

/**
 * The paths of all packets from a subnet to a destination, hop by hop, and through the destination's security groups.
 * Senders are all private addresses of the subnet; they have public addresses if the subnet assigns them.
 */
export function tracePaths(topology: Topology, from: Subnet, to: Destination, port: Port): PacketPath[] {
  switch (to.kind) {
    case "address":
      return toAddress(topology, from, to.address, port);
    case "subnet": {
      const subnet = topology.subnetById.get(to.subnetId);
      if (subnet === undefined) return [unsent(from, { kind: "no such subnet", subnetId: to.subnetId })];
      return traceTraffic(topology, from, rangesOf([subnet.block]), requestTo(port));
    }
    case "ranges":
      return traceTraffic(topology, from, to.ranges, requestTo(port));
    case "internet":
      return traceTraffic(topology, from, internetOf(topology), requestTo(port));
    case "service":
      return toService(topology, from, to, port);
  }
}

/** The paths of some traffic from a subnet; by default any traffic, so that no leak is missed. */
export function traceTraffic(
  topology: Topology,
  from: Subnet,
  destinations: Ranges,
  traffic: Traffic = ANYTHING,
): PacketPath[] {
  return followPackets(topology, from, packetsFrom(from, destinations, traffic));
}

/** Packets of a network interface in a subnet. */
function packetsFrom(
  { block, vpcId, givesPublicAddresses }: Subnet,
  destinations: Ranges,
  traffic: Traffic,
  { sources = rangesOf([block]), service }: Partial<Pick<Packets, "sources" | "service">> = {},
): Packets {
  return {
    ...{ origin: sources, sources, destinations, traffic, service },
    ...{ vpcId, hasPublicAddress: givesPublicAddresses, translations: [] },
  };
}

/** The path of packets that never leave. */
function unsent(from: Subnet, reason: Reason, end: "no route" | "dropped" = "no route"): PacketPath {
  const sources = rangesOf([from.block]);
  return {
    ...{ hops: [], end, reason, sources, seenFrom: sources, destinations: [] },
    ...{ landsIn: null, translations: [] },
  };
}

/** To an address, and through the security groups of a Resolver endpoint with that address. */
function toAddress(topology: Topology, from: Subnet, address: string, port: Port): PacketPath[] {
  const resolver = topology.resolvers.find(({ listeners }) => listeners.some((each) => each.address === address));
  return traceTraffic(topology, from, rangesOf([address]), requestTo(port)).flatMap((path) =>
    resolver === undefined ? [path] : passSecurityGroups(topology, path, { ...resolver, kind: "resolver" }, port),
  );
}

/** By the service's DNS name: the endpoint's addresses if a private hosted zone answers, otherwise public ones. */
function toService(
  topology: Topology,
  from: Subnet,
  { service, region }: Extract<Destination, { kind: "service" }>,
  port: Port,
): PacketPath[] {
  const network = topology.networkById.get(from.vpcId);
  const answer = network === undefined ? undefined : resolveService(topology, network, service, region);
  if (answer?.kind === "no such name") return [unsent(from, { kind: "no such name", dnsName: answer.name })];
  if (answer?.kind === "forwarded") return [unsent(from, { kind: "name forwarded", dnsName: answer.name })];
  if (answer?.kind !== "private") {
    return followPackets(
      topology,
      from,
      packetsFrom(from, internetOf(topology), requestTo(port), { service: { name: service, region } }),
    );
  }
  const endpoint = topology.endpoints.find(({ id }) => id === answer.endpointId);
  if (endpoint === undefined) return [unsent(from, { kind: "name without endpoint", dnsName: answer.name })];
  const addresses = nearestFirst(topology, endpoint.listeners, from);
  if (addresses.length === 0) {
    return [unsent(from, { kind: "endpoint without address", endpoint: endpoint.name }, "dropped")];
  }
  return addresses
    .flatMap((address) => traceTraffic(topology, from, rangesOf([address]), requestTo(port)))
    .flatMap((path) => passSecurityGroups(topology, path, { ...endpoint, kind: "endpoint" }, port));
}

/** Any of them may be used, at any address of its subnet; those in the sender's AZ come first. */
function nearestFirst({ subnetById }: Topology, listeners: readonly Listener[], from: Subnet): string[] {
  return listeners
    .flatMap(({ subnetId, address }) => {
      const subnet = subnetById.get(subnetId);
      return subnet === undefined ? [] : [{ zone: subnet.zone, address: address ?? subnet.block }];
    })
    .sort((a, b) => Number(b.zone === from.zone) - Number(a.zone === from.zone))
    .map(({ address }) => address);
}

/** Through the security groups of the listener: the rules of all groups apply together. */
export function passSecurityGroups(
  topology: Topology,
  path: PacketPath,
  { id, name, kind, groupIds }: Pick<InboundResolver, "id" | "name" | "groupIds"> & { kind: "endpoint" | "resolver" },
  port: Port,
): PacketPath[] {
  if (path.end !== "arrives") return [path];
  const rules = groupIds.flatMap((group) => topology.rules.get(group) ?? []);
  const allowed = admitted(rules, port);
  const [passing, stopped] = [intersection(path.seenFrom, allowed), subtract(path.seenFrom, allowed)];
  const cidrs = ipv4Sources(rulesFor(rules, port)).filter((cidr) => meet(rangesOf([cidr]), passing));
  const hop: Hop = { kind, id, name, port, sources: [...new Set(cidrs)] };
  // Without NAT on the path, the sources are the senders.
  const ofSender = (seenFrom: Ranges): Partial<PacketPath> =>
    path.translations.length > 0 ? { seenFrom } : { seenFrom, sources: seenFrom };
  const reason: Reason = { kind: "security group", listener: name, port, sources: stopped };
  return [
    ...(stopped.length === 0 ? [] : [{ ...path, ...ofSender(stopped), end: "refused" as const, reason }]),
    ...(passing.length === 0 ? [] : [{ ...path, ...ofSender(passing), hops: [...path.hops, hop] }]),
  ];
}

/**
 * From the internet to a subnet. A subnet is reachable only if it assigns public addresses and routes some of the
 * internet to the internet gateway of its VPC; otherwise replies have no return path.
 */
export function traceFromInternet(topology: Topology, to: Subnet): Path {
  const back = traceTraffic(topology, to, internetOf(topology)).find(
    ({ end, hops }) => end === "internet" && hops.length === 1,
  );
  if (back !== undefined) return { hops: back.hops, end: "arrives" };
  const kind = to.givesPublicAddresses ? "no internet route" : "no public address";
  return { hops: [], end: "dropped", reason: { kind, subnet: to.name } };
}

/**
 * The return paths of packets that arrived. A reply is routed like any other packet. A NAT gateway remembers the sender,
 * but the reply must first reach the NAT gateway, and then the sender from the NAT gateway's subnet (Amazon VPC User
 * Guide, "NAT gateway use cases"; Amazon VPC Transit Gateways, "Example: Centralized outbound routing to the internet").
 * A return path that does not end in `arrives` is a lost reply.
 */
export function traceReplies(topology: Topology, from: Subnet, path: PacketPath, traffic: Traffic): PacketPath[] {
  const { end, landsIn, seenFrom, destinations, translations } = path;
  if (end !== "arrives" && end !== "internet") return [];
  const answer = replyTo(traffic);
  const nat = translations.at(-1);
  if (nat?.nat.zones !== undefined) {
    // Always for the sender's own subnet: a regional NAT gateway serves only its VPC, and is the last hop to the internet.
    return entered(from, packetsFrom(from, nat.sources, answer, { sources: destinations }));
  }
  const next = nat === undefined ? from : topology.subnetById.get(nat.nat.subnetId);
  if (next === undefined) return [];
  const receiver = topology.subnetById.get(landsIn ?? "");
  const site = topology.transit.siteById.get(landsIn ?? "");
  if (site !== undefined) {
    const arriving = traceFromSite(topology, site, seenFrom, answer).map((each) => checkReply(topology, each, next));
    return backThroughNat(topology, from, path, answer, arriving);
  }
  const arriving =
    receiver === undefined
      ? // From the internet, or from a service through its gateway endpoint: only the sender's network ACL applies.
        entered(next, packetsFrom(next, seenFrom, answer, { sources: destinations }))
      : followPackets(topology, receiver, packetsFrom(receiver, seenFrom, answer, { sources: destinations })).map(
          (each) => checkReply(topology, each, next),
        );
  return backThroughNat(topology, from, path, answer, arriving);
}

/** From each NAT gateway on the path, last one first, back to where the packet came from. */
function backThroughNat(
  topology: Topology,
  from: Subnet,
  { destinations, translations }: PacketPath,
  traffic: Traffic,
  arriving: readonly PacketPath[],
): PacketPath[] {
  let paths = [...arriving];
  for (let index = translations.length - 1; index >= 0; index -= 1) {
    if (paths.some(({ end }) => end !== "arrives")) return paths;
    const { nat, sources } = translations[index] as PacketPath["translations"][number];
    const before = translations[index - 1];
    const next = before === undefined ? from : topology.subnetById.get(before.nat.subnetId);
    const at = topology.subnetById.get(nat.subnetId);
    if (at === undefined || next === undefined) return paths;
    paths = followPackets(topology, at, packetsFrom(at, sources, traffic, { sources: destinations })).map((each) =>
      checkReply(topology, each, next),
    );
  }
  return paths;
}

function entered(subnet: Subnet, packets: Packets): PacketPath[] {
  const { passing, refused } = entering(subnet.acl, packets, []);
  return [...refused, ...(passing === undefined ? [] : [ended(passing, [], "arrives", undefined, subnet.id)])];
}

/** A reply is lost if it arrives in another subnet, or if NAT changes its source address. */
function checkReply(topology: Topology, path: PacketPath, expected: Subnet): PacketPath {
  if (path.translations.length > 0) return { ...path, end: "dropped", reason: { kind: "reply translated" } };
  if (path.end !== "arrives" || path.landsIn === expected.id) return path;
  const there = topology.subnetById.get(path.landsIn ?? "")?.name ?? "elsewhere";
  return {
    ...path,
    end: "dropped",
    reason: { kind: "reply to another subnet", subnet: there, expected: expected.name },
  };
}
