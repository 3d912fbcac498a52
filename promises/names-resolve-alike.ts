import { resolveByDhcp, resolveByHub } from "../model/names/dhcp";
import { resolve, sameAnswer, type Answer } from "../model/names/resolve";
import { serviceName } from "../model/names/services";
import { AMAZON_PROVIDED_DNS, inTier, networksOf, topologyOf } from "../model/topology/topology";
import type { Network, Subnet, Topology } from "../model/topology/topology";
import { finding, type NetworkPromise } from "./promise";
import { once, type Seen } from "./ways-in-words";

/** Any label below a zone: a record that other programs keep there, or none. */
const HOST = "host";

/** A service without an endpoint here, and a name of nobody's: both are public DNS's. */
const PUBLIC_NAMES = ["example.com"];

/**
 * Machines ask whichever server answers first. Names of other spokes are left out: the hub's resolver knows their zones
 * and a spoke's own does not.
 */
export const namesResolveAlike: NetworkPromise = {
  name: "names-resolve-alike",
  sentence: "The hub's resolver, the VPC's own and DHCP's servers answer every shared name alike.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    const senders = networks.flatMap((network) => inTier(network, "private").map((from) => ({ network, from })));
    if (stack.isHub || senders.length === 0) return undefined;
    const others = all.register.map(({ name }) => name).filter((name) => name !== stack.name);
    return finding(once(senders.flatMap(({ network, from }) => answersFor(topology, network, from, others))));
  },
};

/** What a machine in a subnet learns of every shared name, whichever server it asks. */
function answersFor(topology: Topology, network: Network, from: Subnet, others: readonly string[]): Seen[] {
  const silent = new Set<string>();
  const names = namesFor(topology, network, others).map((name) => {
    const own = resolve(topology, network, name);
    const hub = resolveByHub(topology, name);
    const dhcp = resolveByDhcp(topology, network, from, name);
    for (const each of dhcp.silent) silent.add(each);
    const answers = [hub, dhcp.answer];
    const holds = answers.every((each) => each !== undefined && sameAnswer(each, own));
    const differing = `own ${inWords(own)}, hub ${inWords(hub)}, DHCP ${inWords(dhcp.answer)}`;
    return { holds, evidence: `${name}: ${holds ? inWords(own) : differing}` };
  });
  const servers = {
    holds: silent.size === 0 && network.servers.at(-1) === AMAZON_PROVIDED_DNS,
    evidence: silent.size === 0 ? `asks ${network.servers.join(", then ")}` : [...silent].join("; "),
  };
  return [servers, ...names];
}

/** Names that a spoke is to know: of the shared zones, of its own, and of the endpoints. */
function namesFor(topology: Topology, network: Network, others: readonly string[]): string[] {
  const domains = topology.zones
    .map(({ domain }) => domain)
    .filter((domain) => !others.some((other) => domain.startsWith(`${other}.`)));
  const services = topology.endpoints.map(({ service }) => serviceName(service, network.region));
  return [...new Set([...domains, ...domains.map((domain) => `${HOST}.${domain}`), ...services, ...PUBLIC_NAMES])];
}

function inWords(answer: Answer | undefined): string {
  if (answer === undefined) return "no answer";
  return answer.zone === undefined ? "public DNS" : `zone ${answer.zone}, ${answer.record ?? "no record of ours"}`;
}
