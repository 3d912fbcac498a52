import type { CheckResult } from "../../checks";
import { CHECK_SENTENCES } from "../view/checks";
import { indented, section, table, WIDTH, wrapped } from "./lines";
import type { Paint } from "./paint";

const KEPT = "✓";
const BROKEN = "✗";

/** Which check holds in which stack, and of those that do not what breaks them. */
export function checksSection(found: readonly CheckResult[], stacks: readonly string[], paint: Paint): string[] {
  const about = CHECK_SENTENCES.filter(({ name }) => found.some((each) => each.name === name));
  if (about.length === 0) return [];
  const names = about.map(({ name }) => name);
  const broken = about.flatMap(({ name, sentence }) => {
    const those = found.filter((each) => each.name === name && !each.passed);
    if (those.length === 0) return [];
    const evidence = those.flatMap((each) => indented(evidenceLines(each).flatMap(brokenUp), 8));
    return ["", `${paint("red", "BROKEN")}  ${name}`, ...indented([sentence], 8), ...evidence];
  });
  const legend = `${KEPT} holds, ${BROKEN} broken; --why CHECK says what it is and shows what it is held by`;
  return section("Checks", [...matrix(names, found, stacks, paint), ...broken, "", paint("dim", legend)], paint);
}

/** A column a stack, or by number when that is too wide. */
function matrix(
  names: readonly string[],
  found: readonly CheckResult[],
  stacks: readonly string[],
  paint: Paint,
): string[] {
  const mark = (name: string, stack: string): string => {
    const kept = found.find((each) => each.name === name && each.stack === stack);
    if (kept === undefined) return "";
    return kept.passed ? KEPT : BROKEN;
  };
  const rows = names.map((name) => [name, ...stacks.map((stack) => mark(name, stack))]);
  const whole = table([{ title: "Check" }, ...stacks.map((title) => ({ title }))], rows, paint);
  if (whole.every((line) => line.length <= WIDTH)) return whole.map((line) => coloured(line, paint));
  const counts = names.map((name) => {
    const those = found.filter((each) => each.name === name);
    const holding = those.filter(({ passed }) => passed).length;
    return [
      name,
      holding === those.length
        ? `${KEPT} in all ${String(holding)}`
        : `${BROKEN} in ${String(those.length - holding)} of ${String(those.length)}`,
    ];
  });
  return table([{ title: "Check" }, { title: "Stacks" }], counts, paint).map((line) => coloured(line, paint));
}

/** Columns are aligned before colour comes in, which has no width. */
function coloured(line: string, paint: Paint): string {
  return line.replaceAll(KEPT, paint("green", KEPT)).replaceAll(BROKEN, paint("red", BROKEN));
}

/** What a check is, and the evidence for it, stack by stack. */
export function whySection(name: string, found: readonly CheckResult[], paint: Paint): string[] {
  const sentence = CHECK_SENTENCES.find((check) => check.name === name)?.sentence ?? "";
  const lines = found
    .filter((each) => each.name === name)
    .flatMap(({ stack, passed, evidence }) => [
      `${stack} ${passed ? paint("green", "holds") : paint("red", "BROKEN")}`,
      ...indented(evidence.flatMap(brokenUp)),
    ]);
  return section(`Why: ${sentence}`, lines, paint);
}

/** Pieces of evidence that are shown of a broken check; `--why` shows them all. */
const MOST = 1;

function evidenceLines({ stack, evidence }: CheckResult): string[] {
  const more = evidence.length - MOST;
  return [...evidence.slice(0, MOST), ...(more > 0 ? [`and ${String(more)} more`] : [])].map(
    (line) => `${stack}: ${line}`,
  );
}

/** A piece of evidence, hop by hop where it is too long for a line, and word by word where a hop is. */
function brokenUp(line: string): string[] {
  const width = WIDTH - 12;
  const hops = wrapped(line.split("; "), ";", width);
  const [first = "", ...others] = hops.flatMap((hop) =>
    hop.length <= width ? hop : wrapped(hop.split(" "), "", width),
  );
  return [first, ...indented(others)];
}
