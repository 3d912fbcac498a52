/** What begins or ends a style on a terminal; it has no width. */
const STYLE = /\u001b\[[0-9;]*m/g;

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return text.replace(STYLE, "").length;
}

/**
 * A line in lines of at most `width` columns, broken between words, and inside of a word that is longer than a line.
 *
 * @param hang columns by which further lines are indented more than the first. @default 2
 */
export function folded(line: string, width: number, hang = 2): string[] {
  if (widthOf(line) <= width) return [line];
  const [margin = ""] = /^ */.exec(line) ?? [];
  const indent = " ".repeat(Math.min(margin.length + hang, Math.floor(width / 2)));
  const lines: string[] = [];
  let current = margin.slice(0, indent.length);
  let isEmpty = true;
  const next = (): void => {
    lines.push(current);
    current = indent;
    isEmpty = true;
  };
  for (const word of line.trim().split(/ +/)) {
    if (!isEmpty && widthOf(current) + 1 + widthOf(word) > width) next();
    let rest = isEmpty ? word : ` ${word}`;
    while (widthOf(current) + widthOf(rest) > width) {
      const [head, tail] = cut(rest, width - widthOf(current));
      current += head;
      next();
      rest = tail;
    }
    current += rest;
    isEmpty = false;
  }
  return [...lines, current];
}

/** Splits a text after a number of columns; styles stay whole. */
function cut(text: string, columns: number): [head: string, tail: string] {
  let seen = 0;
  for (const part of text.matchAll(/\u001b\[[0-9;]*m|[^]/g)) {
    if (part[0].length === 1 && seen++ === columns) return [text.slice(0, part.index), text.slice(part.index)];
  }
  return [text, ""];
}
