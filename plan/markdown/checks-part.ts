import { counted } from "../view/words";
import { literal } from "./literal";
import type { CheckResult } from "./plan-file";
import { folded, table } from "./table";

const KEPT = "✓";
const BROKEN = "**✗**";
/** Pieces of evidence that are shown of a broken check. */
const MAX_EVIDENCE = 5;

/** Whether the checks hold once it is merged: the broken ones with what was seen, and the matrix. */
export function checksPart(checks: readonly CheckResult[] | undefined): string[] {
  if (checks === undefined || checks.length === 0) return [];
  const broken = checks.filter(({ passed }) => !passed);
  const names = [...new Set(checks.map(({ name }) => name))];
  const stacks = [...new Set(checks.map(({ stack }) => stack))];
  const cell = (name: string, stack: string): string => {
    const kept = checks.find((each) => each.name === name && each.stack === stack);
    if (kept === undefined) return "";
    return kept.passed ? KEPT : BROKEN;
  };
  const matrix = table(
    ["Check", ...stacks.map(literal)],
    names.map((name) => [literal(name), ...stacks.map((stack) => cell(name, stack))]),
  );
  if (broken.length === 0) return folded(`All ${counted(names.length, "check")} hold`, matrix);
  return [
    "> [!CAUTION]",
    ...broken.map(
      ({ name, stack, evidence }) => `> ${literal(name)} is broken in ${literal(stack)}: ${seen(evidence)}`,
    ),
    "",
    ...matrix,
    "",
  ];
}

function seen(evidence: readonly string[]): string {
  const more = evidence.length - MAX_EVIDENCE;
  return [...evidence.slice(0, MAX_EVIDENCE).map(literal), ...(more > 0 ? [`and ${String(more)} more`] : [])].join(
    "; ",
  );
}
