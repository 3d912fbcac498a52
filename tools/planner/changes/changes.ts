import { matched } from "./identity";
import { ChangeFinder } from "./changed-properties";
import { key, type PlannedResource } from "../engine/resource";
import type { StackPlan } from "../plan";
import { replacesOn } from "./replacement";
import { changeWarnings, type ChangeWarning } from "../warnings/warnings";

/** A resource that changes, and the properties that do. */
export interface Change {
  /** `TYPE::NAME`. */
  readonly name: string;
  /** Names of the properties that change, sorted. */
  readonly properties: readonly string[];
}

/**
 * What `pulumi up` would do to the resources of a deployed stack; lists in the order of the plan. Components and providers
 * are among them: a view that counts leaves them out.
 */
export interface Changes {
  readonly create: readonly string[];
  readonly update: readonly Change[];
  /** With the properties that force it. */
  readonly replace: readonly Change[];
  readonly delete: readonly string[];
  /** What an operator must know before. @default not looked for */
  readonly warnings?: readonly ChangeWarning[];
}

/** What happens to a resource. */
export type ChangeAction = "create" | "update" | "replace" | "delete";

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
    [...names].map((name) => {
      const [old, now] = [named(before, name), named(after, name)];
      const changes = stackChanges(old, now, replaces);
      return [name, { ...changes, warnings: changeWarnings(name, old, now, changes) }] as const;
    }),
  );
}

/** Whether a change makes or touches nothing. */
export function isEmpty({ create, update, replace, delete: gone }: Changes): boolean {
  return [create, update, replace, gone].every((list: readonly unknown[]) => list.length === 0);
}

function named(stacks: readonly NamedResources[], name: string): readonly PlannedResource[] {
  return stacks.find((stack) => stack.name === name)?.resources ?? [];
}

/** Changes of one stack, without warnings. */
export function stackChanges(
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
  replaces: Replaces = replacesOn,
): Changes {
  const { matches, gone } = matched(before, after);
  const finder = new ChangeFinder(before, after, replaces);
  const create: string[] = [];
  const update: Change[] = [];
  const replace: Change[] = [];
  // Dependencies come first in a plan, so a replacement is known before those who read the replaced resource's id.
  for (const { before: previous, after: resource } of matches) {
    const name = key(resource);
    if (previous === undefined) {
      create.push(name);
      continue;
    }
    const { changed, forcing } = finder.compare(previous, resource);
    if (forcing.length > 0) replace.push({ name, properties: forcing });
    else if (changed.length > 0) update.push({ name, properties: changed });
  }
  return { create, update, replace, delete: gone.map(key) };
}
