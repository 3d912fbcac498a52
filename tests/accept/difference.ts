import { structuredPatch } from "diff";

/** Lines of context around each change. */
const CONTEXT = 1;
/** Most lines of a file's difference that are shown. */
const SHOWN = 30;
const WIDTH = 110;

/**
 * The changes of a file as a unified diff, below its name and the numbers of lines. As in Git, each hunk starts with the last
 * line before it that is not indented, which in the expected plans is the resource.
 */
export function difference(file: string, before: string, after: string): string {
  const { hunks } = structuredPatch(file, file, before, after, undefined, undefined, { context: CONTEXT });
  const lines = hunks.flatMap((hunk) => [`@@ ${headingOf(before, hunk.oldStart)}`, ...hunk.lines]);
  const count = (sign: string): number => hunks.flatMap((hunk) => hunk.lines).filter((line) => line[0] === sign).length;
  const more = lines.length > SHOWN ? [`... ${String(lines.length - SHOWN)} more lines`] : [];
  const shown = lines.slice(0, SHOWN).map((line) => (line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line));
  const title = `${file}: ${String(count("+"))} lines added, ${String(count("-"))} removed`;
  return [title, ...[...shown, ...more].map((line) => `  ${line}`)].join("\n");
}

function headingOf(text: string, line: number): string {
  const before = text.split("\n").slice(0, line);
  return before.findLast((each) => /^\S/.test(each)) ?? "";
}
