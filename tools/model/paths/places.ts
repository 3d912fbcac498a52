import type { Place } from "../reachability";
import { DNS, HTTPS, type Port } from "../topology/traffic";
import type { Network, Subnet, Topology } from "../topology/topology";
import type { Way } from "./path";
import { ways } from "./trace";

/** A tier of a network. */
export interface Tier {
  readonly place: Place;
  readonly network: Network;
  readonly subnets: readonly Subnet[];
}

/** Every tier of every network. */
export function tiersOf({ networks }: Topology): Tier[] {
  return networks.flatMap((network) =>
    [...new Set(network.subnets.map(({ tier }) => tier))].map((tier): Tier => {
      const place = { name: `${network.name}-${tier}`, kind: "tier", network: network.name, tier } as const;
      return { place, network, subnets: network.subnets.filter((subnet) => subnet.tier === tier) };
    }),
  );
}

/** A service that every network may use. */
export interface Service {
  readonly place: Place;
  /** Whether it has a public endpoint, with or without a private one. */
  readonly isPublic: boolean;
  /** The requests of a client, in order. */
  readonly questions: readonly Question[];
}

/** Packets from a subnet to one port of a service. */
export interface Question {
  readonly port: Port;
  readonly waysFrom: (from: Subnet) => Way[];
}

/** The hub's Resolver inbound endpoint on port 53; S3 and every service with an interface endpoint, on port 443. */
export function servicesOf(topology: Topology, region: string): Service[] {
  const place = (name: string): Place => ({ name, kind: "service", network: "", tier: "" });
  const names = new Set([...topology.endpoints.map(({ service }) => service), "s3"]);
  return [
    ...topology.resolvers.map(({ name, listeners }) => ({
      place: place(name),
      isPublic: false,
      // Every address over TCP and UDP: a client may use any of them.
      questions: listeners.flatMap(({ address }) =>
        address === null
          ? []
          : DNS.map((port) => ({
              port,
              waysFrom: (from: Subnet) => ways(topology, from, { kind: "address", address }, port),
            })),
      ),
    })),
    ...[...names].map((service) => ({
      place: place(service),
      isPublic: !topology.endpoints.some((endpoint) => endpoint.service === service),
      questions: [
        {
          port: HTTPS,
          waysFrom: (from: Subnet) => ways(topology, from, { kind: "service", service, region }, HTTPS),
        },
      ],
    })),
  ];
}
