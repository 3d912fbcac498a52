import type { CheckResult } from "../markdown/plan-file";

/** `23 of 23 checks pass`, or `22 of 23 checks pass; spokes-are-isolated fails in dev, prod`. */
export function verdictOf(checks: readonly CheckResult[]): string {
  const names = [...new Set(checks.map(({ name }) => name))];
  const failed = names
    .map((name) => ({ name, stacks: checks.filter((each) => each.name === name && !each.passed) }))
    .filter(({ stacks }) => stacks.length > 0)
    .map(({ name, stacks }) => `${name} fails in ${stacks.map(({ stack }) => stack).join(", ")}`);
  const counts = `${String(names.length - failed.length)} of ${String(names.length)} checks pass`;
  return [counts, ...failed].join("; ");
}
