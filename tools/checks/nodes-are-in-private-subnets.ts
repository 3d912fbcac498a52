import { DISCOVERY_TAG } from "../../components/kubernetes-names";
import { isProperties, objectIn, type StackResources, text, texts } from "../model/resource";
import { inTier, networksOf, topologyOf } from "../model/topology/topology";
import { autoModeClusters } from "./shared/auto-mode";
import { finding, type NetworkCheck } from "./shared/check";

/** Resources that run pods: managed node groups and Fargate profiles. */
const HOSTS = ["aws:eks/nodeGroup:NodeGroup", "aws:eks/fargateProfile:FargateProfile"];

export const nodesAreInPrivateSubnets: NetworkCheck = {
  name: "nodes-are-in-private-subnets",
  sentence: "Nodes of node groups, Fargate, Karpenter and EKS Auto Mode run only in private subnets.",
  check(stack, all) {
    const groups = stack.resources.filter(({ type }) => HOSTS.includes(type));
    const clusters = autoModeClusters(stack);
    if (groups.length + clusters.length === 0) return undefined;
    const topology = topologyOf(all);
    const privateIds = new Set(
      networksOf(topology, stack).flatMap((network) => inTier(network, "private").map(({ id }) => id)),
    );
    const nameOf = (id: string): string => topology.subnetById.get(id)?.name ?? id;
    const tagged = taggedSubnets(stack);
    return finding([
      ...groups.map((group) => ({
        passed: texts(group, "subnetIds").every((id) => privateIds.has(id)),
        evidence: `${group.name}: nodes in ${texts(group, "subnetIds").map(nameOf).join(", ")}`,
      })),
      ...clusters.map(({ name, inputs }) => {
        const ids = texts({ inputs: objectIn(inputs, "vpcConfig") }, "subnetIds");
        return {
          passed: ids.every((id) => privateIds.has(id)),
          evidence: `${name}: built-in node pools in ${ids.map(nameOf).join(", ")}`,
        };
      }),
      ...tagged.map((id) => ({
        passed: privateIds.has(id),
        evidence: `${nameOf(id)}: tagged ${DISCOVERY_TAG}, ${privateIds.has(id) ? "private" : "not private"}`,
      })),
    ]);
  },
};

/** Ids of the subnets with the tag, inline or as a separate resource. */
function taggedSubnets({ resources }: StackResources): string[] {
  const inline = resources.filter(
    ({ type, inputs: { tags } }) => type === "aws:ec2/subnet:Subnet" && isProperties(tags) && DISCOVERY_TAG in tags,
  );
  const separate = resources.filter((each) => each.type === "aws:ec2/tag:Tag" && text(each, "key") === DISCOVERY_TAG);
  return [...inline.map(({ id }) => id), ...separate.map((tag) => text(tag, "resourceId"))];
}
