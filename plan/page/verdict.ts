import type { CheckResult } from "../../checks";
import { listed } from "../view/words";

/** Whether the checks pass, for the title and the header. */
export interface Verdict {
  /** Whether every check passes in every stack. */
  readonly passed: boolean;
  /** `23 of 23 checks pass`, or `22 of 23 checks pass; spokes-are-isolated fails in dev and prod`. */
  readonly text: string;
}

/** Names that a sentence lists; the number of the others follows. */
const MOST_LISTED = 4;

/** @returns undefined when no check was run */
export function verdict(results: readonly CheckResult[]): Verdict | undefined {
  const names = [...new Set(results.map(({ name }) => name))];
  if (names.length === 0) return undefined;
  const failures = names.flatMap((name) => {
    const stacks = stacksThatFail(results, name);
    return stacks.length === 0 ? [] : [`${name} fails in ${briefly(stacks)}`];
  });
  const summary = `${String(names.length - failures.length)} of ${String(names.length)} checks pass`;
  return { passed: failures.length === 0, text: [summary, ...failures].join("; ") };
}

/** Stacks in which a check fails, in the order of the results. */
export function stacksThatFail(results: readonly CheckResult[], name: string): string[] {
  return results.filter((each) => each.name === name && !each.passed).map(({ stack }) => stack);
}

/** `dev, staging and prod`; of many `spoke-1, spoke-2, spoke-3 and 17 more`. */
export function briefly(items: readonly string[]): string {
  if (items.length <= MOST_LISTED) return listed(items);
  const shown = items.slice(0, MOST_LISTED - 1);
  return listed([...shown, `${String(items.length - shown.length)} more`]);
}
