import { Partition } from "../addresses/partition";
import { rangesInWords } from "../addresses/words";
import type { Subnet, Topology } from "../topology/topology";
import type { Attachment, TransitRoute, TransitTable } from "../topology/transit-gateways";
import { ended, pastBoth, type Packets } from "./packets";
import type { Hop, Way } from "./path";
import { walk } from "./walk";

/**
 * Through a transit gateway. Packets enter by an attachment subnet in the sender's Availability Zone (Amazon VPC Transit
 * Gateways, "Amazon VPC attachments in AWS Transit Gateway") and use the route table associated with the attachment. The
 * most specific route wins, then a static route over a propagated one; a blackhole drops ("How AWS Transit Gateway
 * works", route evaluation order). In the other VPC, the route table of its attachment subnet decides.
 */
export function overGateway(
  topology: Topology,
  from: Subnet,
  gatewayId: string,
  packets: Packets,
  hops: readonly Hop[],
): Way[] {
  const { attachmentOf, tableOf } = topology.transit;
  const stopped = (why: string): Way[] => [ended(packets, hops, "dropped", why)];
  const mine = attachmentOf(from.vpcId, gatewayId);
  if (mine === undefined) return stopped("the VPC is not attached to this transit gateway");
  if (!mine.isAccepted) return stopped("the attachment is pending acceptance");
  const exit = inZone(topology, mine, from.zone);
  if (exit === undefined) return stopped(`the attachment has no subnet in ${from.zone}`);
  const table = tableOf.get(mine.id);
  if (table === undefined) return stopped("the attachment is not associated with a route table");

  const { passing, refused } = pastBoth(from.acl, exit.acl, packets, hops);
  if (passing === undefined) return [...refused];
  const ways = routesOf(table)
    .split(passing.destinations)
    .flatMap(({ item, ranges }): Way[] => {
      const part = { ...passing, destinations: ranges };
      const noRoute = `transit gateway route table ${table.name} has no route to ${rangesInWords(ranges)}`;
      return item === undefined
        ? [ended(part, hops, "no route", noRoute)]
        : byRoute(topology, table, item, from.zone, part, hops);
    });
  return [...refused, ...ways];
}

function byRoute(
  topology: Topology,
  table: TransitTable,
  { destination, attachmentId, origin }: TransitRoute,
  zone: string,
  packets: Packets,
  hops: readonly Hop[],
): Way[] {
  const target = topology.transit.attachmentById.get(attachmentId ?? "");
  const network = topology.networkById.get(target?.vpcId ?? "");
  const leadsTo = attachmentId === null ? "blackhole" : (network?.name ?? target?.name ?? attachmentId);
  const rule = `${destination} → ${leadsTo} (${origin})`;
  const after: Hop[] = [...hops, { at: `table ${table.name}`, kind: "transit table", id: table.id, rule }];
  if (attachmentId === null) return [ended(packets, after, "dropped", "blackhole route")];
  if (target === undefined) return [ended(packets, after, "not followed", "the attachment is not in any stack")];
  if (!target.isAccepted) return [ended(packets, after, "dropped", "the attachment is pending acceptance")];
  if (network === undefined) return [ended(packets, after, "not followed", "the attached VPC is not in any stack")];
  const entries = entriesOf(topology, target, zone);
  if (entries.length === 0) return [ended(packets, after, "dropped", "the attachment has no subnet")];
  return entries.flatMap((entry) => walk(topology, entry, packets, after, true));
}

const partitions = new WeakMap<TransitTable, Partition<TransitRoute>>();

function routesOf(table: TransitTable): Partition<TransitRoute> {
  const known = partitions.get(table);
  if (known !== undefined) return known;
  const made = new Partition(table.routes);
  partitions.set(table, made);
  return made;
}

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
