import { resolveService } from "../names/services";
import { admits, type Port } from "../topology/security-groups";
import type { InboundResolver, Listener } from "../topology/services";
import type { Network, Subnet, Topology } from "../topology/topology";
import { addressIn, INTERNET_ADDRESS, type Destination, type Hop, type Path } from "./path";
import { subnetOf, walk, type Packet } from "./walk";

/**
 * Where a packet from a subnet goes, hop by hop, and past which groups. The sender is a private address of the subnet,
 * and has a public one where the subnet gives those out.
 */
export function trace(topology: Topology, from: Subnet, to: Destination, port: Port): Path {
  switch (to.kind) {
    case "address":
      return toAddress(topology, from, to.address, port);
    case "subnet": {
      const subnet = topology.subnetById.get(to.subnetId);
      if (subnet === undefined) return { hops: [], end: "no route", why: `there is no subnet ${to.subnetId}` };
      return walk(topology, from, packet(from, addressIn(subnet.block)));
    }
    case "internet":
      return walk(topology, from, packet(from, INTERNET_ADDRESS));
    case "service":
      return toService(topology, from, to, port);
  }
}

function packet(from: Subnet, to: string, service?: string): Packet {
  return { to, service, vpcId: from.vpcId, hasPublicAddress: from.givesPublicAddresses };
}

/** To an address, and past the groups of a resolver that listens there. */
function toAddress(topology: Topology, from: Subnet, address: string, port: Port): Path {
  const path = walk(topology, from, packet(from, address));
  const resolver = topology.resolvers.find(({ listeners }) => listeners.some((each) => each.address === address));
  return resolver === undefined ? path : pastGroups(topology, path, from, { ...resolver, kind: "resolver" }, port);
}

/** By the name of the service: an endpoint's addresses where a private zone answers, and public ones otherwise. */
function toService(
  topology: Topology,
  from: Subnet,
  { service, region }: Extract<Destination, { kind: "service" }>,
  port: Port,
): Path {
  const network = topology.networkById.get(from.vpcId);
  const answer = network === undefined ? undefined : resolveService(topology, network, service, region);
  if (answer?.kind === "no such name") return { hops: [], end: "no route", why: `${answer.name}: no such name` };
  if (answer?.kind !== "private") return walk(topology, from, packet(from, INTERNET_ADDRESS, service));
  const endpoint = topology.endpoints.find(({ id }) => id === answer.endpointId);
  if (endpoint === undefined) return { hops: [], end: "no route", why: `${answer.name} leads to no endpoint` };
  const listener = nearest(topology, endpoint.listeners, from);
  if (listener === undefined) return { hops: [], end: "dropped", why: `${endpoint.name} has no address` };
  const path = walk(topology, from, packet(from, listener));
  return pastGroups(topology, path, from, { ...endpoint, kind: "endpoint" }, port);
}

/** Any of them may answer; one in the sender's zone is shown where there is one. */
function nearest(topology: Topology, listeners: readonly Listener[], from: Subnet): string | undefined {
  const addresses = listeners.flatMap(({ subnetId, address }) => {
    const subnet = topology.subnetById.get(subnetId);
    return subnet === undefined ? [] : [{ zone: subnet.zone, address: address ?? addressIn(subnet.block) }];
  });
  return (addresses.find(({ zone }) => zone === from.zone) ?? addresses[0])?.address;
}

/** Past the groups of what listens: one rule of any of them is enough. */
function pastGroups(
  topology: Topology,
  path: Path,
  from: Subnet,
  { id, name, kind, groupIds }: Pick<InboundResolver, "id" | "name" | "groupIds"> & Pick<Hop, "kind">,
  port: Port,
): Path {
  if (path.end !== "arrives") return path;
  const rules = groupIds.flatMap((group) => topology.rules.get(group) ?? []);
  const source = sender(topology, path, from).block;
  const rule = admits(rules, source, port);
  const what = `${port.protocol} ${String(port.port)}`;
  if (rule === undefined) return { ...path, end: "refused", why: `${name} does not admit ${source}, ${what}` };
  return { ...path, hops: [...path.hops, { at: name, kind, id, rule: `admits ${rule.source}, ${what}` }] };
}

/** The subnet whose addresses a packet has at its end: behind a NAT gateway those of the gateway's. */
function sender({ natById, subnetById }: Topology, { hops }: Path, from: Subnet): Subnet {
  const nats = hops.filter(({ kind }) => kind === "NAT gateway").map(({ id }) => natById.get(id)?.subnetId ?? "");
  return subnetById.get(nats.at(-1) ?? "") ?? from;
}

/**
 * From the internet to a subnet: only what has a public address, and a table that leads to the internet gateway of
 * its VPC, is reached at all; the answer would not find back otherwise.
 */
export function traceFromInternet(topology: Topology, to: Subnet): Path {
  const back = walk(topology, to, packet(to, INTERNET_ADDRESS));
  if (back.end === "internet" && back.hops.length === 1) return { hops: back.hops, end: "arrives" };
  const why = to.givesPublicAddresses
    ? `${to.name} has no way to an internet gateway`
    : `${to.name} has no public address`;
  return { hops: [], end: "dropped", why };
}

/** The subnet of any network that an address lies in. */
export function whereIs(topology: Topology, address: string): { network: Network; subnet: Subnet } | undefined {
  for (const network of topology.networks) {
    const subnet = subnetOf(topology, network.id, address);
    if (subnet !== undefined) return { network, subnet };
  }
  return undefined;
}
