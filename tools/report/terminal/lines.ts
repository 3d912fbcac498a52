import { type Paint, WIDTH, widthOf } from "../../io/terminal";
import type { Column as TableColumn } from "../view/section";

/** What a report is written for. */
export interface Screen {
  readonly paint: Paint;
  /** Columns of a line. */
  readonly width: number;
}

/** A heading with lines below it. */
export function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return ["", paint("bold", title), ...indented(lines)];
}

export function indented(lines: readonly string[], by = 2): string[] {
  return lines.map((line) => (line === "" ? line : " ".repeat(by) + line));
}

/** Columns of prose: longer lines are hard to read, however wide the terminal is. */
const PROSE = 100;

/** A sentence, or a few, in lines. @param indent columns that the lines will be indented by */
export function prose(text: string, { width }: Screen, indent = 0): string[] {
  return folded(text, Math.min(width, PROSE) - indent, 0);
}

/** An item of a list in lines; all but the first are indented. */
export function item(text: string, { width }: Screen, indent = 0): string[] {
  return folded(text, Math.min(width, PROSE) - indent);
}

/** Lines that are no longer than the screen is wide. */
export function fitted(lines: readonly string[], { width }: Screen): string[] {
  return lines.flatMap((line) => folded(line, width));
}

export type Column = Pick<TableColumn, "title" | "align">;

type Rows = readonly (readonly string[])[];

/**
 * Rows under a heading. Columns that have no room beside each other follow in further tables, each with the first
 * column; where not even one has room beside it, each row becomes a few lines of `title: cell`.
 *
 * @param width columns of the terminal that there are
 */
export function table(columns: readonly Column[], rows: Rows, paint: Paint, width = WIDTH): string[] {
  const groups = groupsThatFit(columns, rows, width);
  if (groups === undefined) return records(columns, rows, paint, width);
  return groups.flatMap((group, index) => [...(index === 0 ? [] : [""]), ...part(columns, rows, group, paint)]);
}

/** Groups of indexes of columns that fit side by side; undefined where a column does not fit beside the first. */
function groupsThatFit(columns: readonly Column[], rows: Rows, width: number): number[][] | undefined {
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index] ?? ""))),
  );
  const [first = 0, ...others] = widths;
  const groups: number[][] = [[0]];
  let used = first;
  for (const [index, needed] of others.entries()) {
    if (first + 2 + needed > width) return undefined;
    if (used + 2 + needed > width) {
      groups.push([0]);
      used = first;
    }
    groups.at(-1)?.push(index + 1);
    used += 2 + needed;
  }
  return first > width ? undefined : groups;
}

/** Some columns of a table, by index. */
function part(columns: readonly Column[], rows: Rows, group: readonly number[], paint: Paint): string[] {
  const some = group.flatMap((index) => columns[index] ?? []);
  const cells = (row: readonly string[]): string[] => group.map((index) => row[index] ?? "");
  const [heading = "", ...lines] = aligned([some.map(({ title }) => title), ...rows.map(cells)], some);
  return [paint("dim", heading), ...lines];
}

function records(columns: readonly Column[], rows: Rows, paint: Paint, width: number): string[] {
  return rows.flatMap(([first = "", ...cells]) => [
    ...folded(first, width),
    ...cells.flatMap((cell, index) => {
      const title = columns[index + 1]?.title ?? "";
      return cell === "" ? [] : folded(`  ${title === "" ? "" : `${paint("dim", `${title}:`)} `}${cell}`, width);
    }),
  ]);
}

/** Rows as lines, each column as wide as its widest cell. */
export function aligned(rows: Rows, columns: readonly Pick<Column, "align">[]): string[] {
  const widths = columns.map((_column, index) => Math.max(0, ...rows.map((row) => widthOf(row[index] ?? ""))));
  return rows.map((row) =>
    columns
      .map(({ align }, index) => pad(row[index] ?? "", widths[index] ?? 0, align))
      .join("  ")
      .trimEnd(),
  );
}

function pad(text: string, width: number, align: Column["align"]): string {
  const blanks = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "right" ? blanks + text : text + blanks;
}

/**
 * A line in lines of at most `width` columns, broken between words, and inside of a word that is longer than a line.
 *
 * @param hang additional indentation of all lines but the first. @default 2
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
