import { contains, covers, rangesOf } from "../model/addresses/ranges";
import { admitted, describeSource, DNS, type IngressRule } from "../model/topology/packet-filters";
import { topologyOf } from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation } from "./shared/check";

const DNS_PORTS = [53];
const PORTS = [...DNS_PORTS, 443];

export const hubAdmitsTheAddressSpace: NetworkCheck = {
  name: "hub-admits-the-address-space",
  sentence: "The hub's Resolver and endpoints allow only DNS and HTTPS, from networks and sites.",
  check(stack, all) {
    if (!stack.isHub) return undefined;
    const topology = topologyOf(all);
    const isHere = ({ id }: { readonly id: string }): boolean => stack.resources.some((each) => each.id === id);
    const sites = (all.sites ?? []).flatMap(({ cidrs }) => cidrs).filter((cidr) => !contains(all.addressSpace, cidr));
    const ofEndpoints = topology.endpoints.filter(isHere).flatMap(({ groupIds }) => groupIds);
    const ofResolvers = topology.resolvers.filter(isHere).flatMap(({ groupIds }) => groupIds);
    const observations = [...new Set([...ofEndpoints, ...ofResolvers])].flatMap((group) => {
      const admittedSites = ofEndpoints.includes(group) ? [] : sites;
      return observeRules(topology.rules.get(group) ?? [], all.addressSpace, admittedSites);
    });
    return observations.length === 0 ? undefined : finding(observations);
  },
};

/** Each rule must allow the address space or a site, or a part of it that other rules complete. */
function observeRules(rules: readonly IngressRule[], addressSpace: string, sites: readonly string[]): Observation[] {
  const given = rules.map(({ resource, source, protocol, fromPort, toPort }) => {
    const space = "cidr" in source ? [addressSpace, ...sites].find((each) => contains(each, source.cidr)) : undefined;
    const ports = space === addressSpace ? PORTS : DNS_PORTS;
    const isPort = fromPort === toPort && ports.includes(fromPort) && (protocol === "tcp" || protocol === "udp");
    const isWhole =
      isPort && space !== undefined && covers(admitted(rules, { protocol, port: fromPort }), rangesOf([space]));
    const shown = toPort === fromPort ? String(fromPort) : `${String(fromPort)}-${String(toPort)}`;
    return {
      passed: isWhole,
      evidence: `rule ${resource}: allows ${protocol} ${shown} from ${describeSource(source)}, expected ${space ?? addressSpace}`,
    };
  });
  const missing = sites.flatMap((site) =>
    DNS.filter((port) => !covers(admitted(rules, port), rangesOf([site]))).map(({ protocol }) => ({
      passed: false,
      evidence: `no rule allows ${protocol} 53 from ${site}, a site`,
    })),
  );
  return [...given, ...missing];
}
