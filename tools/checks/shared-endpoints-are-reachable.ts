import { PRIVATE_SERVICES } from "../../components/facts/endpoint-services";
import { resolveService } from "../model/names/resolve";
import type { PacketPath } from "../model/paths/path";
import { tracePaths } from "../model/paths/trace";
import type { StackResources } from "../model/resource";
import { DNS, HTTPS, type Port } from "../model/topology/packet-filters";
import {
  inTier,
  networksOf,
  topologyOf,
  type Subnet,
  type Topology,
  type VpcNetwork,
} from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation, observeConnection, resourcesOfType } from "./shared/check";

/** End to end, as for a client: DNS name, path, port and security group. */
export const sharedEndpointsAreReachable: NetworkCheck = {
  name: "shared-endpoints-are-reachable",
  sentence: "Private subnets resolve and reach the hub's interface endpoints (443) and Resolver (53).",
  check(stack, all) {
    if (stack.isHub) return undefined;
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (networks.length === 0) return undefined;
    return finding(
      networks.flatMap((network) => {
        const from = inTier(network, "private");
        return [
          ...observeEndpoints(topology, network, from),
          ...observeResolvers(topology, from),
          ...observeIsolatedNodes(stack, topology, network, from),
        ];
      }),
    );
  },
};

function observeEndpoints(topology: Topology, network: VpcNetwork, from: readonly Subnet[]): Observation[] {
  const { region } = network;
  const hubs = topology.endpoints.filter(({ vpcId }) => topology.networkById.get(vpcId)?.isHub === true);
  return hubs.flatMap(({ id, service }) => {
    const answer = resolveService(topology, network, service, region);
    if (answer.endpointId !== id) {
      const result = {
        private: "to another endpoint",
        public: "by public DNS",
        forwarded: "by DNS servers outside AWS",
        "no such name": "to no record (NXDOMAIN)",
      }[answer.kind];
      return [
        {
          passed: false,
          evidence: `${network.name}: ${answer.name} resolves ${result}, expected ${service} in the hub`,
        },
      ];
    }
    return from.flatMap((subnet) =>
      tracePaths(topology, subnet, { kind: "service", service, region }, HTTPS).map((path) =>
        observePath(topology, subnet, answer.name, path, HTTPS),
      ),
    );
  });
}

/** Nodes of a cluster without a path to the internet reach every service that they call by an endpoint. */
function observeIsolatedNodes(
  stack: StackResources,
  topology: Topology,
  { region }: VpcNetwork,
  from: readonly Subnet[],
): Observation[] {
  if (resourcesOfType(stack, "aws:eks/cluster:Cluster").length === 0) return [];
  const toInternet = from.flatMap((subnet) => tracePaths(topology, subnet, { kind: "internet" }, HTTPS));
  if (toInternet.some(({ end }) => end === "internet")) return [];
  const managedNodes = resourcesOfType(stack, "aws:eks/nodeGroup:NodeGroup").length > 0;
  return PRIVATE_SERVICES.filter(({ ofManagedNodes = false }) => managedNodes || !ofManagedNodes).flatMap(({ name }) =>
    from.flatMap((subnet) =>
      tracePaths(topology, subnet, { kind: "service", service: name, region }, HTTPS).map((path) =>
        observePath(topology, subnet, `${name}, which nodes call`, path, HTTPS),
      ),
    ),
  );
}

function observeResolvers(topology: Topology, from: readonly Subnet[]): Observation[] {
  const addresses = topology.resolvers.flatMap(({ listeners }) => listeners.flatMap(({ address }) => address ?? []));
  return addresses.flatMap((address) =>
    from.flatMap((subnet) =>
      DNS.flatMap((port) =>
        tracePaths(topology, subnet, { kind: "address", address }, port).map((path) =>
          observePath(topology, subnet, `Resolver ${address}, ${port.protocol} 53`, path, port),
        ),
      ),
    ),
  );
}

function observePath(topology: Topology, from: Subnet, what: string, path: PacketPath, port: Port): Observation {
  const { passed, evidence } = observeConnection(topology, from, path, port);
  return { passed, evidence: `${what}: ${evidence}` };
}
