import { rangesOf } from "../model/addresses/ranges";
import type { PacketPath } from "../model/paths/path";
import { traceTraffic } from "../model/paths/trace";
import { networksOf, topologyOf, type VpcNetwork } from "../model/topology/topology";
import { distinct, finding, hopsInWords, type NetworkCheck, routesInWords } from "./shared/check";

export const spokesAreIsolated: NetworkCheck = {
  name: "spokes-are-isolated",
  sentence: "No subnet of a spoke reaches a subnet of another spoke.",
  check(stack, all) {
    const topology = topologyOf(all);
    const own = networksOf(topology, stack);
    const others = topology.networks.filter((network) => !network.isHub && network.stack !== stack.name);
    if (stack.isHub || own.length === 0 || others.length === 0) return undefined;
    const subnets = new Map(others.flatMap((network) => network.subnets.map(({ id }) => [id, network.name] as const)));
    const leaksTo = ({ landsIn }: PacketPath): string | undefined => subnets.get(landsIn ?? "");
    const addresses = rangesOf(others.flatMap(addressesOf));
    // All addresses of all other spokes at once, with any kind of packet; each resulting path is checked.
    const observations = own
      .flatMap((network) => network.subnets)
      .flatMap((from) =>
        traceTraffic(topology, from, addresses).map((path) => {
          const to = leaksTo(path);
          if (to === undefined) return { passed: true, evidence: hopsInWords(path, from) };
          return { passed: false, evidence: `reaches spoke ${to}: ${routesInWords(path, from)}` };
        }),
      );
    return finding(distinct(observations));
  },
};

/** CIDRs of a VPC and of its subnets; in a plan, subnets may lie outside the VPC. */
function addressesOf({ blocks, subnets }: VpcNetwork): string[] {
  return [...blocks, ...subnets.map(({ block }) => block)];
}
