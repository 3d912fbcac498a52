import type { PlannedResource } from "../engine/resource";
import { changeWarnings } from "../warnings/warnings";
import { stackChanges, type Changes, type NamedResources } from "./changes";
import { replacesOn, type Replaces } from "./replacement";

/**
 * Changes by stack, from one plan to another, with warnings. Every stack of either plan is listed.
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
      const [old, now] = [resourcesOf(before, name), resourcesOf(after, name)];
      const changes = stackChanges(old, now, replaces);
      return [name, { ...changes, warnings: changeWarnings(name, old, now, changes) }] as const;
    }),
  );
}

function resourcesOf(stacks: readonly NamedResources[], name: string): readonly PlannedResource[] {
  return stacks.find((stack) => stack.name === name)?.resources ?? [];
}
