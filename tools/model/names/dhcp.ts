import { parseBlock } from "../addresses/ranges";
import { arrives, describePath } from "../paths/path";
import { tracePaths, traceReplies } from "../paths/trace";
import { DNS, requestTo } from "../topology/packet-filters";
import { AMAZON_PROVIDED_DNS, type Subnet, type Topology, type VpcNetwork } from "../topology/topology";
import { resolve, type DnsAnswer } from "./resolve";

/** The answer to a client that queries the DNS servers of its DHCP options in order. */
interface DhcpAnswer {
  /** The server that answered; undefined: none. */
  readonly server: string | undefined;
  readonly answer: DnsAnswer | undefined;
  /** Servers that did not answer, each with the reason. */
  readonly silent: readonly string[];
}

/** The answer of the hub's Resolver inbound endpoint: that of its VPC's own resolver. */
export function resolveByHub(topology: Topology, name: string): DnsAnswer | undefined {
  const [network] = topology.resolvers.flatMap((resolver) => networkOf(topology, resolver.listeners[0]?.subnetId));
  return network === undefined ? undefined : resolve(topology, network, name);
}

/** A client queries the next server only if one does not answer; NXDOMAIN is an answer. */
export function resolveByDhcp(topology: Topology, network: VpcNetwork, from: Subnet, name: string): DhcpAnswer {
  const silent: string[] = [];
  for (const server of network.servers) {
    if (isOwnResolver(network, server)) {
      if (network.hasResolver) return { server, answer: resolve(topology, network, name), silent };
      silent.push(`${server}: DNS support is disabled for the VPC`);
      continue;
    }
    const resolver = topology.resolvers.find(({ listeners }) => listeners.some(({ address }) => address === server));
    const [at] = networkOf(topology, resolver?.listeners[0]?.subnetId);
    const fault =
      at === undefined ? `${server}: no Resolver endpoint has this address` : queryFault(topology, from, server);
    if (at !== undefined && fault === undefined) return { server, answer: resolve(topology, at, name), silent };
    silent.push(fault ?? "");
  }
  return { server: undefined, answer: undefined, silent };
}

const faults = new WeakMap<Subnet, Map<string, string | undefined>>();

/** Why a query to a server, or its reply, is lost; undefined: it is not. The same for every name. */
function queryFault(topology: Topology, from: Subnet, server: string): string | undefined {
  const known = faults.get(from) ?? new Map<string, string | undefined>();
  faults.set(from, known);
  if (!known.has(server)) known.set(server, faultTo(topology, from, server));
  return known.get(server);
}

function faultTo(topology: Topology, from: Subnet, address: string): string | undefined {
  for (const port of DNS) {
    for (const path of tracePaths(topology, from, { kind: "address", address }, port)) {
      if (!arrives(path)) return `${address}: ${describePath(path)}`;
      const lost = traceReplies(topology, from, path, requestTo(port)).find((reply) => !arrives(reply));
      if (lost !== undefined) return `${address}: ${describePath(path)}; one-way, reply: ${describePath(lost)}`;
    }
  }
  return undefined;
}

/**
 * Whether a server is the VPC's own resolver: by name, by its link-local address, or as the second address after the base
 * of the VPC's primary CIDR (Amazon VPC User Guide, "DNS attributes for your VPC").
 */
function isOwnResolver({ blocks: [primary = ""] }: VpcNetwork, server: string): boolean {
  if (server === AMAZON_PROVIDED_DNS || server === "169.254.169.253") return true;
  const [vpc, address] = [parseBlock(primary), parseBlock(server)];
  return vpc !== undefined && address?.prefix === 32 && address.first === vpc.first + 2;
}

function networkOf(topology: Topology, subnetId: string | undefined): VpcNetwork[] {
  const vpcId = topology.subnetById.get(subnetId ?? "")?.vpcId ?? "";
  return [topology.networkById.get(vpcId) ?? []].flat();
}
