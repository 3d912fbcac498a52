import type { Changes, ChangeWarning, WarningKind } from "../changes/changes";
import type { PlannedResource } from "../engine/resource";
import { kubernetes, nodes } from "./cluster";
import { losses, protection, region, shrinking } from "./losses";
import { StackChange, warning } from "./stack-change";

/**
 * Warnings to the operator before a change of one stack, the most serious first.
 *
 * They need a comparison: a program that runs under `pulumi up` does not see what was deployed before, so the settings
 * cannot give these warnings.
 *
 * @param changes from `before` to `after`
 */
export function changeWarnings(
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
