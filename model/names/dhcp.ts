import { trace } from "../paths/trace";
import { pathInWords } from "../paths/path";
import { block } from "../addresses/blocks";
import { DNS } from "../topology/traffic";
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
    const paths = DNS.map((port) => trace(topology, from, { kind: "address", address: server }, port));
    const stopped = paths.find(({ end }) => end !== "arrives");
    if (at !== undefined && stopped === undefined) return { server, answer: resolve(topology, at, name), silent };
    silent.push(
      at === undefined ? `${server}: no resolver listens there` : pathInWords(stopped ?? { hops: [], end: "dropped" }),
    );
  }
  return { server: undefined, answer: undefined, silent };
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
