import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../planner/engine/resource";
import type { Plan } from "../../planner/plan";
import type { Section } from "./section";
import { namesShortened } from "../../io/words";

/** What differs in the configuration of the spokes. */
interface Differences {
  /** The spokes, one a column. */
  readonly stacks: readonly string[];
  readonly rows: readonly Difference[];
}

interface Difference {
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

/** The keys that differ between the spokes: a column for each, or by value where columns have no room. */
export function configurationSection(plan: Plan): Section | undefined {
  const { stacks, rows } = differences(plan);
  if (stacks.length < 2) return undefined;
  const section = { id: "configuration", title: "Configuration that differs between the spokes" };
  if (rows.length === 0) return { ...section, notes: ["None: every spoke has the same configuration."] };
  return {
    ...section,
    table: {
      caption: "Keys that differ, defaults included",
      columns: [{ title: "Key" }, ...stacks.map((title) => ({ title, isName: true }))],
      rows: rows.map(({ key, values }) => [key, ...values]),
      narrow: rows.map(({ key, values }) => ({
        term: key,
        lines: [...new Set(values)].map((value) => {
          const those = stacks.filter((_stack, index) => values[index] === value);
          return `${value}: ${namesShortened(those)}`;
        }),
      })),
    },
    notes: ["All other keys are the same in every spoke."],
  };
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
