import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import type { Json, PlannedResource } from "../../tools/planner/engine/resource";

/** A planned resource as `tests/expected/STACK.yaml` shows it: what is at its default is left out. */
interface Expected {
  readonly parent?: string;
  readonly provider?: string;
  readonly protect?: true;
  readonly deletedWith?: string;
  readonly ignoreChanges?: readonly string[];
  readonly aliases?: readonly string[];
  readonly inputs?: Readonly<Record<string, Json>>;
}

/** File with the expected resources of a stack. */
export function expectedFile(stack: string): string {
  return `tests/expected/${stack}.yaml`;
}

/** The expected resources of a stack, as `TYPE NAME`, sorted. */
export function expectedNames(stack: string): string[] {
  return Object.keys(parse(readFileSync(expectedFile(stack), "utf8")) as Record<string, Expected>);
}

/** `TYPE NAME` of each resource, sorted. */
export function namesOf(resources: readonly PlannedResource[]): string[] {
  return resources.map(({ type, name }) => `${type} ${name}`).sort();
}

/** What the file of a stack must contain: type, name, options and inputs of every resource, sorted. */
export function expectedText(resources: readonly PlannedResource[]): string {
  const entries = resources.map((each) => [`${each.type} ${each.name}`, expectedOf(each)] as const);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return stringify(Object.fromEntries(sorted), { lineWidth: 0, aliasDuplicateObjects: false });
}

function expectedOf({ parent, inputs, options }: PlannedResource): Expected {
  const { provider, protect, deletedWith, ignoreChanges, aliases = [] } = options;
  return {
    ...(parent === null ? {} : { parent }),
    ...(provider === null ? {} : { provider }),
    ...(protect ? { protect } : {}),
    ...(deletedWith === undefined ? {} : { deletedWith }),
    ...(ignoreChanges.length === 0 ? {} : { ignoreChanges }),
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(Object.keys(inputs).length === 0 ? {} : { inputs: readable(inputs) as Record<string, Json> }),
  };
}

/** The same value with JSON texts, such as policies, as structures, so that a difference shows the line that changed. */
function readable(value: Json): Json {
  if (typeof value === "string") return /^[[{]/.test(value) ? parsed(value) : value;
  if (Array.isArray(value)) return value.map(readable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, readable(each)]),
  );
}

function parsed(text: string): Json {
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    return text;
  }
}

/** The same without the alarms, as in plans of the project without alarms. */
export function expectedNamesWithoutAlarms(stack: string): string[] {
  return expectedNames(stack).filter((line) => !/-alarm(-|$)/.test(line));
}
