import { contains, overlap } from "../model/addresses/ranges";
import { networksOf, topologyOf } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./check";

export const cidrsDoNotOverlap: NetworkCheck = {
  name: "cidrs-do-not-overlap",
  sentence: "Every VPC CIDR is inside the address space and overlaps no other network's CIDR.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (networks.length === 0) return undefined;
    // For networks whose stack is missing, the CIDR reserved in the account map.
    const inSight = new Set([stack.name, ...topology.networks.map((network) => network.stack)]);
    const kept = all.accountMap
      .filter(({ name }) => !inSight.has(name))
      .map(({ name, cidr }) => ({ name, blocks: [cidr] }));
    return finding(
      networks.flatMap((own) => {
        const others = topology.networks.filter(({ id }) => id !== own.id);
        return own.blocks.flatMap((block) => [
          {
            passed: contains(all.addressSpace, block),
            evidence: `${own.name}: ${block} is ${contains(all.addressSpace, block) ? "inside" : "outside"} the address space ${all.addressSpace}`,
          },
          ...[...others, ...kept].flatMap(({ name, blocks }) =>
            blocks.map((other) => {
              const isShared = overlap(block, other);
              const verb = isShared ? "overlaps" : "does not overlap";
              return { passed: !isShared, evidence: `${own.name}: ${block} ${verb} ${other} of ${name}` };
            }),
          ),
        ]);
      }),
    );
  },
};
