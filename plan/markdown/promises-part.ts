import { counted } from "../view/words";
import { literal } from "./literal";
import type { KeptPromise } from "./plan-file";
import { folded, table } from "./table";

const KEPT = "✓";
const BROKEN = "**✗**";
/** Pieces of evidence that are shown of a broken promise. */
const MAX_EVIDENCE = 5;

/** Whether the promises hold once it is merged: the broken ones with what was seen, and the matrix. */
export function promisesPart(promises: readonly KeptPromise[] | undefined): string[] {
  if (promises === undefined || promises.length === 0) return [];
  const broken = promises.filter(({ holds }) => !holds);
  const names = [...new Set(promises.map(({ name }) => name))];
  const stacks = [...new Set(promises.map(({ stack }) => stack))];
  const cell = (name: string, stack: string): string => {
    const kept = promises.find((each) => each.name === name && each.stack === stack);
    if (kept === undefined) return "";
    return kept.holds ? KEPT : BROKEN;
  };
  const matrix = table(
    ["Promise", ...stacks.map(literal)],
    names.map((name) => [literal(name), ...stacks.map((stack) => cell(name, stack))]),
  );
  if (broken.length === 0) return folded(`All ${counted(names.length, "promise")} hold`, matrix);
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
