import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../planner/engine/resource";
import type { Plan } from "../../planner/plan";

/** What differs in the configuration of the spokes. */
export interface Differences {
  /** The spokes, one a column. */
  readonly stacks: readonly string[];
  readonly rows: readonly Difference[];
}

export interface Difference {
  readonly key: string;
  /** In the order of the stacks. */
  readonly values: readonly string[];
}

/** Keys that do not have the same value in every spoke, defaults included. */
export function differences(plan: Plan): Differences {
  const spokes = plan.filter(({ settings }) => settings.role === "spoke");
  const keys = [...new Set(spokes.flatMap(({ config }) => Object.keys(config)))];
  const rows = keys
    .map((key) => ({ key, values: spokes.map(({ config }) => config[key]) }))
    .filter(({ values }) => values.some((value) => !isDeepStrictEqual(value, values[0])))
    .map(({ key, values }) => ({ key: withoutProject(key), values: values.map(valueInWords) }));
  return { stacks: spokes.map(({ name }) => name), rows };
}

/** A key of the project's own namespace goes without it, as in `--set`. */
function withoutProject(key: string): string {
  const [namespace, ...rest] = key.split(":");
  return namespace === "aws" ? key : rest.join(":");
}

function valueInWords(value: Json | undefined): string {
  if (value === undefined) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}
