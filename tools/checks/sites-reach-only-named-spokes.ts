import { connectionTableName } from "../../components/names";
import { covers, describeRanges, Partition, rangesOf } from "../model/addresses/ranges";
import { arrives } from "../model/paths/path";
import { traceFromSite, traceRepliesToSite } from "../model/paths/sites";
import { tracePaths } from "../model/paths/trace";
import type { AllStacks } from "../model/resource";
import { ANYTHING, HTTPS } from "../model/topology/packet-filters";
import type { SiteAttachment } from "../model/topology/sites";
import { inTier, topologyOf, type Topology, type VpcNetwork } from "../model/topology/topology";
import type { TransitTable } from "../model/topology/transit-gateways";
import { finding, type NetworkCheck, type Observation, observeConnection, routesInWords } from "./shared/check";

/**
 * A site is outside of AWS, and whoever controls its device can send packets and announce routes. So its route table leads only
 * to the hub and to the spokes that it names, no other table has a route to it, and no table takes a route from it.
 */
export const sitesReachOnlyNamedSpokes: NetworkCheck = {
  name: "sites-reach-only-named-spokes",
  sentence: "An external site and the networks reach each other as sites says, and in no other way.",
  check(stack, all) {
    const topology = topologyOf(all);
    const own = topology.transit.sites.filter((site) => site.stack === stack.name);
    const configured = stack.isHub ? (all.sites ?? []) : [];
    if (own.length === 0 && configured.length === 0) return undefined;
    const absent = configured
      .filter(({ name }) => !own.some((site) => site.name === name))
      .map(({ name }) => ({ passed: false, evidence: `site ${name}: no attachment to the transit gateway` }));
    return finding([...absent, ...own.flatMap((site) => observeSite(topology, all, site))]);
  },
};

function observeSite(topology: Topology, all: AllStacks, site: SiteAttachment): Observation[] {
  if (site.blocks.length === 0) {
    return [{ passed: false, evidence: `${site.resource.type}::${site.name}: sites names no such site` }];
  }
  return [
    ...observeTable(topology, site),
    ...observeAnnouncements(all, site),
    ...observePropagations(topology, site),
    ...topology.transit.tables.flatMap((table) => observeRoutes(topology, site, table)),
    ...topology.transit.tables.flatMap((table) => observeDetours(topology, site, table)),
    ...observePathsFrom(topology, site),
    ...topology.networks.flatMap((network) => observePathsTo(topology, site, network)),
  ];
}

/** Whether a site and a network may reach each other. */
function isNamed({ spokes }: SiteAttachment, { isHub, name }: Pick<VpcNetwork, "isHub" | "name">): boolean {
  return isHub || spokes.includes(name);
}

/** The site's own route table, whose routes lead to the hub and to named spokes. */
function observeTable({ networkById, transit }: Topology, site: SiteAttachment): Observation[] {
  const table = transit.tableOf.get(site.id);
  const reader = `site ${site.name}`;
  if (table === undefined) return [{ passed: false, evidence: `${reader}: not associated with a route table` }];
  const others = transit.associations.filter((each) => each.tableId === table.id && each.attachmentId !== site.id);
  const routes = table.routes.map(({ destination, attachmentId }) => {
    const network = networkById.get(transit.attachmentById.get(attachmentId ?? "")?.vpcId ?? "");
    const isRight =
      network !== undefined && isNamed(site, network) && covers(rangesOf(network.blocks), rangesOf([destination]));
    const to = attachmentId === null ? "blackhole" : (network?.name ?? "no network");
    return { passed: attachmentId === null || isRight, words: `${destination} → ${to}` };
  });
  const wrong = routes.filter(({ passed }) => !passed);
  const words = (wrong.length > 0 ? wrong : routes).map((route) => route.words).join(", ");
  return [
    { passed: wrong.length === 0, evidence: `${reader}: route table ${table.name} (${words})` },
    ...(others.length > 0
      ? [{ passed: false, evidence: `${reader}: route table ${table.name} is also that of another attachment` }]
      : []),
  ];
}

/** What a Direct Connect gateway announces to the site: the CIDRs of the hub and of named spokes. */
function observeAnnouncements({ accountMap, stacks }: AllStacks, site: SiteAttachment): Observation[] {
  if (site.allowedPrefixes === undefined) return [];
  const hub = stacks.find(({ isHub }) => isHub)?.name;
  const named = accountMap.filter(({ name }) => isNamed(site, { isHub: name === hub, name })).map(({ cidr }) => cidr);
  const [announced, expected] = [rangesOf(site.allowedPrefixes), rangesOf(named)];
  const passed = covers(announced, expected) && covers(expected, announced);
  const evidence = `site ${site.name}: Direct Connect announces ${site.allowedPrefixes.join(", ")}`;
  return [{ passed, evidence: passed ? evidence : `${evidence}, expected ${named.join(", ")}` }];
}

/** AWS propagates a new attachment to the default table. No other table may take the routes that the site announces. */
function observePropagations({ transit }: Topology, { id, name, gatewayId }: SiteAttachment): Observation[] {
  const byDefault = transit.defaultPropagations.get(gatewayId);
  return transit.propagations
    .filter(({ attachmentId, tableId }) => attachmentId === id && tableId !== byDefault)
    .map(({ tableId }) => {
      const table = transit.tables.find((each) => each.id === tableId)?.name ?? tableId;
      return { passed: false, evidence: `site ${name}: propagates its routes to route table ${table}` };
    });
}

/**
 * The static routes of one table to the site: all of its CIDRs in the tables of the hub and of named spokes, and none in others.
 * A route that the site announces does not count, because the site can withdraw it.
 */
function observeRoutes(topology: Topology, site: SiteAttachment, table: TransitTable): Observation[] {
  const readers = topology.transit.attachments.filter(({ id }) => topology.transit.tableOf.get(id)?.id === table.id);
  const networks = readers.flatMap(({ vpcId }) => topology.networkById.get(vpcId) ?? []);
  // A preview or an export of the hub alone has no attachment of a spoke, so the table has no reader.
  const ofAbsent = site.spokes.some((spoke) => connectionTableName(site.stack, spoke) === table.name);
  const isExpected = networks.length > 0 ? networks.every((network) => isNamed(site, network)) : ofAbsent;
  const blocks = rangesOf(site.blocks);
  const wrong = table.routes
    .filter(({ attachmentId, origin }) => attachmentId === site.id && origin === "static")
    .filter(({ destination }) => !isExpected || !covers(blocks, rangesOf([destination])));
  const missing = !isExpected
    ? []
    : new Partition(table.routes.filter(({ attachmentId, origin }) => attachmentId !== site.id || origin === "static"))
        .split(blocks)
        .flatMap(({ item, ranges }) => (item?.attachmentId === site.id ? [] : [describeRanges(ranges)]));
  return [
    ...wrong.map(({ destination }) => ({
      passed: false,
      evidence: `site ${site.name}: route table ${table.name} has the route ${destination} → ${site.name}, which sites does not name`,
    })),
    ...missing.map((ranges) => ({
      passed: false,
      evidence: `site ${site.name}: route table ${table.name} has no route to ${ranges} of the site`,
    })),
  ];
}

/**
 * The routes of a table of other spokes that lead to the site by a firewall, whose table has the routes that the site announces.
 * The spoke's own routes do not matter: its account may change them.
 */
function observeDetours({ transit, networkById }: Topology, site: SiteAttachment, table: TransitTable): Observation[] {
  const readers = [...transit.tableOf].flatMap(([id, { id: tableId }]) => (tableId === table.id ? [id] : []));
  const isOfOthers = readers.every((id) => {
    const network = networkById.get(transit.attachmentById.get(id)?.vpcId ?? "");
    return network !== undefined && !isNamed(site, network);
  });
  if (!isOfOthers) return [];
  return new Partition(table.routes).split(rangesOf(site.blocks)).flatMap(({ item, ranges }) => {
    const firewall = transit.firewalls.get(item?.attachmentId ?? "");
    const behind = firewall && transit.tableOf.get(firewall.id);
    if (firewall === undefined || behind === undefined) return [];
    return new Partition(behind.routes)
      .split(ranges)
      .filter((part) => part.item?.attachmentId === site.id)
      .map((part) => ({
        passed: false,
        evidence: `site ${site.name}: route table ${table.name} leads to ${describeRanges(part.ranges)} of the site by ${firewall.name}, and sites names no spoke that uses it`,
      }));
  });
}

/** Where packets of the site arrive: in the hub and in named spokes, whose replies return. */
function observePathsFrom(topology: Topology, site: SiteAttachment): Observation[] {
  const { networks, subnetById, networkById, transit } = topology;
  const others = transit.sites.filter(({ id }) => id !== site.id);
  const everywhere = rangesOf([
    ...networks.flatMap(({ blocks, subnets }) => [...blocks, ...subnets.map(({ block }) => block)]),
    ...others.flatMap(({ blocks }) => blocks),
  ]);
  const reached = new Set<string>();
  const faults = traceFromSite(topology, site, everywhere).flatMap((path): Observation[] => {
    if (!arrives(path)) return [];
    const subnet = subnetById.get(path.landsIn ?? "");
    const network = networkById.get(subnet?.vpcId ?? "");
    if (subnet === undefined || network === undefined || !isNamed(site, network)) {
      return [
        {
          passed: false,
          evidence: `site ${site.name} reaches ${network?.name ?? "another site"}: ${routesInWords(path)}`,
        },
      ];
    }
    reached.add(subnet.id);
    if (subnet.tier !== "private") return [];
    return traceRepliesToSite(topology, site, path, ANYTHING)
      .filter((reply) => !arrives(reply))
      .slice(0, 1)
      .map((reply) => ({
        passed: false,
        evidence: `site ${site.name} → ${subnet.name}: one-way, the reply is lost: ${routesInWords(reply)}`,
      }));
  });
  const named = networks.filter((network) => isNamed(site, network));
  const missed = named
    .flatMap((network) => inTier(network, "private"))
    .filter(({ id }) => !reached.has(id))
    .map(({ name }) => ({
      passed: false,
      evidence: `site ${site.name} does not reach ${name}, and sites names its network`,
    }));
  const names = named.map(({ name }) => name).join(", ");
  return [{ passed: true, evidence: `site ${site.name} reaches ${names}` }, ...faults, ...missed];
}

/** The paths of a network to the site: from private subnets of the hub and of named spokes, and from no other subnet. */
function observePathsTo(topology: Topology, site: SiteAttachment, network: VpcNetwork): Observation[] {
  const to = { kind: "ranges", ranges: rangesOf(site.blocks) } as const;
  const subnets = isNamed(site, network) ? inTier(network, "private") : network.subnets;
  return subnets.flatMap((from) =>
    tracePaths(topology, from, to, HTTPS).flatMap((path) => {
      if (isNamed(site, network)) {
        return [observeConnection(topology, from, path, HTTPS, (each) => each.landsIn === site.id)];
      }
      if (path.landsIn !== site.id) return [];
      const evidence = `${network.name} reaches site ${site.name}, which does not name it: ${routesInWords(path, from)}`;
      return [{ passed: false, evidence }];
    }),
  );
}
