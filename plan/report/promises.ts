import type { Kept } from "../../promises";
import { PROMISE_SENTENCES } from "../view/promises";
import { indented, section, WIDTH, wrapped } from "./lines";
import type { Paint } from "./paint";

/** Whether each promise holds, and in which stacks it does not, with what breaks it. */
export function promisesSection(found: readonly Kept[], paint: Paint): string[] {
  const lines = PROMISE_SENTENCES.flatMap(({ name, sentence }) => {
    const about = found.filter((each) => each.name === name);
    if (about.length === 0) return [];
    const broken = about.filter(({ holds }) => !holds);
    if (broken.length === 0) return [`${paint("green", "holds ")}  ${sentence}`];
    return [
      `${paint("red", "BROKEN")}  ${sentence}`,
      ...broken.flatMap(({ stack, evidence }) => indented(evidenceLines(stack, evidence), 8)),
    ];
  });
  const names = PROMISE_SENTENCES.map(({ name }) => name);
  const help = ["--why PROMISE shows what one is held by:", ...indented(wrapped(names, ",", WIDTH - 4))];
  return section("Promises", [...lines, ...help], paint);
}

/** The evidence for one promise, stack by stack. */
export function whySection(name: string, found: readonly Kept[], paint: Paint): string[] {
  const sentence = PROMISE_SENTENCES.find((promise) => promise.name === name)?.sentence ?? "";
  const lines = found
    .filter((each) => each.name === name)
    .flatMap(({ stack, holds, evidence }) => [
      `${stack} ${holds ? paint("green", "holds") : paint("red", "BROKEN")}`,
      ...indented(evidence.flatMap(brokenUp)),
    ]);
  return section(`Why: ${sentence}`, lines, paint);
}

/** Pieces of evidence that are shown of a broken promise; `--why` shows them all. */
const MOST = 3;

function evidenceLines(stack: string, evidence: readonly string[]): string[] {
  const more = evidence.length - MOST;
  return [...evidence.slice(0, MOST), ...(more > 0 ? [`and ${String(more)} more`] : [])].map(
    (line) => `${stack}: ${line}`,
  );
}

/** A piece of evidence, hop by hop where it is too long for a line. */
function brokenUp(line: string): string[] {
  return wrapped(line.split("; "), ";", WIDTH - 10);
}
