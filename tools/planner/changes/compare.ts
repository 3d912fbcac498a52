import type { PlannedResource } from "../engine/resource";
import { kubernetes, nodes } from "../warnings/cluster";
import { losses, protection, region, shrinking } from "../warnings/losses";
import { StackChange, warning } from "../warnings/stack-change";
import { stackChanges, type Changes, type ChangeWarning, type NamedResources, type WarningKind } from "./changes";
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

/**
 * Warnings to the operator before a change of one stack, the most serious first.
 *
 * They need a comparison: a program that runs under `pulumi up` does not see what was deployed before, so the settings
 * cannot give these warnings.
 *
 * @param changes from `before` to `after`
 */
function changeWarnings(
  stack: string,
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
  changes: Changes,
): readonly ChangeWarning[] {
  if (before.length === 0) return [];
  if (after.length === 0) return [withoutConfiguration(stack)];
  const change = new StackChange(stack, before, after, changes);
  const moved = region(change);
  // In a new Region everything is deleted; a list of it would hide the one sentence that matters.
  const rest =
    moved.length > 0 ? [] : [...shrinking(change), ...losses(change), ...kubernetes(change), ...nodes(change)];
  const all = [...protection(change), ...moved, ...rest];
  return ORDER.flatMap((kind) => all.filter((each) => each.kind === kind));
}

const ORDER: readonly WarningKind[] = ["refused", "lost", "interrupted", "note"];

function withoutConfiguration(stack: string): ChangeWarning {
  return warning(
    "lost",
    `${stack} has no configuration any more, so no pulumi up runs for it: its resources stay and incur charges. Destroy the ` +
      `stack with pulumi destroy --stack ${stack} while its configuration still exists.`,
  );
}
