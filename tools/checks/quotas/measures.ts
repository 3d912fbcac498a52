import { text, type ModelResource } from "../../model/resource";
import type { AllStacks, StackResources } from "../../model/stacks";
import { networksOf, topologyOf, type VpcNetwork } from "../../model/topology/topology";
import { resourcesOfType } from "../shared/check";

/** The usage of a quota in a stack; undefined if it has nothing that counts. */
export type Measure = (stack: StackResources, all: AllStacks) => number | undefined;

/** The largest number; undefined for an empty list. */
export function most(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

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

/** The largest value over all VPCs of a stack. */
export function ofNetworks(measure: (network: VpcNetwork) => number): Measure {
  return (stack, all) => most(networksOf(topologyOf(all), stack).map(measure));
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
