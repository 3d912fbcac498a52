import type { Paint } from "./paint";

/** Columns of a terminal that the report keeps to. */
export const WIDTH = 100;

export interface Column {
  readonly title: string;
  readonly align?: "right";
}

/** Rows under a heading. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], paint: Paint): string[] {
  const titles = columns.map(({ title }) => title);
  const [heading = "", ...lines] = aligned([titles, ...rows], columns);
  return [paint("dim", heading), ...lines];
}

/** Rows as lines, each column as wide as its widest cell. */
export function aligned(rows: readonly (readonly string[])[], columns: readonly Pick<Column, "align">[]): string[] {
  const widths = columns.map((_column, index) => Math.max(0, ...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    columns
      .map(({ align }, index) => pad(row[index] ?? "", widths[index] ?? 0, align))
      .join("  ")
      .trimEnd(),
  );
}

/**
 * Items joined by a separator, which may be none, broken between items where the line would be longer than `width`.
 */
export function wrapped(items: readonly string[], separator: "," | ";" | "", width: number): string[] {
  const lines: string[] = [];
  for (const [index, item] of items.entries()) {
    const part = index < items.length - 1 ? item + separator : item;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + part.length <= width) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(part);
  }
  return lines;
}

export function indented(lines: readonly string[], by = 2): string[] {
  return lines.map((line) => (line === "" ? line : " ".repeat(by) + line));
}

/** A heading, and what stands below it. */
export function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return ["", paint("bold", title), ...indented(lines)];
}

function pad(text: string, width: number, align: Column["align"]): string {
  return align === "right" ? text.padStart(width) : text.padEnd(width);
}
