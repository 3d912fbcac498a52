import { pathInWords, type Hop, type Path } from "./paths/path";
import { trace, traceFromInternet } from "./paths/trace";
import { DNS, HTTPS } from "./topology/security-groups";
import type { Network, Subnet, Topology } from "./topology/topology";

/** Who reaches whom: rows are senders, columns destinations. */
export interface Reachability {
  readonly rows: readonly Place[];
  readonly columns: readonly Place[];
  /** Row by row, as many as there are columns; null: a place and itself. */
  readonly cells: readonly (readonly (Cell | null)[])[];
}

/** A tier of a network, a service of the hub's, or the internet. */
export interface Place {
  /** `dev-private`, `ecr.api`, `internet`. */
  readonly name: string;
  readonly kind: "tier" | "service" | "internet";
  /** Of a tier: its network. */
  readonly network: string;
}

export interface Cell {
  /** From every zone, from some, from none. */
  readonly reached: "yes" | "in some zones" | "no";
  /** From the first zone, or the first that does not reach it where another does. */
  readonly hops: readonly Hop[];
  readonly words: string;
}

interface Tier extends Place {
  readonly subnets: readonly Subnet[];
}

const INTERNET: Place = { name: "internet", kind: "internet", network: "" };

/**
 * Every tier of every network, and the internet, against every other, the hub's services and the internet. A tier is
 * reached in its first zone: its zones differ in nothing that a sender's route goes by. It grows with the square of the
 * number of networks, as what it shows does.
 */
export function reachability(topology: Topology, region: string): Reachability {
  const tiers = topology.networks.flatMap(tiersOf);
  const services = servicesOf(topology);
  const columns: Place[] = [...tiers.map(placeOf), ...services.map(({ place }) => place), INTERNET];
  const fromTier = (from: Tier): (Cell | null)[] => [
    ...tiers.map((to) => (to === from ? null : cellOf(from, (subnet) => toTier(topology, subnet, to)))),
    ...services.map((service) => cellOf(from, (subnet) => service.reach(topology, subnet, region))),
    cellOf(from, (subnet) => trace(topology, subnet, { kind: "internet" }, HTTPS)),
  ];
  const fromInternet = [
    ...tiers.map((to) => cellOf(to, (subnet) => traceFromInternet(topology, subnet))),
    // What listens in the hub has private addresses alone.
    ...services.map(() => cell([{ hops: [], end: "dropped", why: "it has no public address" }])),
    null,
  ];
  return { rows: [...tiers.map(placeOf), INTERNET], columns, cells: [...tiers.map(fromTier), fromInternet] };
}

function tiersOf(network: Network): Tier[] {
  const tiers = [...new Set(network.subnets.map(({ tier }) => tier))];
  return tiers.map((tier) => ({
    name: `${network.name}-${tier}`,
    kind: "tier",
    network: network.name,
    subnets: network.subnets.filter((subnet) => subnet.tier === tier),
  }));
}

function placeOf({ name, kind, network }: Tier): Place {
  return { name, kind, network };
}

function toTier(topology: Topology, from: Subnet, to: Tier): Path {
  return trace(topology, from, { kind: "subnet", subnetId: to.subnets[0]?.id ?? "" }, HTTPS);
}

interface Service {
  readonly place: Place;
  readonly reach: (topology: Topology, from: Subnet, region: string) => Path;
}

function servicesOf(topology: Topology): Service[] {
  const service = (name: string, reach: Service["reach"]): Service => ({
    place: { name, kind: "service", network: "" },
    reach,
  });
  const byName = (name: string): Service =>
    service(name, (at, from, region) => trace(at, from, { kind: "service", service: name, region }, HTTPS));
  return [
    ...topology.resolvers.map(({ name, listeners }) =>
      service(name, (at, from) => {
        const paths = listeners.flatMap(({ address }) =>
          address === null ? [] : DNS.map((port) => trace(at, from, { kind: "address", address }, port)),
        );
        return (
          paths.find(({ end }) => end !== "arrives") ?? paths[0] ?? { hops: [], end: "dropped", why: "no address" }
        );
      }),
    ),
    ...[...new Set(topology.endpoints.map((endpoint) => endpoint.service))].map(byName),
    byName("s3"),
  ];
}

function cellOf({ subnets }: Tier, reach: (subnet: Subnet) => Path): Cell {
  return cell(subnets.map(reach));
}

function cell(paths: readonly Path[]): Cell {
  const isReached = ({ end }: Path): boolean => end === "arrives" || end === "internet";
  const missing = paths.find((path) => !isReached(path));
  const shown = missing ?? paths[0] ?? { hops: [], end: "dropped" as const };
  const reached = missing === undefined ? "yes" : paths.some(isReached) ? "in some zones" : "no";
  return { reached, hops: shown.hops, words: pathInWords(shown) };
}
