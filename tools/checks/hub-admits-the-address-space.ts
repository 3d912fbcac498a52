import { contains, covers, rangesOf } from "../model/addresses/ranges";
import { admitted, describeSource, type IngressRule } from "../model/topology/packet-filters";
import { topologyOf } from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation } from "./shared/check";

const PORTS = [53, 443];

export const hubAdmitsTheAddressSpace: NetworkCheck = {
  name: "hub-admits-the-address-space",
  sentence: "The hub's Resolver and endpoints allow only DNS and HTTPS from the address space.",
  check(stack, all) {
    if (!stack.isHub) return undefined;
    const topology = topologyOf(all);
    const isHere = ({ id }: { readonly id: string }): boolean => stack.resources.some((each) => each.id === id);
    const offered = [...topology.endpoints, ...topology.resolvers].filter(isHere);
    const observations = [...new Set(offered.flatMap(({ groupIds }) => groupIds))].flatMap((group) =>
      observeRules(topology.rules.get(group) ?? [], all.addressSpace),
    );
    return observations.length === 0 ? undefined : finding(observations);
  },
};

/** Each rule must allow the address space, or a part of it that other rules complete. */
function observeRules(rules: readonly IngressRule[], addressSpace: string): Observation[] {
  return rules.map(({ resource, source, protocol, fromPort, toPort }) => {
    const isPort = fromPort === toPort && PORTS.includes(fromPort) && (protocol === "tcp" || protocol === "udp");
    const isWhole = isPort && covers(admitted(rules, { protocol, port: fromPort }), rangesOf([addressSpace]));
    const ports = toPort === fromPort ? String(fromPort) : `${String(fromPort)}-${String(toPort)}`;
    return {
      passed: isWhole && "cidr" in source && contains(addressSpace, source.cidr),
      evidence: `rule ${resource}: allows ${protocol} ${ports} from ${describeSource(source)}, expected ${addressSpace}`,
    };
  });
}
