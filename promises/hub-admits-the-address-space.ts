import { finding, type NetworkPromise } from "./promise";

export const hubAdmitsTheAddressSpace: NetworkPromise = {
  name: "hub-admits-the-address-space",
  sentence: "The hub's resolver and endpoints admit the address space alone, for DNS and HTTPS.",
  check(stack, all) {
    if (!stack.isHub) return undefined;
    return finding(
      all.model.rules
        .filter(({ name }) => stack.resources.some((resource) => resource.name === name))
        .map(({ name, cidr, protocol, fromPort, toPort }) => ({
          holds: cidr === all.addressSpace && fromPort === toPort && [53, 443].includes(fromPort),
          evidence: `${name}: ${cidr}, ${protocol} ${String(fromPort)}${toPort === fromPort ? "" : `-${String(toPort)}`}`,
        })),
    );
  },
};
