import type { Estate } from "../model/estate";
import { isProperties, type ModelResource, type Properties } from "../model/resource";
import { estateOfPlan } from "../planner/estate";
import { HUB } from "../../components/settings/networks";
import type { Plan } from "../planner/plan";
import { additionsTo, type Addition } from "./additions";
import { toBeJudged } from "./live/to-be-judged";
import { UNKNOWN, type RunningResource, type StackExport } from "./exports/export";

/** The deployed stacks, as the checks read them, and additions that belong to no stack. */
export interface RunningEstate {
  readonly estate: Estate;
  /** By stack. */
  readonly additions: ReadonlyMap<string, readonly Addition[]>;
}

/** The deployed stacks, with the account map and the address space of the configuration. */
export function runningEstate(exports: readonly StackExport[], planned: Plan): RunningEstate {
  const stacks = exports.map(({ stack, resources }) => ({
    name: stack,
    isHub: stack === HUB,
    resources: resources.map(modelResource),
  }));
  const additions = additionsTo(stacks);
  const whole = stacks.map((stack) => ({
    ...stack,
    resources: [...stack.resources, ...(additions.get(stack.name) ?? [])],
  }));
  return { estate: { ...estateOfPlan(planned), stacks: whole }, additions };
}

function modelResource(resource: RunningResource): ModelResource {
  const { type, name, id, outputs } = resource;
  return { type, name, id, inputs: withoutUnknown(toBeJudged(resource)), outputs: withoutUnknown(outputs) };
}

/** Unknown values are removed: a check treats them as absent. */
function withoutUnknown(properties: Properties): Properties {
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((each) => each !== UNKNOWN).map(without);
    return isProperties(value) ? withoutUnknown(value) : value;
  };
  const known = Object.entries(properties).filter(([, value]) => value !== UNKNOWN);
  return Object.fromEntries(known.map(([name, value]) => [name, without(value)]));
}
