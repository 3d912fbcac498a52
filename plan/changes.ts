import { isDeepStrictEqual } from "node:util";
import { key, type PlannedResource } from "./engine/resource";
import type { Json } from "./engine/wire";
import type { StackPlan } from "./plan";
import { replacesOn } from "./replacement";

/** A resource that changes, and the properties that do. */
export interface Change {
  /** `TYPE::NAME`. */
  readonly name: string;
  /** Names of the properties that change, sorted. */
  readonly properties: readonly string[];
}

/** What `pulumi up` would do to a stack that runs; lists in the order of the plan. */
export interface Changes {
  readonly create: readonly string[];
  readonly update: readonly Change[];
  /** With the properties that force it. */
  readonly replace: readonly Change[];
  readonly delete: readonly string[];
}

/** Properties of a type whose change replaces the resource; nested ones are written `a.b`. */
export type Replaces = (type: string) => readonly string[];

/** A stack as far as its changes need it. */
export type NamedResources = Pick<StackPlan, "name" | "resources">;

/**
 * Changes by stack, from one plan to another. Every stack of either is listed.
 *
 * @param replaces what replaces a resource of a type. @default the program's own table, which throws for other types
 */
export function changesBetween(
  before: readonly NamedResources[],
  after: readonly NamedResources[],
  replaces: Replaces = replacesOn,
): Record<string, Changes> {
  const names = new Set([...before, ...after].map(({ name }) => name));
  return Object.fromEntries(
    [...names].map((name) => [name, stackChanges(named(before, name), named(after, name), replaces)] as const),
  );
}

/** Whether a change makes or touches nothing. */
export function isEmpty(changes: Changes): boolean {
  return Object.values(changes).every((list: readonly unknown[]) => list.length === 0);
}

function named(stacks: readonly NamedResources[], name: string): readonly PlannedResource[] {
  return stacks.find((stack) => stack.name === name)?.resources ?? [];
}

/** Changes of one stack. */
export function stackChanges(
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
  replaces: Replaces = replacesOn,
): Changes {
  const old = new Map(before.map((resource) => [key(resource), resource]));
  const kept = new Set(after.map(key));
  const update: Change[] = [];
  const replace: Change[] = [];
  const replaced = new Set<string>();
  // Dependencies come first in a plan, so a replacement is known before those who read the replaced resource's id.
  for (const resource of after) {
    const previous = old.get(key(resource));
    if (previous === undefined) continue;
    const properties = changedProperties(previous, resource, replaced);
    const paths = properties.length === 0 ? [] : replaces(resource.type);
    const forcing = properties.filter((property) => forces(property, paths, previous, resource, replaced));
    const name = key(resource);
    if (forcing.length > 0) {
      replaced.add(name);
      replace.push({ name, properties: forcing });
    } else if (properties.length > 0) {
      update.push({ name, properties });
    }
  }
  return {
    create: after.map(key).filter((name) => !old.has(name)),
    update,
    replace,
    delete: before.map(key).filter((name) => !kept.has(name)),
  };
}

function changedProperties(
  before: PlannedResource,
  after: PlannedResource,
  replaced: ReadonlySet<string>,
): readonly string[] {
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  return [...names]
    .filter((name) => !after.options.ignoreChanges.includes(name))
    .filter((name) => changed(before.inputs[name], after.inputs[name], replaced))
    .sort();
}

function changed(before: Json | undefined, after: Json | undefined, replaced: ReadonlySet<string>): boolean {
  return !isDeepStrictEqual(before, after) || readsAny(after, replaced);
}

/** Whether a value contains the id or an attribute of a resource that will be another one. */
function readsAny(value: Json | undefined, replaced: ReadonlySet<string>): boolean {
  if (replaced.size === 0) return false;
  const text = JSON.stringify(value ?? null);
  return [...replaced].some((name) => text.includes(`\${${name}}`) || text.includes(`\${${name}.`));
}

/** Whether the change of a property, or of a nested one that is named `a.b`, cannot be made in place. */
function forces(
  property: string,
  paths: readonly string[],
  before: PlannedResource,
  after: PlannedResource,
  replaced: ReadonlySet<string>,
): boolean {
  return paths.some((path) => {
    const [first = "", ...rest] = path.split(".");
    return first === property && changed(at(before.inputs[first], rest), at(after.inputs[first], rest), replaced);
  });
}

/** The value below a path; of a list, the values of its items. */
function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  const [first, ...rest] = path;
  if (first === undefined || value === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => at(item, path) ?? null);
  if (typeof value !== "object") return undefined;
  return at(value[first], rest);
}
