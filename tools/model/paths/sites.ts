import { type Ranges, rangesOf } from "../addresses/ranges";
import { ANYTHING, replyTo, type Traffic } from "../topology/packet-filters";
import type { SiteAttachment } from "../topology/sites";
import type { Topology } from "../topology/topology";
import { ended, type Packets } from "./packets";
import type { Hop, PacketPath } from "./path";
import { throughTable } from "./transit-gateway";
import { followPackets } from "./walk";

/**
 * The paths of packets from a network outside AWS. They enter the transit gateway at the attachment of its VPN connection or
 * Direct Connect gateway, and use the route table of that attachment. Senders are all addresses of the site; by default any
 * traffic, so that no leak is missed.
 */
export function traceFromSite(
  topology: Topology,
  { id, name, blocks }: SiteAttachment,
  destinations: Ranges,
  traffic: Traffic = ANYTHING,
): PacketPath[] {
  const sources = rangesOf(blocks);
  const packets: Packets = {
    ...{ origin: sources, sources, destinations, traffic, service: undefined },
    // No gateway of a VPC serves packets from outside it.
    ...{ vpcId: "", hasPublicAddress: false, translations: [] },
  };
  const hops: Hop[] = [{ kind: "site", id, name }];
  const table = topology.transit.tableOf.get(id);
  if (table === undefined) return [ended(packets, hops, "dropped", { kind: "attachment not associated" })];
  return throughTable(topology, table, "", packets, hops, (entry, entering, after) =>
    followPackets(topology, entry, entering, after, true),
  );
}

/** The return paths of packets from a site that arrived in a subnet. One that does not end in `arrives` is a lost reply. */
export function traceRepliesToSite(
  topology: Topology,
  { id, name }: SiteAttachment,
  { landsIn, seenFrom, destinations }: PacketPath,
  traffic: Traffic,
): PacketPath[] {
  const receiver = topology.subnetById.get(landsIn ?? "");
  if (receiver === undefined) return [];
  const packets: Packets = {
    ...{ origin: destinations, sources: destinations, destinations: seenFrom, traffic: replyTo(traffic) },
    ...{ service: undefined, vpcId: receiver.vpcId, hasPublicAddress: receiver.givesPublicAddresses, translations: [] },
  };
  return followPackets(topology, receiver, packets).map((path) =>
    path.end !== "arrives" || path.landsIn === id
      ? path
      : { ...path, end: "dropped", reason: { kind: "reply to another network", expected: name } },
  );
}
