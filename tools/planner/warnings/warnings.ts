import type { Changes } from "../changes/changes";
import type { PlannedResource } from "../engine/resource";
import { kubernetes } from "./kubernetes";
import { losses } from "./losses";
import { nodes } from "./nodes";
import { protection } from "./protection";
import { region } from "./region";
import { shrinking } from "./shrinking";
import { StackChange, warning, type ChangeWarning } from "./warning";

export type { ChangeWarning } from "./warning";

/**
 * What an operator must know before a change of one stack: what is refused, what is lost, what is interrupted.
 *
 * Only a comparison can know it: a program that runs under `pulumi up` does not see what was deployed before, so these are
 * no warnings of the settings.
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
  // Of a network that is another one, the list of all that it loses would hide the one sentence that matters.
  const rest =
    moved.length > 0 ? [] : [...shrinking(change), ...losses(change), ...kubernetes(change), ...nodes(change)];
  const all = [...protection(change), ...moved, ...rest];
  return ORDER.flatMap((kind) => all.filter((each) => each.kind === kind));
}

const ORDER: readonly ChangeWarning["kind"][] = ["refused", "lost", "interrupted", "note"];

function withoutConfiguration(stack: string): ChangeWarning {
  return warning(
    "lost",
    `${stack} has no configuration any more, so no pulumi up runs for it: its resources stay and incur charges. Destroy the ` +
      `stack with pulumi destroy --stack ${stack} while its configuration still exists.`,
  );
}
