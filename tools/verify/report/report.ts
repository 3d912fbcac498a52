import { indented, section, wrapped } from "../../report/terminal/lines";
import { WIDTH } from "../../io/terminal";
import type { Paint } from "../../report/terminal/paint";
import { checksSection } from "../../report/terminal/checks";
import { counted } from "../../report/view/words";
import type { Verification } from "../verification";
import { driftLines, unknownLines } from "./drift";

/** The report of a verification for a terminal. */
export function verificationReport(
  { stacks, skipped, checks, drift, names }: Verification,
  { verbose }: { readonly verbose: boolean },
  paint: Paint,
): string {
  const looked = stacks.map(({ name }) => name);
  const times = stacks.map(({ name, time }) => `${name} ${minute(time)}`);
  const lines = [
    paint("bold", `${counted(stacks.length, "exported stack")}, verified against the checks and the plan.`),
    ...sentence("Last updated or refreshed:", times),
    ...sentence("Skipped, without an export:", skipped),
    ...checksSection(checks, looked, paint),
    ...section("Drift from the plan", [...driftLines(drift, names, paint), ...unknownLines(drift, verbose)], paint),
  ];
  return `${lines.join("\n")}\n`;
}

/** A wrapped list after a heading; empty if there are no items. */
function sentence(start: string, items: readonly string[]): string[] {
  const [first, ...others] = items;
  if (first === undefined) return [];
  const [line = "", ...more] = wrapped([`${start} ${first}`, ...others], ",", WIDTH - 2);
  return [line, ...indented(more)];
}

/** `2026-11-25 07:12 UTC`. */
function minute(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "unknown" : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
