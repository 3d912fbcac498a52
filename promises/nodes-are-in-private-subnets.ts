import { subnetsOf } from "../model/estate";
import { texts } from "../model/resource";
import { finding, type NetworkPromise } from "./promise";

/** Tag by which Karpenter finds subnets. */
const DISCOVERY = "karpenter.sh/discovery";

export const nodesAreInPrivateSubnets: NetworkPromise = {
  name: "nodes-are-in-private-subnets",
  sentence: "Managed nodes, and those that Karpenter makes, are in private subnets.",
  check(stack, all) {
    const groups = stack.resources.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");
    if (groups.length === 0) return undefined;
    const isPrivate = new Set(subnetsOf(all, stack, "private").map(({ id }) => id));
    const found = stack.resources.filter(
      ({ type, inputs }) => type === "aws:ec2/subnet:Subnet" && DISCOVERY in ((inputs["tags"] ?? {}) as object),
    );
    return finding([
      ...groups.map((group) => ({
        holds: texts(group, "subnetIds").every((id) => isPrivate.has(id)),
        evidence: `${group.name} in ${texts(group, "subnetIds").join(", ")}`,
      })),
      ...found.map(({ id, name }) => ({ holds: isPrivate.has(id), evidence: `${name} has the tag ${DISCOVERY}` })),
    ]);
  },
};
