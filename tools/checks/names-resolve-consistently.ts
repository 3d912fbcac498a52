import { resolveByDhcp } from "../model/names/dhcp";
import { resolve, sameAnswer, serviceName, type DnsAnswer } from "../model/names/resolve";
import { tracePaths } from "../model/paths/trace";
import type { StackResources } from "../model/resource";
import { isAtOrBelow } from "../model/topology/endpoints-and-zones";
import { DNS } from "../model/topology/packet-filters";
import {
  AMAZON_PROVIDED_DNS,
  inTier,
  networksOf,
  topologyOf,
  type Subnet,
  type Topology,
  type VpcNetwork,
} from "../model/topology/topology";
import {
  distinct,
  type Finding,
  finding,
  type NetworkCheck,
  type Observation,
  observeConnection,
} from "./shared/check";

/** Any label below a hosted zone: other programs may or may not have such a record. */
const HOST = "host";

/** A name without a hosted zone here, which public DNS answers. */
const PUBLIC_NAMES = ["example.com"];

/**
 * A client uses the answer of any server in its DHCP options, and NXDOMAIN is final. So every server must return the answer
 * of the VPC's own resolver. Names of other spokes are excluded: the hub's Resolver knows their hosted zones, and the
 * spoke's own resolver does not.
 *
 * Names that AWS creates inside the spoke's VPC are unknown to other resolvers. The evidence shows this disadvantage of
 * `dns-resolver: hub`.
 */
export const namesResolveConsistently: NetworkCheck = {
  name: "names-resolve-consistently",
  sentence: "Every DNS server that a spoke uses returns the hub's answers for shared names.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (stack.isHub) return observeForwarding(topology, stack);
    const senders = networks.flatMap((network) => inTier(network, "private").map((from) => ({ network, from })));
    if (senders.length === 0) return undefined;
    const others = all.accountMap.map(({ name }) => name).filter((name) => name !== stack.name);
    const answers = senders.flatMap(({ network, from }) => observeAnswers(topology, stack, network, from, others));
    return finding(distinct([...answers, ...networks.filter(queriesOthers).map(observeOwnNames)]));
  },
};

/** Whether queries reach every server that a Resolver rule forwards to, from every address of the outbound endpoint, and return. */
function observeForwarding(topology: Topology, { name }: StackResources): Finding | undefined {
  const rules = topology.resolverRules.filter((rule) => rule.stack === name);
  if (rules.length === 0) return undefined;
  return finding(
    rules.flatMap(({ domain, servers, subnetIds }) => {
      const subnets = subnetIds.flatMap((id) => topology.subnetById.get(id) ?? []);
      if (subnets.length === 0) return [{ passed: false, evidence: `${domain}: its Resolver endpoint has no subnet` }];
      return [
        ...hiddenZones(topology, domain),
        ...subnets.flatMap((from) => servers.flatMap((server) => observeServer(topology, domain, from, server))),
      ];
    }),
  );
}

/** Hosted zones whose names, or some of them, a rule sends to a site. */
function hiddenZones({ zones }: Topology, rule: string): Observation[] {
  return zones
    .filter(({ domain }) => isAtOrBelow(domain, rule) || isAtOrBelow(rule, domain))
    .map(({ domain }) => ({ passed: false, evidence: `${rule}: overlaps the hosted zone ${domain}` }));
}

/** A server must be in a site: a query to any other place leaves the networks, or never arrives. */
function observeServer(topology: Topology, domain: string, from: Subnet, address: string): Observation[] {
  return DNS.flatMap((port) =>
    tracePaths(topology, from, { kind: "address", address }, port).map((path) => {
      const { passed, evidence } = observeConnection(topology, from, path, port, ({ landsIn }) =>
        topology.transit.siteById.has(landsIn ?? ""),
      );
      return { passed, evidence: `${domain}: ${evidence}` };
    }),
  );
}

/** The answers to a client in a subnet for every shared name, from every server. */
function observeAnswers(
  topology: Topology,
  stack: StackResources,
  network: VpcNetwork,
  from: Subnet,
  others: readonly string[],
): Observation[] {
  const unanswered = new Set<string>();
  const hubNetwork = topology.networks.find(({ isHub }) => isHub);
  const names = namesFor(topology, network, others).map((name) => {
    const own = resolve(topology, network, name);
    const hub = hubNetwork === undefined ? undefined : resolve(topology, hubNetwork, name);
    const dhcp = resolveByDhcp(topology, network, from, name);
    for (const each of dhcp.silent) unanswered.add(each);
    // A hosted zone of the spoke's own stack is private to it, unless clients query the hub's Resolver.
    const isOwn = !queriesOthers(network) && isOwnZone(topology, stack, own.zone);
    const answers = [...(isOwn ? [] : [hub]), dhcp.answer];
    const passed = answers.every((each) => each !== undefined && sameAnswer(each, own));
    const differing = `the VPC's resolver answers ${inWords(own)}; the hub ${inWords(hub)}; DHCP servers ${inWords(dhcp.answer)}`;
    return { passed, evidence: `${from.name}, ${name}: ${passed ? inWords(own) : differing}` };
  });
  const servers = {
    passed: unanswered.size === 0 && network.servers.at(-1) === AMAZON_PROVIDED_DNS,
    evidence: `${from.name}: ${unanswered.size === 0 ? `queries ${network.servers.join(", then ")}` : [...unanswered].join("; ")}`,
  };
  return [servers, ...names];
}

function queriesOthers({ servers }: VpcNetwork): boolean {
  return servers.some((server) => server !== AMAZON_PROVIDED_DNS);
}

/** Whether a hosted zone belongs to the stack alone; one below the hub's would hide shared names. */
function isOwnZone(topology: Topology, { resources }: StackResources, domain: string | undefined): boolean {
  const hub = topology.networks.find(({ isHub }) => isHub)?.id ?? "";
  const shared = topology.zones.filter(({ vpcIds }) => vpcIds.has(hub));
  if (domain === undefined || shared.some((zone) => isAtOrBelow(domain, zone.domain))) return false;
  return resources.some(({ type, inputs }) => type === "aws:route53/zone:Zone" && inputs["name"] === domain);
}

/** Names that AWS creates in a VPC, known only to its own resolver (Amazon VPC User Guide, "DNS attributes for your VPC"). */
function observeOwnNames({ region, servers }: VpcNetwork): Observation {
  const others = servers.filter((server) => server !== AMAZON_PROVIDED_DNS).join(", ");
  return {
    passed: true,
    evidence:
      `names inside the VPC, such as *.${region}.compute.internal and EFS mount targets: ` +
      `${AMAZON_PROVIDED_DNS} answers, ${others} does not, so lookups may fail intermittently`,
  };
}

/** Names that a spoke must resolve: in the shared hosted zones, in its own, and of the endpoints. */
function namesFor(topology: Topology, network: VpcNetwork, others: readonly string[]): string[] {
  const domains = [...topology.zones, ...topology.resolverRules]
    .map(({ domain }) => domain)
    .filter((domain) => !others.some((other) => domain.startsWith(`${other}.`)));
  const services = topology.endpoints.map(({ service }) => serviceName(service, network.region));
  return [...new Set([...domains, ...domains.map((domain) => `${HOST}.${domain}`), ...services, ...PUBLIC_NAMES])];
}

function inWords(answer: DnsAnswer | undefined): string {
  if (answer === undefined) return "no answer";
  if (answer.rule !== undefined) return `Resolver rule ${answer.rule}, ${answer.values.join(", ")}`;
  return answer.zone === undefined ? "public DNS" : `hosted zone ${answer.zone}, ${answer.record ?? "no record"}`;
}
