import { contains, overlap } from "../model/addresses/blocks";
import { networksOf, topologyOf } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./check";

export const cidrsDoNotOverlap: NetworkCheck = {
  name: "cidrs-do-not-overlap",
  sentence: "The network shares no address with another, and lies in the address space.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (networks.length === 0) return undefined;
    // Of a network that is not there, or not in sight, what is kept for it.
    const inSight = new Set([stack.name, ...topology.networks.map((network) => network.stack)]);
    const kept = all.register
      .filter(({ name }) => !inSight.has(name))
      .map(({ name, cidr }) => ({ name, blocks: [cidr] }));
    return finding(
      networks.flatMap((own) => {
        const others = topology.networks.filter(({ id }) => id !== own.id);
        return own.blocks.flatMap((block) => [
          {
            passed: contains(all.addressSpace, block),
            evidence: `${block} and the address space ${all.addressSpace}`,
          },
          ...[...others, ...kept].flatMap(({ name, blocks }) =>
            blocks.map((other) => ({ passed: !overlap(block, other), evidence: `${block} and ${other} of ${name}` })),
          ),
        ]);
      }),
    );
  },
};
