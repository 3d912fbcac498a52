import type { Topology, VpcNetwork } from "../topology/topology";
import {
  combineReached,
  INTERNET,
  Reach,
  type Cell,
  type NetworkTier,
  type PathEndpoint,
  type Reached,
  type Service,
} from "./reach";

/** The reachability matrix: rows are senders, columns are destinations. */
interface Reachability {
  readonly rows: readonly PathEndpoint[];
  readonly columns: readonly PathEndpoint[];
  /** One list per row, one cell per column; null: a tier to itself, or the internet to a public service. */
  readonly cells: readonly (readonly (Cell | null)[])[];
}

/**
 * Every tier of every network, and the internet, to every other tier, the hub's services and the internet. The size grows
 * with the square of the number of networks; `reachabilityInGroups` summarizes many networks.
 */
export function reachabilityMatrix(topology: Topology, region: string): Reachability {
  const reach = new Reach(topology, region);
  const { tiers, services, sites } = reach;
  const fromTiers = tiers.map((from) => [
    ...tiers.map((to) => (to === from ? null : reach.tier(from, to))),
    ...services.map((service) => reach.service(from, service)),
    ...sites.map((site) => reach.toSite(from, site)),
    reach.internet(from),
  ]);
  const fromSites = sites.map((from) => [
    ...tiers.map((to) => reach.fromSite(from, to)),
    ...services.map((service) => reach.serviceFromSite(from, service)),
    ...sites.map((to) => (to === from ? null : reach.betweenSites(from, to))),
    null,
  ]);
  const fromInternet = [
    ...tiers.map((to) => reach.fromInternet(to)),
    ...services.map((to) => reach.serviceFromInternet(to)),
    ...sites.map(() => null),
    null,
  ];
  return {
    rows: [...[...tiers, ...sites].map(({ endpoint }) => endpoint), INTERNET],
    columns: [...[...tiers, ...services, ...sites].map(({ endpoint }) => endpoint), INTERNET],
    cells: [...fromTiers, ...fromSites, fromInternet],
  };
}

/** Networks with the same reachability. */
export interface Group {
  /** `hub`; for several networks, `spoke-1 and 97 more`. */
  readonly name: string;
  readonly networks: readonly string[];
}

interface GroupedReachability extends Reachability {
  readonly groups: readonly Group[];
}

/** Column heading for the tiers of the sender's own network. */
const OWN = "own network";

interface Members extends Group {
  /** By tier, network by network. */
  readonly tiers: ReadonlyMap<string, readonly NetworkTier[]>;
}

/**
 * Like `reachabilityMatrix`, with networks of the same reachability as one group. The columns of a group exclude the sender's
 * own network, which has separate columns. `in some zones` means from or to some members. A network that differs from
 * the others is a group of its own, so that it stands out. Every pair is computed: about a second for 100 spokes.
 */
export function reachabilityInGroups(topology: Topology, region: string): GroupedReachability {
  const reach = new Reach(topology, region);
  const { services, sites } = reach;
  const groups = groupsOf(topology, reach);
  const tierNames = [...new Set(reach.tiers.map(({ endpoint }) => endpoint.tier))];
  const rows = groups.flatMap((group) => [...group.tiers].map(([tier, tiers]) => ({ group, tier, tiers })));
  const cells = rows.map((from) => [
    ...rows.map((to) => between(reach, from.tiers, to.tiers, (a, b) => a.network !== b.network)),
    ...tierNames.map((tier) => {
      const own = from.group.tiers.get(tier) ?? [];
      return between(reach, from.tiers, own, (a, b) => a !== b && a.network === b.network);
    }),
    ...services.map((service) => merged(from.tiers.map((tier) => reach.service(tier, service)))),
    ...sites.map((site) => merged(from.tiers.map((tier) => reach.toSite(tier, site)))),
    merged(from.tiers.map((tier) => reach.internet(tier))),
  ]);
  const fromSites = sites.map((from) => [
    ...rows.map(({ tiers }) => merged(tiers.map((tier) => reach.fromSite(from, tier)))),
    ...tierNames.map(() => null),
    ...services.map((service) => reach.serviceFromSite(from, service)),
    ...sites.map((to) => (to === from ? null : reach.betweenSites(from, to))),
    null,
  ]);
  const fromInternet = [
    ...rows.map(({ tiers }) => merged(tiers.map((tier) => reach.fromInternet(tier)))),
    ...tierNames.map(() => null),
    ...services.map((service) => reach.serviceFromInternet(service)),
    ...sites.map(() => null),
    null,
  ];
  const siteEndpoints = sites.map(({ endpoint }) => endpoint);
  const senders = rows.map(({ group, tier, tiers: [only, ...more] }) =>
    only === undefined || more.length > 0 ? tierEndpoint(group.name, tier) : only.endpoint,
  );
  return {
    groups: groups.map(({ name, networks }) => ({ name, networks })),
    rows: [...senders, ...siteEndpoints, INTERNET],
    columns: [
      ...senders,
      ...tierNames.map((tier) => tierEndpoint(OWN, tier)),
      ...services.map(({ endpoint }) => endpoint),
      ...siteEndpoints,
      INTERNET,
    ],
    cells: [...cells, ...fromSites, fromInternet],
  };
}

function tierEndpoint(network: string, tier: string): PathEndpoint {
  return { name: `${tier} of ${network}`, kind: "tier", network, tier };
}

function groupsOf(topology: Topology, reach: Reach): Members[] {
  const tiers = new Map(topology.networks.map((network) => [network, tiersIn(network, reach)]));
  const alike = new Map<string, VpcNetwork[]>();
  for (const network of topology.networks) {
    const sign = behaviour(network, reach, tiers);
    alike.set(sign, [...(alike.get(sign) ?? []), network]);
  }
  return [...alike.values()].map((networks): Members => {
    const [first = "", ...others] = networks.map(({ name }) => name);
    const own = networks.flatMap((network) => tiers.get(network) ?? []);
    const names = [...new Set(own.map(({ endpoint }) => endpoint.tier))];
    return {
      name: others.length === 0 ? first : `${first} and ${String(others.length)} more`,
      networks: [first, ...others],
      tiers: new Map(names.map((name) => [name, own.filter(({ endpoint }) => endpoint.tier === name)])),
    };
  });
}

function tiersIn(network: VpcNetwork, { tiers }: Reach): NetworkTier[] {
  return tiers.filter((tier) => tier.network === network);
}

/** What distinguishes a network: what each of its tiers reaches, and what reaches it. */
function behaviour(network: VpcNetwork, reach: Reach, tiers: ReadonlyMap<VpcNetwork, readonly NetworkTier[]>): string {
  const own = tiers.get(network) ?? [];
  const seen = new Set<string>();
  for (const tier of own) {
    const name = tier.endpoint.tier;
    for (const service of reach.services) seen.add(`${name} ${service.endpoint.name} ${verdict(reach, tier, service)}`);
    for (const site of reach.sites) {
      const { reached, answered } = reach.toSite(tier, site);
      seen.add(`${name} ${site.endpoint.name} ${reached} ${answered} ${reach.fromSite(site, tier).reached}`);
    }
    seen.add(`${name} internet ${reach.internet(tier).reached} ${reach.fromInternet(tier).reached}`);
    for (const [other, theirs] of tiers) {
      const relation = other === network ? "own" : other.isHub ? other.name : "spoke";
      for (const each of theirs) {
        const to = `${relation} ${each.endpoint.tier}`;
        seen.add(`${name} ${to} ${reach.reached(tier, each)} ${reach.reached(each, tier)}`);
      }
    }
  }
  return `${network.isHub ? network.name : "spoke"}: ${[...seen].sort().join("; ")}`;
}

function verdict(reach: Reach, tier: NetworkTier, service: Service): string {
  const { reached, answered } = reach.service(tier, service);
  return `${reached} ${answered}`;
}

/** From any tier of one list to any related tier of the other; null if there is no such pair. */
function between(
  reach: Reach,
  from: readonly NetworkTier[],
  to: readonly NetworkTier[],
  isRelated: (from: NetworkTier, to: NetworkTier) => boolean,
): Cell | null {
  const pairs = from.flatMap((a) => to.filter((b) => isRelated(a, b)).map((b) => ({ a, b })));
  const all = pairs.map(({ a, b }): Reached => reach.reached(a, b));
  const failing = Math.max(all.indexOf("no"), 0);
  const shown = pairs[failing];
  if (shown === undefined) return null;
  const answers = pairs.filter((_, index) => all[index] !== "no").map(({ a, b }) => reach.answered(a, b));
  const cell = reach.tier(shown.a, shown.b);
  const reached = combineReached(all);
  return { ...cell, reached, answered: reached === "no" ? "no" : combineReached(answers) };
}

/** One cell for many; it shows the first that does not arrive. */
function merged(cells: readonly Cell[]): Cell | null {
  const shown = cells.find(({ reached }) => reached !== "yes") ?? cells[0];
  if (shown === undefined) return null;
  const arriving = cells.filter(({ reached }) => reached !== "no");
  return {
    ...shown,
    reached: combineReached(cells.map(({ reached }) => reached)),
    answered: arriving.length === 0 ? "no" : combineReached(arriving.map(({ answered }) => answered)),
  };
}
