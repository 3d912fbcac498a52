import type { Identity, Json, PlannedResource } from "../../planner/engine/resource";
import type { StackPlan } from "../../planner/plan";

/** Resources of a stack that have this type, in the order of the plan. */
export function ofType({ resources }: StackPlan, type: string): PlannedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** A text property, empty when it is absent. */
export function text({ inputs }: PlannedResource, property: string): string {
  const value = inputs[property];
  return typeof value === "string" ? value : "";
}

/** The resource whose id a property holds, `${TYPE::NAME}`. */
export function referred(value: Json | undefined): Identity | undefined {
  const [, type, name] = (typeof value === "string" ? /^\$\{([^{}]+)::([^{}]+)\}$/.exec(value) : null) ?? [];
  return type === undefined || name === undefined ? undefined : { type, name };
}

/** AWS resources of a stack: not the components, providers and references that only Pulumi knows. */
export function awsResources({ resources }: StackPlan): readonly PlannedResource[] {
  return resources.filter(({ type }) => type.startsWith("aws:"));
}
