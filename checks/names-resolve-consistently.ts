import type { EstateStack } from "../model/estate";
import { resolveByDhcp } from "../model/names/dhcp";
import { resolve, sameAnswer, type Answer } from "../model/names/resolve";
import { isAtOrBelow } from "../model/topology/dns-names";
import { serviceName } from "../model/names/services";
import { AMAZON_PROVIDED_DNS, inTier, networksOf, topologyOf } from "../model/topology/topology";
import type { Network, Subnet, Topology } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./check";
import { once, type Seen } from "./paths-in-words";

/** Any label below a zone: a record that other programs keep there, or none. */
const HOST = "host";

/** A service without an endpoint here, and a name of nobody's: both are public DNS's. */
const PUBLIC_NAMES = ["example.com"];

/**
 * A machine takes the answer of whichever server it asks: an answer "no such name" is final. So every server that the DHCP
 * options list must give the VPC's own answer. Names of other spokes are left out: the hub's resolver knows their hosted
 * zones and a spoke's own does not.
 *
 * Names that exist only in the spoke's VPC, which AWS makes itself, are known to no other resolver: that is what
 * `dns-resolver: hub` costs, and the evidence says so.
 */
export const namesResolveConsistently: NetworkCheck = {
  name: "names-resolve-consistently",
  sentence: "The DNS servers that a spoke asks give shared names the hub's answers.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    const senders = networks.flatMap((network) => inTier(network, "private").map((from) => ({ network, from })));
    if (stack.isHub || senders.length === 0) return undefined;
    const others = all.register.map(({ name }) => name).filter((name) => name !== stack.name);
    const seen = senders.flatMap(({ network, from }) => answersFor(topology, stack, network, from, others));
    return finding(once([...seen, ...networks.filter(asksOthers).map(ownNames)]));
  },
};

/** What a machine in a subnet learns of every shared name, whichever server it asks. */
function answersFor(
  topology: Topology,
  stack: EstateStack,
  network: Network,
  from: Subnet,
  others: readonly string[],
): Seen[] {
  const silent = new Set<string>();
  const hubNetwork = topology.networks.find(({ isHub }) => isHub);
  const names = namesFor(topology, network, others).map((name) => {
    const own = resolve(topology, network, name);
    const hub = hubNetwork === undefined ? undefined : resolve(topology, hubNetwork, name);
    const dhcp = resolveByDhcp(topology, network, from, name);
    for (const each of dhcp.silent) silent.add(each);
    // A hosted zone of the spoke's own stack is its own affair, as long as nobody asks the hub's resolver for it.
    const isOwn = !asksOthers(network) && isOwnAffair(topology, stack, own.zone);
    const answers = [...(isOwn ? [] : [hub]), dhcp.answer];
    const passed = answers.every((each) => each !== undefined && sameAnswer(each, own));
    const differing = `own ${inWords(own)}, hub ${inWords(hub)}, DHCP ${inWords(dhcp.answer)}`;
    return { passed, evidence: `${name}: ${passed ? inWords(own) : differing}` };
  });
  const servers = {
    passed: silent.size === 0 && network.servers.at(-1) === AMAZON_PROVIDED_DNS,
    evidence: silent.size === 0 ? `asks ${network.servers.join(", then ")}` : [...silent].join("; "),
  };
  return [servers, ...names];
}

function asksOthers({ servers }: Network): boolean {
  return servers.some((server) => server !== AMAZON_PROVIDED_DNS);
}

/** A hosted zone of the stack's own, but for one below the hub's, which hides names that all share. */
function isOwnAffair(topology: Topology, { resources }: EstateStack, domain: string | undefined): boolean {
  const hub = topology.networks.find(({ isHub }) => isHub)?.id ?? "";
  const shared = topology.zones.filter(({ vpcIds }) => vpcIds.has(hub));
  if (domain === undefined || shared.some((zone) => isAtOrBelow(domain, zone.domain))) return false;
  return resources.some(({ type, inputs }) => type === "aws:route53/zone:Zone" && inputs["name"] === domain);
}

/** What AWS names in a VPC (Amazon VPC User Guide, "DNS attributes for your VPC"), and only that VPC's resolver knows. */
function ownNames({ region, servers }: Network): Seen {
  const others = servers.filter((server) => server !== AMAZON_PROVIDED_DNS).join(", ");
  return {
    passed: true,
    evidence:
      `names of the VPC itself, such as *.${region}.compute.internal and EFS mount targets: ` +
      `${AMAZON_PROVIDED_DNS} answers, ${others} does not, so they fail from time to time`,
  };
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
