import type { Place } from "../reachability";
import { contains } from "../topology/blocks";
import { DNS, HTTPS } from "../topology/security-groups";
import type { Listener } from "../topology/services";
import type { Network, Subnet, Topology } from "../topology/topology";
import { addressIn, type Path } from "./path";
import { trace } from "./trace";

/** A tier of a network. */
export interface Tier {
  readonly place: Place;
  readonly network: Network;
  readonly subnets: readonly Subnet[];
  /** Subnets that routes tell apart, one for all of those that they do not. */
  readonly standIns: readonly Subnet[];
  /** The same for tiers of a network that no route tells apart. */
  readonly likeness: string;
}

/** Every tier of every network. */
export function tiersOf(topology: Topology): Tier[] {
  const destinations = new Set([
    ...topology.networks.flatMap(({ subnets }) => subnets.flatMap(({ table }) => table.routes)).map(destinationOf),
    ...topology.transit.tables.flatMap(({ routes }) => routes).map(destinationOf),
  ]);
  return topology.networks.flatMap((network) => {
    const holds = (destination: string) => (subnet: Subnet) => contains(destination, addressIn(subnet.block));
    const telling = [...destinations].filter(
      (each) => network.subnets.some(holds(each)) && !network.subnets.every(holds(each)),
    );
    const likeness = (subnet: Subnet): string => telling.filter((each) => holds(each)(subnet)).join(" ");
    return [...new Set(network.subnets.map(({ tier }) => tier))].map((tier): Tier => {
      const subnets = network.subnets.filter((subnet) => subnet.tier === tier);
      const byLikeness = new Map([...subnets].reverse().map((subnet) => [likeness(subnet), subnet]));
      return {
        place: { name: `${network.name}-${tier}`, kind: "tier", network: network.name, tier },
        ...{ network, subnets, standIns: subnets.filter((subnet) => byLikeness.get(likeness(subnet)) === subnet) },
        likeness: [network.id, ...[...byLikeness.keys()].sort()].join("; "),
      };
    });
  });
}

function destinationOf({ destination }: { readonly destination: string }): string {
  return destination;
}

/** Something that all networks may ask. */
export interface Service {
  readonly place: Place;
  /** Whether it has a public address, whatever else it has. */
  readonly isPublic: boolean;
  readonly reach: (from: Subnet) => Path;
}

/** The hub's resolver on 53, whatever has an interface endpoint, and S3, on 443. */
export function servicesOf(topology: Topology, region: string): Service[] {
  const place = (name: string): Place => ({ name, kind: "service", network: "", tier: "" });
  const names = new Set([...topology.endpoints.map(({ service }) => service), "s3"]);
  return [
    ...topology.resolvers.map(({ name, listeners }) => ({
      place: place(name),
      isPublic: false,
      reach: (from: Subnet) => toResolver(topology, from, listeners),
    })),
    ...[...names].map((service) => ({
      place: place(service),
      isPublic: !topology.endpoints.some((endpoint) => endpoint.service === service),
      reach: (from: Subnet) => trace(topology, from, { kind: "service", service, region }, HTTPS),
    })),
  ];
}

/** To all of its addresses by both protocols: a client asks any of them. */
function toResolver(topology: Topology, from: Subnet, listeners: readonly Listener[]): Path {
  const paths = listeners.flatMap(({ address }) =>
    address === null ? [] : DNS.map((port) => trace(topology, from, { kind: "address", address }, port)),
  );
  const none: Path = { hops: [], end: "dropped", why: "its addresses are not known" };
  return paths.find(({ end }) => end !== "arrives") ?? paths[0] ?? none;
}
