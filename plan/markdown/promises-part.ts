import type { KeptPromise } from "./plan-file";
import { counted } from "../view/words";
import { folded, literal, table } from "./table";

const KEPT = "✓";
const BROKEN = "**✗**";

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
      ({ name, stack, evidence }) => `> ${literal(name)} is broken in ${literal(stack)}: ${evidence.join("; ")}`,
    ),
    "",
    ...matrix,
    "",
  ];
}
