import { answersTo } from "../paths/answers";
import { ways } from "../paths/trace";
import { arrives, pathInWords } from "../paths/path";
import { block } from "../addresses/blocks";
import { DNS, requestTo } from "../topology/traffic";
import { AMAZON_PROVIDED_DNS, type Network, type Subnet, type Topology } from "../topology/topology";
import { resolve, type Answer } from "./resolve";

/** What a machine learns that asks the servers of its DHCP options one after the other. */
export interface DhcpAnswer {
  /** The one that answered; undefined: none did. */
  readonly server: string | undefined;
  readonly answer: Answer | undefined;
  /** Servers that gave no answer, and why. */
  readonly silent: readonly string[];
}

/** What the hub's inbound resolver answers, as the resolver of the VPC that it stands in does. */
export function resolveByHub(topology: Topology, name: string): Answer | undefined {
  const [network] = topology.resolvers.flatMap((resolver) => networkOf(topology, resolver.listeners[0]?.subnetId));
  return network === undefined ? undefined : resolve(topology, network, name);
}

/** A client asks the next server when one does not answer; a server that answers "no such name" has answered. */
export function resolveByDhcp(topology: Topology, network: Network, from: Subnet, name: string): DhcpAnswer {
  const silent: string[] = [];
  for (const server of network.servers) {
    if (isOwnResolver(network, server)) {
      if (network.hasResolver) return { server, answer: resolve(topology, network, name), silent };
      silent.push(`${server}: the VPC has DNS support off`);
      continue;
    }
    const resolver = topology.resolvers.find(({ listeners }) => listeners.some(({ address }) => address === server));
    const [at] = networkOf(topology, resolver?.listeners[0]?.subnetId);
    const fault = at === undefined ? `${server}: no resolver listens there` : stopsBefore(topology, from, server);
    if (at !== undefined && fault === undefined) return { server, answer: resolve(topology, at, name), silent };
    silent.push(fault ?? "");
  }
  return { server: undefined, answer: undefined, silent };
}

const faults = new WeakMap<Subnet, Map<string, string | undefined>>();

/** What stops a question to a server, or its answer; undefined: nothing. Every name asks the same of a subnet. */
function stopsBefore(topology: Topology, from: Subnet, server: string): string | undefined {
  const known = faults.get(from) ?? new Map<string, string | undefined>();
  faults.set(from, known);
  if (!known.has(server)) known.set(server, faultTo(topology, from, server));
  return known.get(server);
}

function faultTo(topology: Topology, from: Subnet, address: string): string | undefined {
  for (const port of DNS) {
    for (const way of ways(topology, from, { kind: "address", address }, port)) {
      if (!arrives(way)) return pathInWords(way);
      const lost = answersTo(topology, from, way, requestTo(port)).find((answer) => !arrives(answer));
      if (lost !== undefined) return `${pathInWords(way)}, and the answer is lost: ${pathInWords(lost)}`;
    }
  }
  return undefined;
}

/**
 * Whether a server is the VPC's own resolver: by its name, its link-local address or the second one of the VPC's first
 * block (Amazon VPC User Guide, "DNS attributes for your VPC").
 */
function isOwnResolver({ blocks: [primary = ""] }: Network, server: string): boolean {
  if (server === AMAZON_PROVIDED_DNS || server === "169.254.169.253") return true;
  const [vpc, address] = [block(primary), block(server)];
  return vpc !== undefined && address?.prefix === 32 && address.first === vpc.first + 2;
}

function networkOf(topology: Topology, subnetId: string | undefined): Network[] {
  const vpcId = topology.subnetById.get(subnetId ?? "")?.vpcId ?? "";
  return [topology.networkById.get(vpcId) ?? []].flat();
}
