import { rangesOf } from "../model/addresses/ranges";
import type { Way } from "../model/paths/path";
import { spread } from "../model/paths/trace";
import { networksOf, topologyOf, type Network } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./check";
import { once, wayInWords } from "./paths-in-words";

export const spokesAreIsolated: NetworkCheck = {
  name: "spokes-are-isolated",
  sentence: "No subnet of a spoke reaches a subnet of another spoke.",
  check(stack, all) {
    const topology = topologyOf(all);
    const own = networksOf(topology, stack);
    const others = topology.networks.filter((network) => !network.isHub && network.stack !== stack.name);
    if (stack.isHub || own.length === 0 || others.length === 0) return undefined;
    const subnets = new Map(others.flatMap((network) => network.subnets.map(({ id }) => [id, network.name] as const)));
    const leaksTo = ({ landsIn }: Way): string | undefined => subnets.get(landsIn ?? "");
    const addresses = rangesOf(others.flatMap(addressesOf));
    // All addresses of all others at once, with packets of any kind: what is cut apart is judged piece by piece.
    const seen = own
      .flatMap((network) => network.subnets)
      .flatMap((from) => spread(topology, from, addresses))
      .map((way) => {
        const to = leaksTo(way);
        return { passed: to === undefined, evidence: `${to === undefined ? "" : `to ${to}: `}${wayInWords(way)}` };
      });
    return finding(once(seen));
  },
};

/** Blocks of a VPC and of its subnets, which lie in them where AWS has made them. */
function addressesOf({ blocks, subnets }: Network): string[] {
  return [...blocks, ...subnets.map(({ block }) => block)];
}
