import type { AllStacks, StackResources } from "../../model/stacks";
import { isProperties, knows, type ModelResource, type Properties } from "../../model/resource";
import type { Seen } from "../check";

/** A recommendation of AWS for stored data, or for access to it. */
export interface Rule {
  /** Title of the AWS page with the recommendation. */
  readonly source: string;
  readonly check: (stack: StackResources, all: AllStacks) => readonly Seen[];
}

/**
 * The observation about one resource: its faults, or what it does right. Nothing if a preview does not know a property.
 *
 * @param reads - properties that the rule reads
 */
export function judged(
  resource: ModelResource,
  reads: readonly string[],
  kept: string,
  faults: readonly (string | false | undefined)[],
): Seen[] {
  if (!reads.every((property) => knows(resource, property))) return [];
  const found = faults.filter((fault): fault is string => typeof fault === "string" && fault !== "");
  const passed = found.length === 0;
  return [{ passed, evidence: `${resource.name} ${passed ? kept : found.join(" and ")}` }];
}

export function ofType({ resources }: StackResources, type: string): readonly ModelResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** The object in a property; empty if there is none. */
export function inside(properties: Properties, property: string): Properties {
  const value = properties[property];
  return isProperties(value) ? value : {};
}

/** Whether a property is absent, empty or false. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === "false") return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}

/** Whether a property is true, as a boolean or as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}
