import { contains, overlap } from "../model/addresses/ranges";
import { networksOf, topologyOf } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./shared/check";

export const cidrsDoNotOverlap: NetworkCheck = {
  name: "cidrs-do-not-overlap",
  sentence: "Every VPC CIDR is inside the address space and overlaps no other network's CIDR.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (networks.length === 0) return undefined;
    // For networks whose stack is missing, the CIDR reserved in the account map.
    const present = new Set([stack.name, ...topology.networks.map((network) => network.stack)]);
    const reserved = all.accountMap
      .filter(({ name }) => !present.has(name))
      .map(({ name, cidr }) => ({ name, blocks: [cidr] }));
    const sites = (all.sites ?? []).map(({ name, cidrs }) => ({ name: `site ${name}`, blocks: cidrs }));
    return finding(
      networks.flatMap((own) => {
        const others = topology.networks.filter(({ id }) => id !== own.id);
        return own.blocks.flatMap((block) => {
          const isInside = contains(all.addressSpace, block);
          const side = isInside ? "inside" : "outside";
          return [
            { passed: isInside, evidence: `${own.name}: ${block} is ${side} the address space ${all.addressSpace}` },
            ...[...others, ...reserved, ...sites].flatMap(({ name, blocks }) =>
              blocks.map((other) => {
                const overlaps = overlap(block, other);
                const verb = overlaps ? "overlaps" : "does not overlap";
                return { passed: !overlaps, evidence: `${own.name}: ${block} ${verb} ${other} of ${name}` };
              }),
            ),
          ];
        });
      }),
    );
  },
};
