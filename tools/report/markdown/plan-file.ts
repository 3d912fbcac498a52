import type { CheckResult } from "../../checks";
import { UserError } from "../../io/errors";
import type { NamedResources } from "../../planner/changes/changes";
import type { Json, PlannedResource } from "../../planner/engine/resource";
import { isDeeper, isProperties } from "../../model/resource";

/** A plan that `npm start -- --json FILE` wrote, perhaps with another version of this program. */
export interface PlanFile {
  readonly stacks: readonly NamedResources[];
  /** Monthly costs before traffic; absent in plans of early versions. */
  readonly costs: Costs | undefined;
  /** Results of the checks; absent in plans of early versions. */
  readonly checks: readonly CheckResult[] | undefined;
}

export interface Costs {
  readonly notes: readonly string[];
  readonly stacks: readonly StackCosts[];
  readonly total: number;
}

interface StackCosts {
  readonly name: string;
  readonly total: number;
  /** Parts that have no price and are not in the total; absent in plans of early versions. */
  readonly unknown: readonly string[] | undefined;
}

/**
 * Versions of the form that are read here. Version 1 has the same stacks and costs; its checks are under another name,
 * and those of the base branch are not shown.
 */
const VERSIONS: readonly unknown[] = [1, 2];

/** A file that is not a plan. */
export class PlanFileError extends UserError {}

/**
 * Reads what a comment needs of a plan, and skips the rest of the file.
 *
 * @param content of a file from an untrusted source: the shape of every part that is read is checked
 * @throws PlanFileError for text that is not a plan of one of {@link VERSIONS}, in one line
 */
export function readPlanFile(content: string, name: string): PlanFile {
  const file: Place = { value: parsed(content, name), path: "" };
  try {
    if (!VERSIONS.includes(at(file, "version").value))
      throw new ShapeError(`its version is not ${VERSIONS.join(" or ")}`);
    return {
      stacks: Object.entries(recordOf(stackResources)(at(file, "stacks"))).map(([name, stack]) => ({ name, ...stack })),
      costs: optional(costs)(at(file, "costs")),
      checks: optional(listOf(check))(at(file, "checks")),
    };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new PlanFileError(`${name} is not a plan: ${error.message}; npm start -- --json FILE writes one`);
  }
}

function parsed(content: string, name: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new PlanFileError(`${name} is not JSON; npm start -- --json FILE writes a plan`);
  }
}

function stackResources(stack: Place): Omit<NamedResources, "name"> {
  const resources = (of: Place): readonly PlannedResource[] => listOf(resource)(at(of, "resources"));
  const platform = optional((of) => ({ resources: resources(of) }))(at(stack, "platform"));
  return { resources: resources(stack), ...(platform === undefined ? {} : { platform }) };
}

/** @throws ShapeError for a value that is not a resource of a plan */
function resource(place: Place): PlannedResource {
  return {
    type: text(at(place, "type")),
    name: text(at(place, "name")),
    parent: textOrNull(at(place, "parent")),
    inputs: recordOf(json)(at(place, "inputs")) as Readonly<Record<string, Json>>,
    dependsOn: listOf(text)(at(place, "dependsOn")),
    // A comparison needs neither these nor the provider.
    inputDependencies: {},
    options: {
      protect: optional(flag)(at(place, "protect")) ?? false,
      ignoreChanges: optional(listOf(text))(at(place, "ignoreChanges")) ?? [],
      provider: null,
      aliases: optional(listOf(text))(at(place, "aliases")) ?? [],
    },
  };
}

function costs(place: Place): Costs {
  return {
    notes: listOf(text)(at(place, "notes")),
    stacks: listOf((stack) => ({
      name: text(at(stack, "name")),
      total: amount(at(stack, "total")),
      unknown: optional(listOf(text))(at(stack, "unknown")),
    }))(at(place, "stacks")),
    total: amount(at(place, "total")),
  };
}

function check(place: Place): CheckResult {
  return {
    name: text(at(place, "name")),
    stack: text(at(place, "stack")),
    passed: flag(at(place, "passed")),
    evidence: listOf(text)(at(place, "evidence")),
  };
}

/** JSON of another shape; the message has the path, the value and the expected shape. */
class ShapeError extends Error {}

/** A value in JSON and its path, such as `stacks.dev.resources[3].type`. */
interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** Reads a value of one type. @throws ShapeError */
type Read<T> = (place: Place) => T;

const text: Read<string> = (place) => (typeof place.value === "string" ? place.value : refuse(place, "must be text"));

function textOrNull(place: Place): string | null {
  return place.value === null ? null : text(place);
}

const flag: Read<boolean> = (place) =>
  typeof place.value === "boolean" ? place.value : refuse(place, "must be true or false");

/** Largest cost in dollars; above it, sums would not be exact to the cent. */
const MAX_AMOUNT = 1_000_000_000;

const amount: Read<number> = (place) =>
  typeof place.value === "number" && place.value >= 0 && place.value <= MAX_AMOUNT
    ? place.value
    : refuse(place, `must be a number from 0 to ${String(MAX_AMOUNT)}`);

function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return (place) =>
    Array.isArray(place.value)
      ? place.value.map((value: unknown, index) => read({ value, path: `${place.path}[${String(index)}]` }))
      : refuse(place, "must be a list");
}

function recordOf<T>(read: Read<T>): Read<Readonly<Record<string, T>>> {
  return (place) =>
    Object.fromEntries(
      Object.entries(object(place)).map(([key, value]) => [key, read({ value, path: below(place, key) })]),
    );
}

/** The value of a key of an object; `undefined` where it is absent. */
function at(place: Place, key: string): Place {
  const fields = object(place);
  return { value: Object.hasOwn(fields, key) ? fields[key] : undefined, path: below(place, key) };
}

function optional<T>(read: Read<T>): Read<T | undefined> {
  return (place) => (place.value === undefined ? undefined : read(place));
}

/** Deepest nesting of lists and objects; more would overflow the call stack of recursive functions. */
const MAX_DEPTH = 64;

/** Any JSON. */
const json: Read<unknown> = (place) =>
  isDeeper(place.value, MAX_DEPTH) ? refuse(place, `must have ${String(MAX_DEPTH)} levels at most`) : place.value;

function object(place: Place): Readonly<Record<string, unknown>> {
  return isProperties(place.value) ? place.value : refuse(place, "must be an object");
}

function below({ path }: Place, key: string): string {
  const name = /^[\w-]{1,60}$/.test(key) ? key : JSON.stringify(key.slice(0, 60));
  return path === "" ? name : `${path}.${name}`;
}

function refuse({ value, path }: Place, must: string): never {
  throw new ShapeError(`${path === "" ? "it" : path} is ${described(value)}: ${must}`);
}

function described(value: unknown): string {
  if (value === undefined) return "absent";
  if (Array.isArray(value)) return "a list";
  if (isProperties(value)) return "an object";
  return JSON.stringify(typeof value === "string" ? value.slice(0, 60) : value);
}
