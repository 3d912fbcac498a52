/** Most lines of a file's difference that are shown. */
const SHOWN = 12;
const WIDTH = 110;

/** Lines that a file lost and got, `- ` and `+ `, below its name and their numbers. */
export function difference(file: string, before: string, after: string): string {
  const gone = without(before, after).map((line) => `- ${line}`);
  const come = without(after, before).map((line) => `+ ${line}`);
  const lines = [...gone, ...come].map((line) => (line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line));
  const more = lines.length > SHOWN ? [`  ... ${String(lines.length - SHOWN)} more`] : [];
  const title = `${file}: ${String(come.length)} lines added, ${String(gone.length)} removed`;
  return [title, ...[...lines.slice(0, SHOWN), ...more].map((line) => `  ${line}`)].join("\n");
}

/** Lines of a text that another does not have, as often as it lacks them. */
function without(text: string, other: string): string[] {
  const left = new Map<string, number>();
  for (const line of other.split("\n")) left.set(line, (left.get(line) ?? 0) + 1);
  return text.split("\n").filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0;
  });
}
