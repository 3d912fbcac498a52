import { CHECK_SENTENCES } from "../view/checks";
import { verdictInWords, type FailedCheck, type Verdict } from "../view/verdict";
import { counted } from "../view/words";
import { evidenceLines } from "./evidence";
import { indented } from "./lines";
import { item, prose, type Screen } from "./screen";

/** `23 of 23 checks pass`, in lines. */
export function verdictLines(verdict: Verdict, screen: Screen): string[] {
  const style = verdict.failed.length === 0 ? "green" : "red";
  return prose(verdictInWords(verdict), screen).map((line) => screen.paint(style, line));
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
  const sentence = CHECK_SENTENCES.find((check) => check.name === name)?.sentence ?? "";
  const [first] = results;
  const pieces = results.reduce((sum, { evidence }) => sum + evidence.length, 0);
  const evidence =
    first?.evidence[0] === undefined ? [] : evidenceLines(`${first.stack}: ${first.evidence[0]}`, screen);
  const others = pieces > 1 ? `and ${counted(pieces - 1, "more finding")}: ` : "";
  return [
    `${screen.paint("red", "FAILED")}  ${name}`,
    ...indented(prose(sentence, screen, 2)),
    ...indented(evidence.length > MOST_LINES ? [...evidence.slice(0, MOST_LINES - 1), "  ..."] : evidence),
    ...indented(prose(`${others}npm start -- --why ${name}`, screen, 2)),
  ];
}
