import type { CheckResult } from "../../checks";

/** Evidence that is the same in some stacks. */
export interface SharedEvidence {
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
  const lines = new Map<string, { text: string; passed: boolean; results: CheckResult[] }>();
  for (const result of results) {
    for (const text of foldedNumbers(result.evidence.map((line) => withoutName(line, result.stack)))) {
      const key = JSON.stringify([result.passed, text]);
      const line = lines.get(key) ?? { text, passed: result.passed, results: [] };
      line.results.push(result);
      lines.set(key, line);
    }
  }
  const groups = new Map<string, { stacks: string[]; passed: boolean; lines: string[] }>();
  for (const { text, passed, results: those } of lines.values()) {
    const stacks = those.map(({ stack }) => stack);
    const key = JSON.stringify([passed, stacks]);
    const group = groups.get(key) ?? { stacks, passed, lines: [] };
    const [only, ...others] = stacks;
    group.lines.push(
      others.length === 0 && only !== undefined ? text.replaceAll(NAME, only) : text.replaceAll(NAME, "*"),
    );
    groups.set(key, group);
  }
  const silent = results.filter(({ evidence }) => evidence.length === 0);
  const all = [...groups.values(), ...silent.map(({ stack, passed }) => ({ stacks: [stack], passed, lines: [] }))];
  return all.sort((a, b) => Number(a.passed) - Number(b.passed));
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
  const folded = new Map<string, string[]>();
  for (const line of lines) {
    const [, tier = "", number] = SUBNET.exec(line) ?? [];
    const key = number === undefined ? line : line.replace(SUBNET, `${tier}-#`);
    folded.set(key, [...(folded.get(key) ?? []), ...(number === undefined ? [] : [`-${number}`])]);
  }
  return [...folded].map(([key, numbers]) => key.replace("-#", [...new Set(numbers)].join(", ")));
}
