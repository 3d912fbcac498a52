import type { CheckResult } from "../../checks";
import { type Paint, WIDTH, wrapped } from "../../io/terminal";
import { counted } from "../../io/words";
import {
  checksTable,
  type FailedCheck,
  REASONS,
  sentenceOf,
  sharedEvidence,
  type Verdict,
  verdictInWords,
  verdictOf,
} from "../view/checks";
import { SIGNS } from "../view/section";
import { folded, indented, item, prose, type Screen, section } from "./lines";
import { tableLines } from "./section";

/** `23 of 23 checks pass`, in lines. */
export function verdictLines(verdict: Verdict, screen: Screen): string[] {
  const style = verdict.failed.length === 0 ? "green" : "red";
  return prose(verdictInWords(verdict), screen).map((line) => screen.paint(style, line));
}

/** Results by check and stack, and the first evidence of failed checks. */
export function checksSection(
  found: readonly CheckResult[],
  stacks: readonly string[],
  paint: Paint,
  width = WIDTH,
): string[] {
  if (found.length === 0) return [];
  const screen = { paint, width };
  const inner = { paint, width: width - 2 };
  const legend = `${SIGNS.passed} passes, ${SIGNS.failed} fails, empty: does not apply; --why CHECK explains a check`;
  const lines = [
    ...tableLines(checksTable(found, stacks), inner),
    ...failedLines(verdictOf(found), inner),
    "",
    ...prose(legend, screen, 2).map((line) => paint("dim", line)),
  ];
  return section("Checks", lines, paint);
}

/** Failed checks of which evidence is shown, and lines of it: the rest is a command away. */
const MOST_CHECKS = 2;
const MOST_LINES = 3;

/** The failed checks, each with its first piece of evidence. */
export function failedLines({ failed }: Verdict, screen: Screen): string[] {
  const more = failed.slice(MOST_CHECKS).map(({ name }) => name);
  if (failed.length === 0) return [];
  return [
    "",
    ...failed.slice(0, MOST_CHECKS).flatMap((check) => failedCheck(check, screen)),
    ...(more.length === 0 ? [] : item(`Also failed: ${more.join(", ")}`, screen)),
  ];
}

function failedCheck({ name, results }: FailedCheck, screen: Screen): string[] {
  const [first] = results;
  const pieces = results.reduce((sum, { evidence }) => sum + evidence.length, 0);
  const evidence =
    first?.evidence[0] === undefined ? [] : evidenceLines(`${first.stack}: ${first.evidence[0]}`, screen);
  const others = pieces > 1 ? `and ${counted(pieces - 1, "more finding")}: ` : "";
  return [
    `${screen.paint("red", "FAILED")}  ${name}`,
    ...indented(prose(sentenceOf(name), screen, 2)),
    ...indented(evidence.length > MOST_LINES ? [...evidence.slice(0, MOST_LINES - 1), "  ..."] : evidence),
    ...indented(prose(`${others}npm start -- --why ${name}`, screen, 2)),
  ];
}

/** What a check guarantees, why it matters, and its evidence; equal evidence of stacks is shown once. */
export function whySection(name: string, found: readonly CheckResult[], paint: Paint, width = WIDTH): string[] {
  const { why = "", adr } = REASONS[name] ?? {};
  const screen = { paint, width };
  return [
    ...section(name, prose(sentenceOf(name), screen, 2), paint),
    ...section("Why it matters", prose(why, screen, 2), paint),
    ...(adr === undefined ? [] : ["", ...prose(`  Decision record: docs/adr/${adr}.md`, screen)]),
    ...section(
      "Evidence",
      evidenceByStack(
        found.filter((each) => each.name === name),
        screen,
      ),
      paint,
    ),
  ];
}

function evidenceByStack(results: readonly CheckResult[], screen: Screen): string[] {
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

/** Indentation of evidence in its section, in columns. */
const MARGIN = 4;

/** A piece of evidence: a line that is too long is broken between hops, and a hop between words. */
function evidenceLines(evidence: string, { width }: Screen): string[] {
  const room = Math.min(width, 100) - MARGIN;
  if (evidence.length <= room) return [evidence];
  return wrapped(evidence.split("; "), ";", room - 2).flatMap((hop, index) =>
    folded(index === 0 ? hop : `  ${hop}`, room),
  );
}
