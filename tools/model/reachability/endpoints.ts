import type { PacketPath } from "../paths/path";
import { tracePaths } from "../paths/trace";
import type { Subnet, Topology, VpcNetwork } from "../topology/topology";
import { DNS, HTTPS, type Port } from "../topology/traffic";

/** Where a path starts or ends: a tier of a network, a service in the hub, or the internet. */
export interface PathEndpoint {
  /** `dev-private`, `ecr.api`, `internet`. */
  readonly name: string;
  readonly kind: "tier" | "service" | "internet";
  /** The network of a tier; otherwise empty. */
  readonly network: string;
  /** The name of a tier, such as `private`; otherwise empty. */
  readonly tier: string;
}

export const INTERNET: PathEndpoint = { name: "internet", kind: "internet", network: "", tier: "" };

/** A tier of a network. */
export interface NetworkTier {
  readonly endpoint: PathEndpoint;
  readonly network: VpcNetwork;
  readonly subnets: readonly Subnet[];
}

/** Every tier of every network. */
export function tiersOf({ networks }: Topology): NetworkTier[] {
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
export function servicesOf(topology: Topology, region: string): Service[] {
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
