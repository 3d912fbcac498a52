import { type CheckResult, CHECKS, runChecks } from "../../checks";
import { checkGrowth, GROWTH, type Step } from "../../checks/growth-replaces-nothing";
import { estateOfPlan } from "../../planner/estate";
import type { Plan } from "../../planner/plan";
import { type Cell, type Entry, SIGNS, type Table } from "./section";
import { counted, groupsOf, namesShortened } from "../../io/words";

/** Names and sentences of all checks, in the order in which they are shown. */
export const CHECK_SENTENCES: readonly { readonly name: string; readonly sentence: string }[] = [...CHECKS, GROWTH];

/**
 * Every check of every stack that it covers.
 *
 * @param steps by which the network might grow; none: growth is not checked
 */
export function checks(plan: Plan, steps: readonly Step[] = []): readonly CheckResult[] {
  return [...runChecks(estateOfPlan(plan)), ...checkGrowth(steps)];
}

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

/** Which check passes in which stack. @param stacks names of the columns, in their order */
export function checksTable(results: readonly CheckResult[], stacks: readonly string[]): Table {
  const names = [...new Set(results.map(({ name }) => name))];
  const cell = (name: string, stack: string): Cell => ({
    passed: results.find((each) => each.name === name && each.stack === stack)?.passed,
  });
  return {
    columns: [{ title: "Check" }, ...stacks.map((title) => ({ title, isName: true }))],
    rows: names.map((name) => [name, ...stacks.map((stack) => cell(name, stack))]),
    narrow: names.map((name) =>
      inOneLine(
        results.filter((each) => each.name === name),
        name,
      ),
    ),
  };
}

/** `✓ spokes-are-isolated`, and in how many stacks it passes, or in which it fails. */
function inOneLine(results: readonly CheckResult[], name: string): Entry {
  const failed = results.filter(({ passed }) => !passed).map(({ stack }) => stack);
  const stacks = counted(results.length, "stack");
  return failed.length === 0
    ? { term: `${SIGNS.passed} ${name}`, lines: [stacks] }
    : {
        term: `${SIGNS.failed} ${name}`,
        lines: [`fails in ${String(failed.length)} of ${stacks}: ${namesShortened(failed)}`],
      };
}

/** What a check guarantees; empty for an unknown one. */
export function sentenceOf(name: string): string {
  return CHECK_SENTENCES.find((check) => check.name === name)?.sentence ?? "";
}

/** Evidence that is the same in some stacks. */
interface SharedEvidence {
  readonly stacks: readonly string[];
  readonly passed: boolean;
  /** In lines of several stacks `*` stands for the stack's name. */
  readonly lines: readonly string[];
}

/**
 * Evidence of one check, with what is equal folded: lines that differ only in the stack's own name are shown once for
 * all these stacks, and lines that differ only in the number of a subnet once for all numbers, `dev-private-1, -2`.
 * Evidence of failures comes first.
 */
export function sharedEvidence(results: readonly CheckResult[]): SharedEvidence[] {
  const lines = results.flatMap(({ stack, passed, evidence }) =>
    foldedNumbers(evidence.map((line) => withoutName(line, stack))).map((text) => ({ stack, passed, text })),
  );
  const shared = groupsOf(lines, ({ passed, text }) => JSON.stringify([passed, text])).map((group) => {
    const [{ passed, text, stack }, ...others] = group;
    const line = text.replaceAll(NAME, others.length === 0 ? stack : "*");
    return { stacks: group.map((each) => each.stack), passed, line };
  });
  const groups = groupsOf(shared, ({ passed, stacks }) => JSON.stringify([passed, stacks])).map((group) => {
    const [{ stacks, passed }] = group;
    return { stacks, passed, lines: group.map(({ line }) => line) };
  });
  const withoutEvidence = results
    .filter(({ evidence }) => evidence.length === 0)
    .map(({ stack, passed }) => ({ stacks: [stack], passed, lines: [] }));
  return [...groups, ...withoutEvidence].sort((a, b) => Number(a.passed) - Number(b.passed));
}

/** Stands for the stack's own name; evidence has no control characters. */
const NAME = "\u0001";

/** The stack's name where it is a whole name, or the first part of one: `dev` and `dev-private-1`, not `hub-dev`. */
function withoutName(line: string, stack: string): string {
  const name = stack.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return line.replace(new RegExp(`(?<![\\w.-])${name}(?![\\w.])`, "g"), NAME);
}

/** The first subnet that a line names, `dev-private-1`. */
const SUBNET = new RegExp(`(${NAME}-[a-z]+)-(\\d+)`);

function foldedNumbers(lines: readonly string[]): string[] {
  const numbered = lines.map((line) => {
    const [, tier = "", number] = SUBNET.exec(line) ?? [];
    return number === undefined ? { text: line, number: "" } : { text: line.replace(SUBNET, `${tier}-#`), number };
  });
  return groupsOf(numbered, ({ text }) => text).map((group) => {
    const numbers = [...new Set(group.map(({ number }) => `-${number}`))];
    return group[0].text.replace("-#", numbers.join(", "));
  });
}
