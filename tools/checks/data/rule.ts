import { attribute, isProperties, knows, type ModelResource, type Properties } from "../../model/resource";
import type { AllStacks, StackResources } from "../../model/stacks";
import { resourcesOfType, type Observation } from "../shared/check";

/** A recommendation of AWS for stored data, or for access to it. */
export interface DataRule {
  /** Title of the AWS page with the recommendation. */
  readonly source: string;
  readonly check: (stack: StackResources, all: AllStacks) => readonly Observation[];
}

/**
 * The observation about one resource: its faults, or what it does right. Nothing if a preview does not know a property.
 *
 * @param reads - properties that the rule reads
 * @param passes - what the resource does right, as part of a sentence
 */
export function observe(
  resource: ModelResource,
  reads: readonly string[],
  passes: string,
  faults: readonly (string | false | undefined)[],
): Observation[] {
  if (!reads.every((property) => knows(resource, property))) return [];
  const found = faults.filter((fault): fault is string => typeof fault === "string" && fault !== "");
  const passed = found.length === 0;
  return [{ passed, evidence: `${resource.name} ${passed ? passes : found.join(" and ")}` }];
}

/** ARNs of the IAM roles of a stack, or their placeholders in a plan. */
export function roleArns(stack: StackResources): readonly string[] {
  return resourcesOfType(stack, "aws:iam/role:Role").map((role) => attribute(role, "arn"));
}

/** The object in a property; empty if there is none. */
export function objectIn(properties: Properties, property: string): Properties {
  const value = properties[property];
  return isProperties(value) ? value : {};
}

/** Whether a property is absent, empty or false. */
export function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === "false") return true;
  return typeof value === "object" && Object.values(value).every(isUnset);
}

/** Whether a property is true, as a boolean or as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}
