import { covers, meet, rangesOf, union, type Ranges } from "../addresses/ranges";
import { decidingPath, describePath, type PacketPath, type Path } from "../paths/path";
import { traceFromSite, traceRepliesToSite } from "../paths/sites";
import { passSecurityGroups, traceFromInternet, tracePaths, traceReplies, traceTraffic } from "../paths/trace";
import { DNS, HTTPS, type Port, requestTo } from "../topology/packet-filters";
import type { SiteAttachment } from "../topology/sites";
import type { Subnet, Topology, VpcNetwork } from "../topology/topology";

/** The path is that from the first AZ, or the first that does not arrive if others do. */
export interface Cell extends Path {
  readonly reached: Reached;
  /** Whether there is a return path: a one-way path carries no connection. */
  readonly answered: Reached;
  /** Subnet where the path starts; null: the internet, or a site, which is then the first hop. */
  readonly from: string | null;
  /** Destination subnet; null: a service or the internet. */
  readonly to: string | null;
  readonly words: string;
}

/** Between all Availability Zones, some of them, or none. */
export type Reached = "yes" | "in some zones" | "no";

/** What reaches what, computed pair by pair. */
export class Reach {
  readonly tiers: readonly NetworkTier[];
  readonly services: readonly Service[];
  readonly sites: readonly SiteEndpoint[];
  private readonly everywhere: Ranges;
  private readonly spreads = new Map<string, Spread>();
  private readonly cells = new Map<string, Cell>();
  private readonly verdicts = new Map<string, Reached>();

  constructor(
    private readonly topology: Topology,
    region: string,
  ) {
    this.tiers = tiersOf(topology);
    this.services = servicesOf(topology, region);
    this.sites = topology.transit.sites.map((site) => ({ endpoint: siteEndpoint(site), site }));
    this.everywhere = rangesOf(
      topology.networks.flatMap(({ blocks, subnets }) => [...blocks, ...subnets.map((each) => each.block)]),
    );
  }

  tier(from: NetworkTier, to: NetworkTier): Cell {
    const ranges = rangesOf(to.subnets.map(({ block }) => block));
    const isMet = ({ destinations, landsIn }: PacketPath, { id, block }: Subnet): boolean =>
      landsIn === null ? meet(destinations, rangesOf([block])) : landsIn === id;
    return this.once(`${idOf(from)} → ${idOf(to)}`, () =>
      from.subnets.flatMap((subnet) =>
        tracePaths(this.topology, subnet, { kind: "ranges", ranges }, HTTPS).map((path) => ({
          ...{ from: subnet, to: to.subnets.find((target) => isMet(path, target))?.id ?? null, port: HTTPS },
          paths: [path],
        })),
      ),
    );
  }

  service(from: NetworkTier, { endpoint, requests }: Service): Cell {
    return this.once(`${idOf(from)} → ${endpoint.name}`, () =>
      from.subnets.flatMap((subnet) =>
        requests.map(({ port, pathsFrom }) => ({ from: subnet, to: null, port, paths: pathsFrom(subnet) })),
      ),
    );
  }

  /** From a tier to an external site. */
  toSite(from: NetworkTier, { endpoint, site }: SiteEndpoint): Cell {
    return this.once(`${idOf(from)} → ${endpoint.name}`, () =>
      from.subnets.map((subnet) => ({
        ...{ from: subnet, to: null, port: HTTPS },
        paths: tracePaths(this.topology, subnet, { kind: "ranges", ranges: rangesOf(site.blocks) }, HTTPS),
      })),
    );
  }

  /** From an external site to a tier. */
  fromSite({ site }: SiteEndpoint, { subnets }: NetworkTier): Cell {
    const at = (landsIn: string | null): string | null => subnets.find(({ id }) => id === landsIn)?.id ?? null;
    const paths = subnets.flatMap(({ block }) =>
      traceFromSite(this.topology, site, rangesOf([block]), requestTo(HTTPS)),
    );
    return this.ofSite(site, [{ port: HTTPS, paths }], at);
  }

  /** From an external site to the Resolver inbound endpoint; null for a service whose name a site does not resolve privately. */
  serviceFromSite({ site }: SiteEndpoint, { endpoint }: Service): Cell | null {
    const resolver = this.topology.resolvers.find(({ name }) => name === endpoint.name);
    if (resolver === undefined) return null;
    const addresses = resolver.listeners.flatMap(({ address }) => address ?? []);
    const sent = DNS.map((port) => ({
      port,
      paths: addresses
        .flatMap((address) => traceFromSite(this.topology, site, rangesOf([address]), requestTo(port)))
        .flatMap((path) => passSecurityGroups(this.topology, path, { ...resolver, kind: "resolver" }, port)),
    }));
    return this.ofSite(site, sent, () => null);
  }

  /** From an external site to another. */
  betweenSites({ site }: SiteEndpoint, to: SiteEndpoint): Cell {
    const paths = traceFromSite(this.topology, site, rangesOf(to.site.blocks), requestTo(HTTPS));
    return this.ofSite(site, [{ port: HTTPS, paths }], () => null);
  }

  private ofSite(
    site: SiteAttachment,
    sent: readonly Pick<Sent, "paths" | "port">[],
    at: (landsIn: string | null) => string | null,
  ): Cell {
    const paths = sent.flatMap((each) => each.paths);
    const shown = decidingPath(paths) ?? { ...NOTHING, landsIn: null };
    const reached = paths.length === 0 ? "no" : combineReached(paths.map(reachedBy));
    const answers = sent.flatMap((each) =>
      each.paths
        .filter((path) => reachedBy(path) === "yes")
        .map((path) =>
          combineReached(traceRepliesToSite(this.topology, site, path, requestTo(each.port)).map(reachedBy)),
        ),
    );
    const { hops, end, reason } = shown;
    return {
      ...{ hops, end, from: null, to: at(shown.landsIn), reached, words: describePath(shown) },
      ...(reason === undefined ? {} : { reason }),
      answered: reached === "no" ? "no" : combineReached(answers),
    };
  }

  internet(from: NetworkTier): Cell {
    return this.once(`${idOf(from)} → internet`, () =>
      from.subnets.map((subnet) => ({
        ...{ from: subnet, to: null, port: HTTPS },
        paths: tracePaths(this.topology, subnet, { kind: "internet" }, HTTPS),
      })),
    );
  }

  fromInternet(to: NetworkTier): Cell {
    const paths = to.subnets.map((subnet) => ({ to: subnet.id, path: traceFromInternet(this.topology, subnet) }));
    const shown = decidingPath(paths.map(({ path }) => path)) ?? NOTHING;
    const reached = combineReached(paths.map(({ path }) => reachedBy(path)));
    const at = paths.find(({ path }) => path === shown)?.to ?? null;
    return { ...shown, from: null, to: at, reached, answered: reached, words: describePath(shown) };
  }

  /** Null: the service is public, so this network does not control access to it. */
  serviceFromInternet({ isPublic }: Service): Cell | null {
    if (isPublic) return null;
    const path: Path = { hops: [], end: "dropped", reason: { kind: "service without public address" } };
    return { ...path, from: null, to: null, reached: "no", answered: "no", words: describePath(path) };
  }

  /** Whether a tier reaches another. */
  reached(from: NetworkTier, to: NetworkTier): Reached {
    if (from === to) return "yes";
    return this.verdict(`${idOf(from)} → ${idOf(to)}`, () =>
      from.subnets.flatMap((subnet) => to.subnets.map((target) => this.between(subnet, target))),
    );
  }

  /** Whether packets that arrive have a return path. */
  answered(from: NetworkTier, to: NetworkTier): Reached {
    return this.verdict(`answers of ${idOf(to)} → ${idOf(from)}`, () =>
      from.subnets.flatMap((subnet) =>
        [...new Set(to.subnets.map(({ id }) => id))].flatMap((target) =>
          (this.spreadFrom(subnet).arrivals.get(target) ?? []).map((path) => this.isAnswered(subnet, path, HTTPS)),
        ),
      ),
    );
  }

  private verdict(question: string, all: () => readonly Reached[]): Reached {
    const verdict = this.verdicts.get(question) ?? combineReached(all());
    this.verdicts.set(question, verdict);
    return verdict;
  }

  private between(from: Subnet, to: Subnet): Reached {
    const { arrivals, lost } = this.spreadFrom(from);
    const there = arrivals.get(to.id);
    if (there === undefined) return "no";
    const block = rangesOf([to.block]);
    const isWhole = covers(union(...there.map(({ destinations }) => destinations)), block) && !meet(lost, block);
    return isWhole ? "yes" : "in some zones";
  }

  /** Computed for all networks at once: one walk per subnet, even with a hundred networks. */
  private spreadFrom(from: Subnet): Spread {
    const known = this.spreads.get(from.id);
    if (known !== undefined) return known;
    const arrivals = new Map<string, PacketPath[]>();
    const lost: Ranges[] = [];
    for (const path of traceTraffic(this.topology, from, this.everywhere, requestTo(HTTPS))) {
      if (path.end !== "arrives" || path.landsIn === null) lost.push(path.destinations);
      else arrivals.set(path.landsIn, [...(arrivals.get(path.landsIn) ?? []), path]);
    }
    const made = { arrivals, lost: union(...lost) };
    this.spreads.set(from.id, made);
    return made;
  }

  private isAnswered(from: Subnet, path: PacketPath, port: Port): Reached {
    return combineReached(traceReplies(this.topology, from, path, requestTo(port)).map(reachedBy));
  }

  private once(question: string, sent: () => readonly Sent[]): Cell {
    const cell = this.cells.get(question) ?? this.cell(sent());
    this.cells.set(question, cell);
    return cell;
  }

  /** The cell for these packets; it shows the path that decides. */
  private cell(sent: readonly Sent[]): Cell {
    const all = sent.flatMap((each) => each.paths.map((path) => ({ ...each, path })));
    const paths = all.map(({ path }) => path);
    const shown = decidingPath(paths);
    const at = all.find(({ path }) => path === shown);
    const reached = combineReached(paths.map(reachedBy));
    const arriving = all.filter(({ path }) => reachedBy(path) === "yes");
    const answers = arriving.map(({ from, path, port }) => this.isAnswered(from, path, port));
    const { hops, end, reason } = shown ?? NOTHING;
    return {
      ...{ hops, end, from: at?.from.id ?? null, to: at?.to ?? null },
      ...(reason === undefined ? {} : { reason }),
      ...{ reached: paths.length === 0 ? "no" : reached, answered: reached === "no" ? "no" : combineReached(answers) },
      words: describePath(shown ?? NOTHING),
    };
  }
}

/** Packets that a subnet sends to one destination and port. */
interface Sent {
  readonly from: Subnet;
  /** Destination subnet; null: a service or the internet. */
  readonly to: string | null;
  readonly port: Port;
  readonly paths: readonly PacketPath[];
}

/** The paths from a subnet to all networks. */
interface Spread {
  /** Paths that arrive, by destination subnet. */
  readonly arrivals: ReadonlyMap<string, readonly PacketPath[]>;
  /** Destinations of paths that do not arrive. */
  readonly lost: Ranges;
}

/** Names may repeat; ids are unique. */
function idOf({ network, endpoint }: NetworkTier): string {
  return `${network.id} ${endpoint.tier}`;
}

const NOTHING: Path = { hops: [], end: "dropped", reason: { kind: "tier without subnet" } };

function reachedBy({ end }: Path): Reached {
  return end === "arrives" || end === "internet" ? "yes" : "no";
}

/** The combined answer; yes for an empty list. */
export function combineReached(all: readonly Reached[]): Reached {
  if (all.every((each) => each === "yes")) return "yes";
  return all.every((each) => each === "no") ? "no" : "in some zones";
}

/** Where a path starts or ends: a tier of a network, a service in the hub, an external site, or the internet. */
export interface PathEndpoint {
  /** `dev-private`, `ecr.api`, `site office`, `internet`. */
  readonly name: string;
  readonly kind: "tier" | "service" | "site" | "internet";
  /** The network of a tier; otherwise empty. */
  readonly network: string;
  /** The name of a tier, such as `private`; otherwise empty. */
  readonly tier: string;
}

export const INTERNET: PathEndpoint = { name: "internet", kind: "internet", network: "", tier: "" };

/** An external site. */
export interface SiteEndpoint {
  readonly endpoint: PathEndpoint;
  readonly site: SiteAttachment;
}

function siteEndpoint({ name }: SiteAttachment): PathEndpoint {
  return { name: `site ${name}`, kind: "site", network: "", tier: "" };
}

/** A tier of a network. */
export interface NetworkTier {
  readonly endpoint: PathEndpoint;
  readonly network: VpcNetwork;
  readonly subnets: readonly Subnet[];
}

/** Every tier of every network. */
function tiersOf({ networks }: Topology): NetworkTier[] {
  return networks.flatMap((network) =>
    [...new Set(network.subnets.map(({ tier }) => tier))].map((tier): NetworkTier => {
      const endpoint = { name: `${network.name}-${tier}`, kind: "tier", network: network.name, tier } as const;
      return { endpoint, network, subnets: network.subnets.filter((subnet) => subnet.tier === tier) };
    }),
  );
}

/** A service that every network may use. */
export interface Service {
  readonly endpoint: PathEndpoint;
  /** Whether it has a public endpoint, with or without a private one. */
  readonly isPublic: boolean;
  /** The requests of a client, in order. */
  readonly requests: readonly Request[];
}

/** Packets from a subnet to one port of a service. */
interface Request {
  readonly port: Port;
  readonly pathsFrom: (from: Subnet) => PacketPath[];
}

/** The hub's Resolver inbound endpoint on port 53; S3 and every service with an interface endpoint, on port 443. */
function servicesOf(topology: Topology, region: string): Service[] {
  const endpoint = (name: string): PathEndpoint => ({ name, kind: "service", network: "", tier: "" });
  const names = new Set([...topology.endpoints.map(({ service }) => service), "s3"]);
  return [
    ...topology.resolvers.map(({ name, listeners }) => ({
      endpoint: endpoint(name),
      isPublic: false,
      // Every address over TCP and UDP: a client may use any of them.
      requests: listeners.flatMap(({ address }) =>
        address === null
          ? []
          : DNS.map((port) => ({
              port,
              pathsFrom: (from: Subnet) => tracePaths(topology, from, { kind: "address", address }, port),
            })),
      ),
    })),
    ...[...names].map((service) => ({
      endpoint: endpoint(service),
      isPublic: !topology.endpoints.some((each) => each.service === service),
      requests: [
        {
          port: HTTPS,
          pathsFrom: (from: Subnet) => tracePaths(topology, from, { kind: "service", service, region }, HTTPS),
        },
      ],
    })),
  ];
}
