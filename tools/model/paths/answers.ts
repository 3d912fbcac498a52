import type { Subnet, Topology } from "../topology/topology";
import { answerTo, type Traffic } from "../topology/traffic";
import type { Ranges } from "../addresses/ranges";
import { ended, entering, type Packets } from "./packets";
import type { Way } from "./path";
import { walk } from "./walk";

/**
 * The return paths of packets that arrived. A reply is routed like any other packet. A NAT gateway remembers the sender,
 * but the reply must first reach the NAT gateway, and then the sender from the NAT gateway's subnet (Amazon VPC User
 * Guide, "NAT gateway use cases"; Amazon VPC Transit Gateways, "Example: Centralized outbound routing to the internet").
 * A return path that does not end in `arrives` is a lost reply.
 */
export function answersTo(topology: Topology, from: Subnet, way: Way, traffic: Traffic): Way[] {
  const { end, landsIn, seenFrom, destinations, translations } = way;
  if (end !== "arrives" && end !== "internet") return [];
  const answer = answerTo(traffic);
  const nat = translations.at(-1);
  const next = nat === undefined ? from : topology.subnetById.get(nat.nat.subnetId);
  if (next === undefined) return [];
  const receiver = topology.subnetById.get(landsIn ?? "");
  const arriving =
    receiver === undefined
      ? // From the internet, or from a service through its gateway endpoint: only the sender's network ACL applies.
        entered(next, packetsFrom(destinations, seenFrom, next, answer))
      : walk(topology, receiver, packetsFrom(destinations, seenFrom, receiver, answer)).map((each) =>
          judged(topology, each, next),
        );
  return backThroughNat(topology, from, way, answer, arriving);
}

/** From each NAT gateway on the path, last one first, back to where the packet came from. */
function backThroughNat(
  topology: Topology,
  from: Subnet,
  { destinations, translations }: Way,
  traffic: Traffic,
  arriving: readonly Way[],
): Way[] {
  let ways = [...arriving];
  for (let index = translations.length - 1; index >= 0; index -= 1) {
    if (ways.some(({ end }) => end !== "arrives")) return ways;
    const { nat, sources } = translations[index] as Way["translations"][number];
    const before = translations[index - 1];
    const next = before === undefined ? from : topology.subnetById.get(before.nat.subnetId);
    const at = topology.subnetById.get(nat.subnetId);
    if (at === undefined || next === undefined) return ways;
    ways = walk(topology, at, packetsFrom(destinations, sources, at, traffic)).map((each) =>
      judged(topology, each, next),
    );
  }
  return ways;
}

function packetsFrom(sources: Ranges, destinations: Ranges, { vpcId, givesPublicAddresses }: Subnet, traffic: Traffic) {
  return {
    ...{ origin: sources, sources, destinations, traffic, service: undefined },
    ...{ vpcId, hasPublicAddress: givesPublicAddresses, translations: [] },
  } satisfies Packets;
}

function entered(subnet: Subnet, packets: Packets): Way[] {
  const { passing, refused } = entering(subnet.acl, packets, []);
  return [...refused, ...(passing === undefined ? [] : [ended(passing, [], "arrives", undefined, subnet.id)])];
}

/** A reply is lost if it arrives in another subnet, or if NAT changes its source address. */
function judged(topology: Topology, way: Way, expected: Subnet): Way {
  if (way.translations.length > 0) {
    return { ...way, end: "dropped", why: "a NAT gateway changes the source address of the reply" };
  }
  if (way.end !== "arrives" || way.landsIn === expected.id) return way;
  const there = topology.subnetById.get(way.landsIn ?? "")?.name ?? "elsewhere";
  return { ...way, end: "dropped", why: `the reply goes to ${there} instead of ${expected.name}` };
}
