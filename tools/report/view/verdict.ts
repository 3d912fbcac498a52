import type { CheckResult } from "../../checks";
import { namesShortened } from "./words";

/** Whether the checks pass, check by check over all stacks. */
export interface Verdict {
  /** Checks that pass in every stack that they cover. */
  readonly passed: number;
  /** Checks that were run. */
  readonly total: number;
  /** In the order of the checks. */
  readonly failed: readonly FailedCheck[];
}

export interface FailedCheck {
  readonly name: string;
  /** Stacks in which it fails. */
  readonly stacks: readonly string[];
  /** Its results in these stacks. */
  readonly results: readonly CheckResult[];
}

export function verdictOf(checks: readonly CheckResult[]): Verdict {
  const names = [...new Set(checks.map(({ name }) => name))];
  const failed = names.flatMap((name) => {
    const results = checks.filter((each) => each.name === name && !each.passed);
    return results.length === 0 ? [] : [{ name, stacks: results.map(({ stack }) => stack), results }];
  });
  return { passed: names.length - failed.length, total: names.length, failed };
}

/** Failed checks that the verdict names. */
const MOST_NAMED = 3;

/** `23 of 23 checks pass`, or `22 of 23 checks pass; spokes-are-isolated fails in dev, prod`. */
export function verdictInWords({ passed, total, failed }: Verdict): string {
  const named = failed.slice(0, MOST_NAMED).map(({ name, stacks }) => `${name} fails in ${namesShortened(stacks)}`);
  const more = failed.length - MOST_NAMED;
  return [
    `${String(passed)} of ${String(total)} ${total === 1 ? "check passes" : "checks pass"}`,
    ...named,
    ...(more > 0 ? [`${String(more)} more ${more === 1 ? "fails" : "fail"}`] : []),
  ].join("; ");
}
