import { contains, overlap } from "../model/topology/blocks";
import { networkOf, topologyOf } from "../model/topology/topology";
import { finding, type NetworkPromise } from "./promise";

export const networksDoNotOverlap: NetworkPromise = {
  name: "networks-do-not-overlap",
  sentence: "The network shares no address with another, and lies in the address space.",
  check(stack, all) {
    const topology = topologyOf(all);
    const own = networkOf(topology, stack);
    if (own === undefined) return undefined;
    const others = topology.networks.filter(({ id }) => id !== own.id);
    return finding(
      own.blocks.flatMap((block) => [
        {
          holds: contains(all.addressSpace, block),
          evidence: `${block} and the address space ${all.addressSpace}`,
        },
        ...others.flatMap(({ name, blocks }) =>
          blocks.map((other) => ({ holds: !overlap(block, other), evidence: `${block} and ${other} of ${name}` })),
        ),
      ]),
    );
  },
};
