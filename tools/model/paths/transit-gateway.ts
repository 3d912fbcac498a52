import { intersection, Partition, rangesOf, subtract } from "../addresses/ranges";
import { cached } from "../topology/resources";
import type { SiteAttachment } from "../topology/sites";
import type { Subnet, Topology } from "../topology/topology";
import type { FirewallAttachment } from "../topology/firewalls";
import type { Attachment, TransitRoute, TransitTable } from "../topology/transit-gateways";
import { ended, pastBoth, type Packets } from "./packets";
import type { Hop, PacketPath, Reason } from "./path";

/** Follows packets on from the attachment subnet by which they enter the other VPC. */
type Enter = (entry: Subnet, packets: Packets, hops: readonly Hop[]) => PacketPath[];

/**
 * Through a transit gateway. Packets enter by an attachment subnet in the sender's Availability Zone (Amazon VPC Transit
 * Gateways, "Amazon VPC attachments in AWS Transit Gateway") and use the route table associated with the attachment. The
 * most specific route wins, then a static route over a propagated one; a blackhole drops ("How AWS Transit Gateway
 * works", route evaluation order). In the other VPC, the route table of its attachment subnet decides.
 */
export function crossTransitGateway(
  topology: Topology,
  from: Subnet,
  gatewayId: string,
  packets: Packets,
  hops: readonly Hop[],
  enter: Enter,
): PacketPath[] {
  const { attachmentOf, tableOf } = topology.transit;
  const dropped = (reason: Reason): PacketPath[] => [ended(packets, hops, "dropped", reason)];
  const mine = attachmentOf(from.vpcId, gatewayId);
  if (mine === undefined) return dropped({ kind: "attachment missing" });
  if (!mine.isAccepted) return dropped({ kind: "attachment pending" });
  const exit = inZone(topology, mine, from.zone);
  if (exit === undefined) return dropped({ kind: "no attachment in zone", zone: from.zone });
  const table = tableOf.get(mine.id);
  if (table === undefined) return dropped({ kind: "attachment not associated" });

  const { passing, refused } = pastBoth(from.acl, exit.acl, packets, hops);
  if (passing === undefined) return [...refused];
  return [...refused, ...throughTable(topology, table, from.zone, passing, hops, enter)];
}

/** By the routes of a transit gateway route table. The zone is empty for packets from outside AWS, which enter in any. */
export function throughTable(
  topology: Topology,
  table: TransitTable,
  zone: string,
  packets: Packets,
  hops: readonly Hop[],
  enter: Enter,
): PacketPath[] {
  return routesOf(table)
    .split(packets.destinations)
    .flatMap(({ item, ranges }): PacketPath[] => {
      const part = { ...packets, destinations: ranges };
      return item === undefined
        ? [ended(part, hops, "no route", { kind: "no transit route", table: table.name, destinations: ranges })]
        : followRoute(topology, table, item, zone, part, hops, enter);
    });
}

function followRoute(
  topology: Topology,
  table: TransitTable,
  { destination, attachmentId, origin }: TransitRoute,
  zone: string,
  packets: Packets,
  hops: readonly Hop[],
  enter: Enter,
): PacketPath[] {
  const target = topology.transit.attachmentById.get(attachmentId ?? "");
  const network = topology.networkById.get(target?.vpcId ?? "");
  const { firewalls, siteById } = topology.transit;
  const [firewall, site] = [firewalls.get(attachmentId ?? ""), siteById.get(attachmentId ?? "")];
  const known = network?.name ?? firewall?.name ?? target?.name ?? site?.name;
  const leadsTo = attachmentId === null ? null : (known ?? attachmentId);
  const { id, name } = table;
  const after: Hop[] = [...hops, { kind: "transit table", id, name, route: { destination, target: leadsTo, origin } }];
  if (attachmentId === null) return [ended(packets, after, "dropped", { kind: "blackhole" })];
  if (firewall !== undefined) return inspect(topology, firewall, packets, after, enter);
  if (site !== undefined) return leaveForSite(site, packets, after);
  if (target === undefined) return [ended(packets, after, "not modeled", { kind: "attachment unknown" })];
  if (!target.isAccepted) return [ended(packets, after, "dropped", { kind: "attachment pending" })];
  if (network === undefined) return [ended(packets, after, "not modeled", { kind: "attached VPC unknown" })];
  const entries = entriesOf(topology, target, zone);
  if (entries.length === 0) return [ended(packets, after, "dropped", { kind: "attachment without subnet" })];
  return entries.flatMap((entry) => enter(entry, packets, after));
}

/** AZ of packets that a firewall returns: any, because it chooses the AZ of its endpoint by the connection. */
const ANY_ZONE = "";

/**
 * Through a firewall and back to the transit gateway, where the route table of the firewall's attachment decides. It is in
 * appliance mode: both directions of a connection use the same endpoint, in whatever AZ they begin (AWS Network Firewall
 * Developer Guide, "Considerations for transit gateway-attached firewalls"). What its rules drop is not modeled.
 */
function inspect(
  topology: Topology,
  { id, name }: FirewallAttachment,
  packets: Packets,
  hops: readonly Hop[],
  enter: Enter,
): PacketPath[] {
  if (hops.some((hop) => hop.kind === "firewall" && hop.id === id)) {
    return [ended(packets, hops, "dropped", { kind: "routing loop", subnet: name })];
  }
  const after: Hop[] = [...hops, { kind: "firewall", id, name }];
  const table = topology.transit.tableOf.get(id);
  if (table === undefined) return [ended(packets, after, "dropped", { kind: "attachment not associated" })];
  return throughTable(topology, table, ANY_ZONE, packets, after, enter);
}

/** To a site. Its device drops what is not for the CIDRs that the configuration names. */
function leaveForSite({ id, name, blocks }: SiteAttachment, packets: Packets, hops: readonly Hop[]): PacketPath[] {
  const inside = intersection(packets.destinations, rangesOf(blocks));
  const outside = subtract(packets.destinations, inside);
  const reason: Reason = { kind: "outside the site", site: name, destinations: outside };
  return [
    ...(inside.length === 0 ? [] : [ended({ ...packets, destinations: inside }, hops, "arrives", undefined, id)]),
    ...(outside.length === 0 ? [] : [ended({ ...packets, destinations: outside }, hops, "dropped", reason)]),
  ];
}

const routesOf = cached(({ routes }: TransitTable) => new Partition(routes));

/** The subnet through which packets from an AZ enter the VPC of an attachment. */
export function entryOf(topology: Topology, attachment: Attachment, zone: string): Subnet | undefined {
  return inZone(topology, attachment, zone) ?? topology.subnetById.get(attachment.subnetIds[0] ?? "");
}

/**
 * Every subnet through which packets may enter. A transit gateway keeps traffic in its AZ if the other attachment has a
 * subnet there. In appliance mode, or from an AZ where the other attachment has no subnet, it may choose any AZ (Amazon
 * VPC Transit Gateways, "Amazon VPC attachments in AWS Transit Gateway"). One subnet represents all subnets with the same
 * routes and network ACL.
 */
function entriesOf(topology: Topology, attachment: Attachment, zone: string): Subnet[] {
  const same = attachment.hasApplianceMode ? undefined : inZone(topology, attachment, zone);
  if (same !== undefined) return [same];
  const all = attachment.subnetIds.flatMap((id) => topology.subnetById.get(id) ?? []);
  const routing = ({ table, acl }: Subnet): string =>
    [...table.routes.map(({ destination, target }) => `${destination} ${target}`), acl?.id ?? ""].join("; ");
  return [...new Map([...all].reverse().map((subnet) => [routing(subnet), subnet])).values()].reverse();
}

/** The attachment's subnet in an AZ. */
function inZone(topology: Topology, { subnetIds }: Attachment, zone: string): Subnet | undefined {
  return subnetIds.map((id) => topology.subnetById.get(id)).find((subnet) => subnet?.zone === zone && zone !== "");
}
