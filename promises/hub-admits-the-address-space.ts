import { topologyOf } from "../model/topology/topology";
import { finding, type NetworkPromise } from "./promise";

const PORTS = [53, 443];

export const hubAdmitsTheAddressSpace: NetworkPromise = {
  name: "hub-admits-the-address-space",
  sentence: "The hub's resolver and endpoints admit the address space alone, for DNS and HTTPS.",
  check(stack, all) {
    if (!stack.isHub) return undefined;
    const topology = topologyOf(all);
    const isHere = ({ id }: { readonly id: string }): boolean => stack.resources.some((each) => each.id === id);
    const offered = [...topology.endpoints, ...topology.resolvers].filter(isHere);
    const seen = [...new Set(offered.flatMap(({ groupIds }) => groupIds))]
      .flatMap((group) => topology.rules.get(group) ?? [])
      .map(({ resource, source, protocol, fromPort, toPort }) => ({
        holds: source === all.addressSpace && fromPort === toPort && PORTS.includes(fromPort),
        evidence: `${resource}: ${source}, ${protocol} ${String(fromPort)}${toPort === fromPort ? "" : `-${String(toPort)}`}`,
      }));
    return seen.length === 0 ? undefined : finding(seen);
  },
};
