import { isProperties, texts } from "../model/resource";
import { inTier, networksOf, topologyOf } from "../model/topology/topology";
import { finding, type NetworkPromise } from "./promise";

/** Tag by which Karpenter finds subnets. */
export const DISCOVERY = "karpenter.sh/discovery";

export const nodesAreInPrivateSubnets: NetworkPromise = {
  name: "nodes-are-in-private-subnets",
  sentence: "Managed nodes, and those that Karpenter makes, are in private subnets.",
  check(stack, all) {
    const groups = stack.resources.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");
    if (groups.length === 0) return undefined;
    const topology = topologyOf(all);
    const isPrivate = new Set(
      networksOf(topology, stack).flatMap((network) => inTier(network, "private").map(({ id }) => id)),
    );
    const nameOf = (id: string): string => topology.subnetById.get(id)?.name ?? id;
    const found = stack.resources.filter(
      ({ type, inputs: { tags } }) => type === "aws:ec2/subnet:Subnet" && isProperties(tags) && DISCOVERY in tags,
    );
    return finding([
      ...groups.map((group) => ({
        holds: texts(group, "subnetIds").every((id) => isPrivate.has(id)),
        evidence: `${group.name} in ${texts(group, "subnetIds").map(nameOf).join(", ")}`,
      })),
      ...found.map(({ id, name }) => ({ holds: isPrivate.has(id), evidence: `${name} has the tag ${DISCOVERY}` })),
    ]);
  },
};
