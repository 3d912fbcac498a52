import type { CheckResult } from "../../checks";
import { CHECK_SENTENCES } from "../view/checks";
import { sharedEvidence } from "../view/evidence";
import { REASONS } from "../view/reasons";
import { verdictOf } from "../view/verdict";
import { counted, namesShortened } from "../view/words";
import { evidenceLines } from "./evidence";
import { widthOf } from "./fold";
import { aligned, indented, section, table } from "./lines";
import { WIDTH } from "../../io/terminal";
import type { Paint } from "./paint";
import { fitted, prose, type Screen } from "./screen";
import { failedLines } from "./verdict";

const PASSED = "✓";
const FAILED = "✗";

/** Which check passes in which stack, and of those that fail the first evidence. */
export function checksSection(
  found: readonly CheckResult[],
  stacks: readonly string[],
  paint: Paint,
  width = WIDTH,
): string[] {
  const names = CHECK_SENTENCES.map(({ name }) => name).filter((name) => found.some((each) => each.name === name));
  if (names.length === 0) return [];
  const screen = { paint, width };
  const failed = failedLines(verdictOf(found), { paint, width: width - 2 });
  const legend = `${PASSED} passes, ${FAILED} fails, empty: does not apply; --why CHECK explains a check`;
  const lines = [
    ...matrix(names, found, stacks, screen),
    ...failed,
    "",
    ...prose(legend, screen, 2).map((line) => paint("dim", line)),
  ];
  return section("Checks", lines, paint);
}

/** A column for each stack, or a line for each check where the columns have no room. */
function matrix(
  names: readonly string[],
  found: readonly CheckResult[],
  stacks: readonly string[],
  { paint, width }: Screen,
): string[] {
  const mark = (name: string, stack: string): string => {
    const result = found.find((each) => each.name === name && each.stack === stack);
    if (result === undefined) return "";
    return result.passed ? PASSED : FAILED;
  };
  const columns = [{ title: "Check" }, ...stacks.map((title) => ({ title }))];
  const rows = names.map((name) => [name, ...stacks.map((stack) => mark(name, stack))]);
  const whole = table(columns, rows, paint, Infinity);
  const lines = whole.every((line) => widthOf(line) <= width - 2) ? whole : counts(names, found, { paint, width });
  return lines.map((line) => coloured(line, paint));
}

/** `✓ spokes-are-isolated  20 stacks`, or in how many of them the check fails, and in which. */
function counts(names: readonly string[], found: readonly CheckResult[], screen: Screen): string[] {
  const rows = names.map((name): [string, string] => {
    const results = found.filter((each) => each.name === name);
    const failed = results.filter(({ passed }) => !passed).map(({ stack }) => stack);
    return failed.length === 0
      ? [`${PASSED} ${name}`, counted(results.length, "stack")]
      : [
          `${FAILED} ${name}`,
          `fails in ${String(failed.length)} of ${counted(results.length, "stack")}: ${namesShortened(failed)}`,
        ];
  });
  const inner = { ...screen, width: screen.width - 2 };
  const lines = aligned(rows, [{}, {}]);
  return lines.every((line) => widthOf(line) <= inner.width)
    ? lines
    : fitted(
        rows.map((row) => row.join(": ")),
        inner,
      );
}

/** Columns are aligned before colour comes in, which has no width. */
function coloured(line: string, paint: Paint): string {
  return line.replaceAll(PASSED, paint("green", PASSED)).replaceAll(FAILED, paint("red", FAILED));
}

/** What a check guarantees, why it matters, and its evidence; equal evidence of stacks is shown once. */
export function whySection(name: string, found: readonly CheckResult[], paint: Paint, width = WIDTH): string[] {
  const results = found.filter((each) => each.name === name);
  const sentence = CHECK_SENTENCES.find((check) => check.name === name)?.sentence ?? "";
  const { why = "", adr } = REASONS[name] ?? {};
  const screen = { paint, width };
  return [
    ...section(name, prose(sentence, screen, 2), paint),
    ...section("Why it matters", prose(why, screen, 2), paint),
    ...(adr === undefined ? [] : ["", ...prose(`  Decision record: docs/adr/${adr}.md`, screen)]),
    ...section("Evidence", evidence(results, screen), paint),
  ];
}

function evidence(results: readonly CheckResult[], screen: Screen): string[] {
  if (results.length === 0) return prose("The check applies to none of these stacks.", screen, 2);
  const groups = sharedEvidence(results);
  const lines = groups.flatMap(({ stacks, passed, lines: pieces }) => [
    ...prose(`${stacks.join(", ")}: ${passed ? "passes" : "FAILS"}`, screen, 2).map((line) =>
      screen.paint(passed ? "green" : "red", line),
    ),
    ...indented(pieces.flatMap((piece) => evidenceLines(piece, screen))),
  ]);
  const legend = "* stands for the name of each of these stacks";
  return groups.some(({ stacks }) => stacks.length > 1) ? [...lines, "", ...prose(legend, screen, 2)] : lines;
}
