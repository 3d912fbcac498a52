import { reachedBy } from "../../components/settings/connections";
import { covers, describeRanges, Partition, rangesOf, union } from "../model/addresses/ranges";
import type { AllStacks } from "../model/resource";
import { topologyOf, type Topology, type VpcNetwork } from "../model/topology/topology";
import type { Attachment, Transit, TransitRoute, TransitTable } from "../model/topology/transit-gateways";
import { finding, type NetworkCheck, type Observation } from "./shared/check";

const INTERNET: readonly string[] = ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1"];

/**
 * Isolation is enforced twice. This check covers the first: the transit gateway itself routes a spoke only to the hub and
 * to the spokes that it is connected to, whatever routes the spoke's account adds. `spokes-are-isolated` checks both together, so it passes if only one fails.
 */
export const transitRoutesIsolateSpokes: NetworkCheck = {
  name: "transit-routes-isolate-spokes",
  sentence: "The transit gateway routes a spoke only to the hub, its connections and its sites.",
  check(stack, all) {
    const topology = topologyOf(all);
    const { transit } = topology;
    if (stack.isHub) {
      // The defaults for future attachments.
      return finding([
        ...transit.attachments
          .filter((attachment) => attachment.stack === stack.name)
          .flatMap((attachment) => tooWideRoutes(topology, attachment)),
        ...[...transit.firewalls.values()].flatMap((firewall) => tooWideRoutes(topology, firewall)),
        ...[...transit.defaultTables].flatMap(([gatewayId, table]) => [
          ...(table === undefined
            ? [withoutTable("a new attachment")]
            : observeTable("a new attachment", topology, all, table, all.connections?.forAll ?? [])),
          observePropagation(transit, gatewayId, table),
        ]),
      ]);
    }
    const own = transit.attachments.filter((attachment) => attachment.stack === stack.name);
    if (own.length === 0) return undefined;
    return finding(
      own.flatMap(({ id, name }) => {
        const table = transit.tableOf.get(id);
        const reader = `attachment ${name}`;
        return table === undefined
          ? [{ ...withoutTable(reader), passed: false }]
          : observeTable(reader, topology, all, table, reachedBy(all.connections, stack.name), stack.name);
      }),
    );
  },
};

/** Routes, in the route table of the hub or of its firewall, that send a network traffic for other networks. */
function tooWideRoutes(topology: Topology, { id, name }: Pick<Attachment, "id" | "name">): Observation[] {
  const table = topology.transit.tableOf.get(id);
  return (table?.routes ?? []).flatMap(({ attachmentId, destination }) => {
    const network = networkBehind(topology, attachmentId);
    const isTooWide =
      network !== undefined &&
      !isForInternet(topology, network, destination) &&
      !covers(rangesOf(network.blocks), rangesOf([destination]));
    const evidence = `attachment ${name}, route table ${table?.name ?? ""}: ${destination} → ${network?.name ?? ""}, wider than the network's CIDR`;
    return isTooWide ? [{ passed: false, evidence }] : [];
  });
}

function withoutTable(reader: string): Observation {
  return { passed: true, evidence: `${reader}: not associated with a route table` };
}

/** Attachments that propagate into the table they use reach each other; this is detectable without any spoke. */
function observePropagation(
  { tables, defaultPropagations }: Transit,
  gatewayId: string,
  reads: TransitTable | undefined,
) {
  const id = defaultPropagations.get(gatewayId);
  const name = tables.find((table) => table.id === id)?.name ?? "no route table";
  const passed = id === undefined || id !== reads?.id;
  return {
    passed,
    evidence: `a new attachment: propagates to ${name}${passed ? "" : ", which new attachments also use"}`,
  };
}

/**
 * Whether a route table isolates its attachments: every route leads to the hub, to a connected spoke or drops, no connected
 * spoke is without a route, and the rest is dropped.
 *
 * @param connected names of the spokes that the attachments reach
 * @param spoke name of the spoke, whose external sites the attachments also reach
 */
function observeTable(
  reader: string,
  topology: Topology,
  all: AllStacks,
  table: TransitTable,
  connected: readonly string[],
  spoke?: string,
): Observation[] {
  const faults = table.routes.filter((route) => !isDropped(route) && !leadsToOneOf(topology, route, connected, spoke));
  const name = `${reader}: route table ${table.name}`;
  const expected = ["the hub's CIDR", ...connected.map((spoke) => `${spoke}'s`)].join(", ");
  const routes =
    faults.length === 0
      ? { passed: true, evidence: `${name} (${routesInWords(topology, table.routes)})` }
      : {
          passed: false,
          evidence: `${name} has ${routesInWords(topology, faults)}, expected only routes to ${expected}`,
        };
  const absent = topology.networks.filter(
    (network) => connected.includes(network.name) && !isRouted(topology, table, network),
  );
  const open = notDropped(all, table);
  return [
    routes,
    ...absent.map((spoke) => ({
      passed: false,
      evidence: `${name} has no route to ${spoke.name}, which connections names`,
    })),
    ...(open === "" ? [] : [{ passed: false, evidence: `${name} has no blackhole route for ${open}` }]),
  ];
}

/** Whether packets to every address of a network use a route to it. */
function isRouted(topology: Topology, { routes }: TransitTable, network: VpcNetwork): boolean {
  return new Partition(routes)
    .split(rangesOf(network.blocks))
    .every(({ item }) => item !== undefined && networkBehind(topology, item.attachmentId) === network);
}

function isDropped({ attachmentId }: TransitRoute): boolean {
  return attachmentId === null;
}

/**
 * Whether a route targets the attachment of the hub, a connected spoke or a site of the spoke, for no more than its CIDRs. A hub
 * with NAT gateways also gets what no other route matches: the internet, since the address space is dropped. A firewall may
 * take the place of the hub.
 */
function leadsToOneOf(
  topology: Topology,
  { attachmentId, destination }: TransitRoute,
  connected: readonly string[],
  spoke: string | undefined,
): boolean {
  const site = topology.transit.siteById.get(attachmentId ?? "");
  if (site !== undefined) {
    return spoke !== undefined && site.spokes.includes(spoke) && covers(rangesOf(site.blocks), rangesOf([destination]));
  }
  const hub = topology.networks.find(({ isHub }) => isHub);
  const network = topology.transit.firewalls.has(attachmentId ?? "") ? hub : networkBehind(topology, attachmentId);
  if (network === undefined || !(network.isHub || connected.includes(network.name))) return false;
  if (isForInternet(topology, network, destination)) return true;
  return covers(rangesOf(network.blocks), rangesOf([destination]));
}

/** Whether a destination is the internet, as a whole or in halves, and the network is a hub with NAT gateways for spokes. */
function isForInternet({ natById }: Topology, { isHub, subnets }: VpcNetwork, destination: string): boolean {
  const egress = subnets.filter(({ tier }) => tier === "egress").map(({ id }) => id);
  return (
    INTERNET.includes(destination) && isHub && [...natById.values()].some(({ subnetId }) => egress.includes(subnetId))
  );
}

/**
 * Addresses of the address space without a blackhole route, as text; empty: none. The hub's CIDR needs one too, for the
 * case that the hub is gone.
 */
function notDropped({ addressSpace }: AllStacks, { routes }: TransitTable): string {
  const blackholes = routes.filter(isDropped);
  const open = new Partition(blackholes)
    .split(rangesOf([addressSpace]))
    .flatMap(({ item, ranges }) => (item === undefined ? [ranges] : []));
  return describeRanges(union(...open));
}

function routesInWords(topology: Topology, routes: readonly TransitRoute[]): string {
  const words = routes.map(({ destination, attachmentId }) => {
    const { firewalls, siteById } = topology.transit;
    const behind = firewalls.get(attachmentId ?? "") ?? siteById.get(attachmentId ?? "");
    const known = networkBehind(topology, attachmentId)?.name ?? behind?.name;
    const to = attachmentId === null ? "blackhole" : (known ?? "unknown attachment");
    return `${destination} → ${to}`;
  });
  return words.join(", ");
}

function networkBehind({ networkById, transit }: Topology, attachmentId: string | null): VpcNetwork | undefined {
  return networkById.get(transit.attachmentById.get(attachmentId ?? "")?.vpcId ?? "");
}
