import { isProperties, text, texts, type ModelResource } from "../../model/resource";
import type { Measure } from "./measures";
import { isStandard, vcpusOf } from "./vcpus";

/**
 * vCPUs of the managed nodes while EKS updates all node groups at once. Each group temporarily adds twice its Availability
 * Zones, or `maxUnavailable` if larger (Amazon EKS User Guide, "Understand each phase of node updates").
 *
 * Karpenter's nodes are not included; its node pool limits them. Undefined if there are no nodes, none of a Standard type,
 * or a size with an unknown number of vCPUs.
 */
export const nodeVcpus: Measure = ({ resources }) => {
  const groups = resources.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");
  const counted = groups
    .map((group) => ({ group, types: typesOf(group, resources).filter(isStandard) }))
    .filter(({ types }) => types.length > 0);
  const vcpus = counted.map(({ group, types }) => {
    const sizes = types.map(vcpusOf);
    return sizes.includes(undefined) ? undefined : nodesOf(group) * Math.max(...sizes.map(Number));
  });
  if (vcpus.length === 0 || vcpus.includes(undefined)) return undefined;
  return vcpus.reduce<number>((sum, each) => sum + Number(each), 0);
};

/** Instance types of a group: its own, or those of its launch template, which has the same name. */
function typesOf(group: ModelResource, resources: readonly ModelResource[]): readonly string[] {
  const own = texts(group, "instanceTypes");
  if (own.length > 0) return own;
  const template = resources.find(
    ({ type, name }) => type === "aws:ec2/launchTemplate:LaunchTemplate" && name === group.name,
  );
  return template === undefined ? [] : [text(template, "instanceType")];
}

/** Nodes of a group during an update. */
function nodesOf({ inputs }: ModelResource): number {
  const zones = Array.isArray(inputs["subnetIds"]) ? inputs["subnetIds"].length : 1;
  const surge = Math.max(2 * zones, numberIn(inputs["updateConfig"], "maxUnavailable"));
  return numberIn(inputs["scalingConfig"], "desiredSize") + surge;
}

function numberIn(value: unknown, property: string): number {
  const number = isProperties(value) ? value[property] : undefined;
  return typeof number === "number" ? number : 0;
}
