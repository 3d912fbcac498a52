import { mostSpecific } from "../topology/blocks";
import type { Subnet, Topology } from "../topology/topology";
import type { Attachment } from "../topology/transit-gateways";
import type { Hop, Path } from "./path";
import { landing, routeFor, walk, type Packet } from "./walk";

/**
 * Over a transit gateway: from an attachment with a subnet in the sender's zone (Amazon VPC Transit Gateways,
 * "Transit gateway attachments to a VPC"), by the table that it is associated with. There the most specific route
 * wins, then a static one before a propagated one; a blackhole drops ("Route evaluation order"). In the other VPC the
 * table of the attachment's subnet decides.
 */
export function leaveByGateway(
  topology: Topology,
  from: Subnet,
  gatewayId: string,
  packet: Packet,
  hops: readonly Hop[],
): Path {
  const { attachments, attachmentById, tableOf } = topology.transit;
  const stopped = (why: string): Path => ({ hops, end: "dropped", why });
  const mine = attachments.find((each) => each.vpcId === from.vpcId && each.gatewayId === gatewayId);
  if (mine === undefined) return stopped("the VPC is not attached to this transit gateway");
  if (inZone(topology, mine, from.zone) === undefined) return stopped(`the attachment has no subnet in ${from.zone}`);
  const table = tableOf.get(mine.id);
  if (table === undefined) return stopped("the attachment is associated with no table");

  const route = mostSpecific(table.routes, packet.to);
  if (route === undefined) return { hops, end: "no route", why: `table ${table.name} has no route to ${packet.to}` };
  const { destination, attachmentId, origin } = route;
  const target = attachmentById.get(attachmentId ?? "");
  const name = topology.networkById.get(target?.vpcId ?? "")?.name ?? "nowhere";
  const leadsTo = attachmentId === null ? "blackhole" : name;
  const rule = `${destination} → ${leadsTo} (${origin})`;
  const after: Hop[] = [...hops, { at: `table ${table.name}`, kind: "transit table", id: table.id, rule }];
  if (attachmentId === null) return { hops: after, end: "dropped", why: "a blackhole" };
  if (target === undefined) return { hops: after, end: "dropped", why: "the attachment is gone" };

  const entry = entryOf(topology, target, from.zone);
  if (entry === undefined) return { hops: after, end: "dropped", why: "the attachment has no subnet" };
  const chosen = routeFor(topology, entry, packet.to);
  const isLocal = chosen !== undefined && chosen.route === undefined;
  if (isLocal) return landing(topology, target.vpcId, packet.to, after);
  return walk(topology, entry, packet, after);
}

/** The subnet by which a packet from a zone comes into the VPC of an attachment. */
export function entryOf(topology: Topology, attachment: Attachment, zone: string): Subnet | undefined {
  return inZone(topology, attachment, zone) ?? topology.subnetById.get(attachment.subnetIds[0] ?? "");
}

/** The subnet by which an attachment serves a zone. */
function inZone(topology: Topology, { subnetIds }: Attachment, zone: string): Subnet | undefined {
  return subnetIds.map((id) => topology.subnetById.get(id)).find((subnet) => subnet?.zone === zone);
}
