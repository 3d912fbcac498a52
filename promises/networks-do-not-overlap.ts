import { vpcOf } from "../model/estate";
import { holds } from "../model/trace";
import { finding, type NetworkPromise } from "./promise";

export const networksDoNotOverlap: NetworkPromise = {
  name: "networks-do-not-overlap",
  sentence: "The network shares no address with another, and lies in the address space.",
  check(stack, all) {
    const own = vpcOf(all, stack);
    if (own === undefined) return undefined;
    const first = (cidr: string): string => cidr.split("/")[0] ?? "";
    const others = all.model.vpcs.filter(({ id }) => id !== own.id);
    return finding([
      {
        holds: holds(all.addressSpace, first(own.cidr)),
        evidence: `${own.cidr} and the address space ${all.addressSpace}`,
      },
      ...others.map(({ name, cidr }) => ({
        holds: !holds(cidr, first(own.cidr)) && !holds(own.cidr, first(cidr)),
        evidence: `${own.cidr} and ${cidr} of ${name}`,
      })),
    ]);
  },
};
