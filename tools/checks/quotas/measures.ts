import type { AllStacks, StackResources } from "../../model/stacks";
import { text, type ModelResource } from "../../model/resource";
import { topologyOf, type VpcNetwork } from "../../model/topology/topology";

/** The usage of a quota in a stack. */
export type Measure = (stack: StackResources, all: AllStacks) => number | undefined;

/** The largest number; undefined for an empty list. */
export function most(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

/** The number of resources of a type. */
export function countOf(type: string, matches: (resource: ModelResource) => boolean = () => true): Measure {
  return ({ resources }) => {
    const count = resources.filter((each) => each.type === type && matches(each)).length;
    return count === 0 ? undefined : count;
  };
}

/** The largest number of resources of a type with the same key. */
export function mostBy(type: string, keyOf: (resource: ModelResource) => string): Measure {
  return ({ resources }) => {
    const counts = new Map<string, number>();
    for (const each of resources.filter((resource) => resource.type === type)) {
      counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
    }
    return most([...counts.values()]);
  };
}

/** Length of the longest policy in a property of a type, in characters. */
export function longest(type: string, property: string): Measure {
  return ({ resources }) =>
    most(resources.filter((each) => each.type === type).map((each) => length(text(each, property))));
}

/** Largest total length of all policies with the same key, in characters without white space. */
export function longestSum(type: string, property: string, keyOf: (resource: ModelResource) => string): Measure {
  return ({ resources }) => {
    const sums = new Map<string, number>();
    for (const each of resources.filter((resource) => resource.type === type)) {
      sums.set(keyOf(each), (sums.get(keyOf(each)) ?? 0) + length(text(each, property).replace(/\s/g, "")));
    }
    return most([...sums.values()]);
  };
}

/** The largest value over all VPCs of a stack. */
export function ofNetworks(measure: (network: VpcNetwork, all: AllStacks) => number): Measure {
  return (stack, all) =>
    most(
      topologyOf(all)
        .networks.filter((network) => network.stack === stack.name)
        .map((network) => measure(network, all)),
    );
}

/** Placeholder for an attribute that a plan does not know. */
const SYMBOL = /\$\{[^{}]*::[^{}]*\}/g;
/** The ARN of a hosted zone, whose id has up to 32 characters (Amazon Route 53 API Reference, HostedZone). */
const ZONE_ARN = 60;
/** Longer than any other ARN here. */
const ARN = 100;

/** Length of a policy in characters; each placeholder counts as the longest possible value. */
export function length(policy: string): number {
  return policy.replace(SYMBOL, (symbol) => "x".repeat(symbol.includes("/zone:Zone::") ? ZONE_ARN : ARN)).length;
}
