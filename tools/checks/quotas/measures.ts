import {
  type AllStacks,
  isProperties,
  lookup,
  type ModelResource,
  type StackResources,
  text,
  texts,
} from "../../model/resource";
import { networksOf, topologyOf, type VpcNetwork } from "../../model/topology/topology";
import { resourcesOfType } from "../shared/check";

/** The usage of a quota in a stack; undefined if it has nothing that counts. */
export type Measure = (stack: StackResources, all: AllStacks) => number | undefined;

/** The number of resources of a type. */
export function countOf(type: string, matches: (resource: ModelResource) => boolean = () => true): Measure {
  return (stack) => {
    const count = resourcesOfType(stack, type).filter(matches).length;
    return count === 0 ? undefined : count;
  };
}

/** The largest number of resources of a type with the same key. */
export function mostBy(type: string, keyOf: (resource: ModelResource) => string): Measure {
  return largestSum(type, keyOf, () => 1);
}

/** Length of the longest policy in a property of a type, in characters. */
export function longest(type: string, property: string): Measure {
  return (stack) => most(resourcesOfType(stack, type).map((each) => length(text(each, property))));
}

/** Largest total length of all policies with the same key, in characters without white space. */
export function longestSum(type: string, property: string, keyOf: (resource: ModelResource) => string): Measure {
  return largestSum(type, keyOf, (each) => length(text(each, property).replace(/\s/g, "")));
}

/** The largest value over all VPCs of a stack. */
export function ofNetworks(measure: (network: VpcNetwork) => number): Measure {
  return (stack, all) => most(networksOf(topologyOf(all), stack).map(measure));
}

/** The largest sum of a value over the resources of a type with the same key. */
function largestSum(
  type: string,
  keyOf: (resource: ModelResource) => string,
  valueOf: (resource: ModelResource) => number,
): Measure {
  return (stack) => {
    const sums = new Map<string, number>();
    for (const each of resourcesOfType(stack, type)) {
      sums.set(keyOf(each), (sums.get(keyOf(each)) ?? 0) + valueOf(each));
    }
    return most([...sums.values()]);
  };
}

/** The largest number; undefined for an empty list. */
export function most(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

/** Placeholder for an attribute that a plan does not know. */
const PLACEHOLDER = /\$\{[^{}]*::[^{}]*\}/g;
/** The ARN of a hosted zone, whose id has up to 32 characters (Amazon Route 53 API Reference, HostedZone). */
const ZONE_ARN = 60;
/** Longer than any other ARN here. */
const ARN = 100;

/** Length of a policy in characters; each placeholder counts as the longest possible value. */
export function length(policy: string): number {
  return policy.replace(PLACEHOLDER, (each) => "x".repeat(each.includes("/zone:Zone::") ? ZONE_ARN : ARN)).length;
}

/**
 * vCPUs of the managed nodes while EKS updates all node groups at once. Each group temporarily adds twice its Availability
 * Zones, or `maxUnavailable` if larger (Amazon EKS User Guide, "Understand each phase of node updates").
 *
 * Karpenter's nodes are not included; its node pool limits them. Undefined if there are no nodes, none of a Standard type,
 * or a size with an unknown number of vCPUs.
 */
export const nodeVcpus: Measure = (stack) => {
  const counted = resourcesOfType(stack, "aws:eks/nodeGroup:NodeGroup")
    .map((group) => ({ group, types: typesOf(group, stack).filter(isStandard) }))
    .filter(({ types }) => types.length > 0);
  const vcpus = counted.map(({ group, types }) => {
    const sizes = types.map(vcpusOf);
    return sizes.includes(undefined) ? undefined : nodesOf(group) * Math.max(...sizes.map(Number));
  });
  if (vcpus.length === 0 || vcpus.includes(undefined)) return undefined;
  return vcpus.reduce<number>((sum, each) => sum + Number(each), 0);
};

/** Instance types of a group: its own, or those of its launch template, which has the same name. */
function typesOf(group: ModelResource, stack: StackResources): readonly string[] {
  const own = texts(group, "instanceTypes");
  if (own.length > 0) return own;
  const template = resourcesOfType(stack, "aws:ec2/launchTemplate:LaunchTemplate").find(
    ({ name }) => name === group.name,
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

/**
 * Instance series that share the quota of Standard On-Demand instances: A, C, D, H, I, Im, Is, M, R, T and Z (Amazon EC2 User Guide,
 * "Amazon EC2 On-Demand Instances", On-Demand Instance quotas). Others, such as G, P and Trn, have separate quotas.
 */
const STANDARD = /^(?:[acdhimrtz]|im|is)\d/;

/** The T families: sizes below large have as many vCPUs as large, except T2 (Amazon EC2 Instance Types Guide, T). */
const BURSTABLE = /^t\d/;
const T2: Readonly<Record<string, number>> = { nano: 1, micro: 1, small: 1, medium: 2 };

/** vCPUs of sizes without a number, outside the T families. Sizes with a number have four times that number. */
const SIZES: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };

/** vCPUs of sizes named only `metal` (Amazon EC2 Instance Types Guide, November 2026). */
const METAL: readonly { readonly vcpus: number; readonly families: readonly string[] }[] = [
  { vcpus: 16, families: ["a1"] },
  { vcpus: 48, families: ["m5zn", "z1d"] },
  { vcpus: 64, families: ["c6g", "c6gd", "c7g", "c7gd", "m6g", "m6gd", "m7g", "m7gd", "r6g", "r6gd", "r7g", "r7gd"] },
  { vcpus: 72, families: ["c5n", "i3"] },
  { vcpus: 96, families: ["c5", "c5d", "i3en", "m5", "m5d", "m5n", "r5", "r5b", "r5d", "r5n"] },
];

/** Whether instances of a type count against the quota of Standard On-Demand instances. */
export function isStandard(instanceType: string): boolean {
  return STANDARD.test(instanceType);
}

/**
 * vCPUs of an instance type, derived from its size (Amazon EC2 User Guide, "Amazon EC2 instance type naming conventions");
 * undefined if the size is unknown.
 */
export function vcpusOf(instanceType: string): number | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  if (size === "metal") return METAL.find(({ families }) => families.includes(family))?.vcpus;
  // metal-24xl has what 24xlarge has.
  const [, times] = /^(?:metal-)?(\d+)xl(?:arge)?$/.exec(size) ?? [];
  if (times !== undefined) return 4 * Number(times);
  if (family === "t2" && lookup(T2, size) !== undefined) return T2[size];
  if (BURSTABLE.test(family) && /^(nano|micro|small|medium)$/.test(size)) return SIZES["large"];
  return lookup(SIZES, size);
}
