import { block } from "../addresses/blocks";
import { difference, intersection, isEmpty, meet, type Ranges, rangesOf } from "../addresses/ranges";
import { rangesInWords } from "../addresses/words";
import { resolveService } from "../names/services";
import { admitted, rulesFor } from "../topology/security-groups";
import type { InboundResolver, Listener } from "../topology/services";
import type { Network, Subnet, Topology } from "../topology/topology";
import { ANYTHING, type Port, requestTo, type Traffic } from "../topology/traffic";
import type { Packets } from "./packets";
import { type Destination, type Hop, type Path, type Way, worst } from "./path";
import { internetOf, subnetsByAddress, walk } from "./walk";

/** The path from a subnet to a destination: the first that does not arrive, otherwise the first. */
export function trace(topology: Topology, from: Subnet, to: Destination, port: Port): Path {
  const { hops, end, why } = worst(ways(topology, from, to, port)) ?? {
    hops: [],
    end: "no route",
    why: "there is nothing to send",
  };
  return { hops, end, ...(why === undefined ? {} : { why }) };
}

/**
 * The paths of all packets from a subnet to a destination, hop by hop, and through the destination's security groups.
 * Senders are all private addresses of the subnet; they have public addresses if the subnet assigns them.
 */
export function ways(topology: Topology, from: Subnet, to: Destination, port: Port): Way[] {
  switch (to.kind) {
    case "address":
      return toAddress(topology, from, to.address, port);
    case "subnet": {
      const subnet = topology.subnetById.get(to.subnetId);
      if (subnet === undefined) return [nowhere(from, `there is no subnet ${to.subnetId}`)];
      return spread(topology, from, rangesOf([subnet.block]), requestTo(port));
    }
    case "ranges":
      return spread(topology, from, to.ranges, requestTo(port));
    case "internet":
      return spread(topology, from, internetOf(topology), requestTo(port));
    case "service":
      return toService(topology, from, to, port);
  }
}

/** The paths of some traffic from a subnet; by default any traffic, so that no leak is missed. */
export function spread(topology: Topology, from: Subnet, destinations: Ranges, traffic: Traffic = ANYTHING): Way[] {
  return walk(topology, from, packets(from, destinations, traffic));
}

function packets(from: Subnet, destinations: Ranges, traffic: Traffic, service?: Packets["service"]): Packets {
  const sources = rangesOf([from.block]);
  return {
    ...{ origin: sources, sources, destinations, traffic, service },
    ...{ vpcId: from.vpcId, hasPublicAddress: from.givesPublicAddresses, translations: [] },
  };
}

function nowhere(from: Subnet, why: string, end: "no route" | "dropped" = "no route"): Way {
  const sources = rangesOf([from.block]);
  return {
    ...{ hops: [], end, why, sources, seenFrom: sources, destinations: [] },
    ...{ landsIn: null, translations: [] },
  };
}

/** To an address, and through the security groups of a Resolver endpoint with that address. */
function toAddress(topology: Topology, from: Subnet, address: string, port: Port): Way[] {
  const resolver = topology.resolvers.find(({ listeners }) => listeners.some((each) => each.address === address));
  return spread(topology, from, rangesOf([address]), requestTo(port)).flatMap((way) =>
    resolver === undefined ? [way] : pastGroups(topology, way, { ...resolver, kind: "resolver" }, port),
  );
}

/** By the service's DNS name: the endpoint's addresses if a private hosted zone answers, otherwise public ones. */
function toService(
  topology: Topology,
  from: Subnet,
  { service, region }: Extract<Destination, { kind: "service" }>,
  port: Port,
): Way[] {
  const network = topology.networkById.get(from.vpcId);
  const answer = network === undefined ? undefined : resolveService(topology, network, service, region);
  if (answer?.kind === "no such name") return [nowhere(from, `${answer.name} does not exist (NXDOMAIN)`)];
  if (answer?.kind !== "private") {
    return walk(topology, from, packets(from, internetOf(topology), requestTo(port), { name: service, region }));
  }
  const endpoint = topology.endpoints.find(({ id }) => id === answer.endpointId);
  if (endpoint === undefined) return [nowhere(from, `${answer.name} does not point to an endpoint`)];
  const addresses = nearestFirst(topology, endpoint.listeners, from);
  if (addresses.length === 0) return [nowhere(from, `${endpoint.name} has no address`, "dropped")];
  return addresses
    .flatMap((address) => spread(topology, from, rangesOf([address]), requestTo(port)))
    .flatMap((way) => pastGroups(topology, way, { ...endpoint, kind: "endpoint" }, port));
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
function pastGroups(
  topology: Topology,
  way: Way,
  { id, name, kind, groupIds }: Pick<InboundResolver, "id" | "name" | "groupIds"> & Pick<Hop, "kind">,
  port: Port,
): Way[] {
  if (way.end !== "arrives") return [way];
  const rules = groupIds.flatMap((group) => topology.rules.get(group) ?? []);
  const allowed = admitted(rules, port);
  const [passing, stopped] = [intersection(way.seenFrom, allowed), difference(way.seenFrom, allowed)];
  const what = `${port.protocol} ${String(port.port)}`;
  const sources = rulesFor(rules, port)
    .filter(({ sourceKind, source }) => sourceKind === "IPv4" && meet(rangesOf([source]), passing))
    .map(({ source }) => source);
  const hop: Hop = { at: name, kind, id, rule: `allows ${what} from ${[...new Set(sources)].join(", ")}` };
  // Without NAT on the path, the sources are the senders.
  const ofSender = (seenFrom: Ranges): Partial<Way> =>
    way.translations.length > 0 ? { seenFrom } : { seenFrom, sources: seenFrom };
  return [
    ...(isEmpty(stopped)
      ? []
      : [
          {
            ...{ ...way, ...ofSender(stopped), end: "refused" as const },
            why: `${name} does not allow ${what} from ${rangesInWords(stopped)}`,
          },
        ]),
    ...(isEmpty(passing) ? [] : [{ ...way, ...ofSender(passing), hops: [...way.hops, hop] }]),
  ];
}

/**
 * From the internet to a subnet. A subnet is reachable only if it assigns public addresses and routes some of the
 * internet to the internet gateway of its VPC; otherwise replies have no return path.
 */
export function traceFromInternet(topology: Topology, to: Subnet): Path {
  const back = spread(topology, to, internetOf(topology)).find(
    ({ end, hops }) => end === "internet" && hops.length === 1,
  );
  if (back !== undefined) return { hops: back.hops, end: "arrives" };
  const why = to.givesPublicAddresses
    ? `${to.name} has no route to an internet gateway`
    : `${to.name} has no public address`;
  return { hops: [], end: "dropped", why };
}

/** The subnet, in any network, that contains an address. */
export function whereIs(topology: Topology, address: string): { network: Network; subnet: Subnet } | undefined {
  if (block(address) === undefined) return undefined;
  for (const network of topology.networks) {
    const subnet = subnetsByAddress(network).split(rangesOf([address]))[0]?.item?.subnet;
    if (subnet !== undefined) return { network, subnet };
  }
  return undefined;
}
