import { verdictOf, type FailedCheck } from "../view/verdict";
import { counted } from "../view/words";
import { literal } from "./literal";
import type { CheckResult } from "./plan-file";
import { folded, table } from "./table";

const PASSED = "✓";
const FAILED = "**✗**";
/** Stacks that are named, and failed checks that are shown with evidence. */
const MAX_STACKS = 5;
const MAX_FAILED = 10;

/** The verdict, and the failed checks with their evidence: what a reviewer reads first. */
export function verdictPart(checks: readonly CheckResult[] | undefined): string[] {
  if (checks === undefined || checks.length === 0) return ["**The plan of this merge has no checks.**", ""];
  const { passed, total, failed } = verdictOf(checks);
  const failures = failed.map(({ name, stacks }) => `; ${literal(name)} fails in ${named(stacks)}`);
  const verdict = `**${String(passed)} of ${counted(total, "check")} ${total === 1 ? "passes" : "pass"}${failures.join("")}.**`;
  if (failed.length === 0) return [verdict, ""];
  return [verdict, "", "> [!CAUTION]", ...failed.slice(0, MAX_FAILED).map((check) => `> ${failure(check)}`), ""];
}

/** The first piece of evidence: the others are in the report. */
function failure({ name, results }: FailedCheck): string {
  const [first] = results;
  const pieces = results.reduce((sum, { evidence }) => sum + evidence.length, 0);
  const [seen] = first?.evidence ?? [];
  const evidence = first === undefined || seen === undefined ? [] : [`${literal(first.stack)}: ${literal(seen)}`];
  const more = pieces > 1 ? [`and ${counted(pieces - 1, "more finding")}`] : [];
  return `${literal(name)}: ${[...evidence, ...more].join(", ") || "no evidence"}`;
}

/** Each check by stack, folded. @param order names of the stacks, in the order of the columns */
export function checksPart(checks: readonly CheckResult[] | undefined, order: readonly string[]): string[] {
  if (checks === undefined || checks.length === 0) return [];
  const names = [...new Set(checks.map(({ name }) => name))];
  const stacks = [...new Set([...order, ...checks.map(({ stack }) => stack)])].filter((stack) =>
    checks.some((each) => each.stack === stack),
  );
  const cell = (name: string, stack: string): string => {
    const result = checks.find((each) => each.name === name && each.stack === stack);
    if (result === undefined) return "";
    return result.passed ? PASSED : FAILED;
  };
  const matrix = table(
    ["Check", ...stacks.map(literal)],
    names.map((name) => [literal(name), ...stacks.map((stack) => cell(name, stack))]),
  );
  return folded("Checks by stack", matrix);
}

function named(stacks: readonly string[]): string {
  const more = stacks.length - MAX_STACKS;
  return [...stacks.slice(0, MAX_STACKS).map(literal), ...(more > 0 ? [`${String(more)} more`] : [])].join(", ");
}
