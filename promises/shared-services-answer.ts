import { resolveService } from "../model/names/services";
import { pathInWords, type Path } from "../model/paths/path";
import { trace } from "../model/paths/trace";
import { DNS, HTTPS } from "../model/topology/traffic";
import { inTier, networkOf, topologyOf } from "../model/topology/topology";
import type { Network, Subnet, Topology } from "../model/topology/topology";
import { finding, type NetworkPromise } from "./promise";

interface Seen {
  readonly holds: boolean;
  readonly evidence: string;
}

/** From end to end, as a client does it: the name, the way, the port, the group. */
export const sharedServicesAnswer: NetworkPromise = {
  name: "shared-services-answer",
  sentence: "To private subnets the hub's endpoints answer by their names on 443, its resolver on 53.",
  check(stack, all) {
    if (stack.isHub) return undefined;
    const topology = topologyOf(all);
    const network = networkOf(topology, stack);
    if (network === undefined) return undefined;
    const from = inTier(network, "private");
    return finding([...endpointsAnswer(topology, network, from), ...resolversAnswer(topology, from)]);
  },
};

function endpointsAnswer(topology: Topology, network: Network, from: readonly Subnet[]): Seen[] {
  const { region } = network;
  const hubs = topology.endpoints.filter(({ vpcId }) => topology.networkById.get(vpcId)?.isHub === true);
  return hubs.flatMap(({ id, service }) => {
    const answer = resolveService(topology, network, service, region);
    if (answer.endpointId !== id) {
      const why =
        answer.kind === "private" ? "leads elsewhere" : answer.kind === "public" ? "is a public name" : answer.kind;
      return [{ holds: false, evidence: `${answer.name}: ${why}` }];
    }
    const paths = from.map((subnet) => trace(topology, subnet, { kind: "service", service, region }, HTTPS));
    return paths.map((path) => seen(answer.name, path));
  });
}

function resolversAnswer(topology: Topology, from: readonly Subnet[]): Seen[] {
  const addresses = topology.resolvers.flatMap(({ listeners }) => listeners.flatMap(({ address }) => address ?? []));
  return addresses.flatMap((address) =>
    from.flatMap((subnet) =>
      DNS.map((port) =>
        seen(`${address}, ${port.protocol} 53`, trace(topology, subnet, { kind: "address", address }, port)),
      ),
    ),
  );
}

function seen(what: string, path: Path): Seen {
  return { holds: path.end === "arrives", evidence: `${what}: ${pathInWords(path)}` };
}
