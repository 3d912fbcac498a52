import { markup, type Markup } from "../markup";

/** Where the traffic on a line goes; `plain`: a connection without a direction. */
export type Lane = "to-hub" | "to-spokes" | "internet" | "plain";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** Widths of an average letter and of a digit, in parts of the font's size: a little more than system fonts have. */
const CHARACTER = 0.58;
const DIGIT = 0.65;

export function rectangle(kind: string, { x, y, width, height }: Rectangle, radius = 6): Markup {
  return markup`<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
}

interface Label {
  readonly kind?: string;
  readonly anchor?: "start" | "middle" | "end";
}

export function label(text: string, { x, y }: Point, { kind = "", anchor = "start" }: Label = {}): Markup {
  return markup`<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>`;
}

/** A text cut to a width, with an ellipsis. */
export function fitted(text: string, width: number, size = 12): string {
  const most = Math.floor(width / (size * CHARACTER));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Width that a text takes, at most. */
export function textWidth(text: string, size = 12): number {
  const digits = text.replace(/\D/g, "").length;
  return Math.ceil(((text.length - digits) * CHARACTER + digits * DIGIT) * size);
}

/** A rounded label on a border; `at` is its middle. */
export function pill(text: string, at: Point, width: number): Markup {
  const box = { x: at.x - width / 2, y: at.y - 10, width, height: 20 };
  return markup`${rectangle("chip", box, 10)}${label(text, { x: at.x, y: at.y + 4 }, { kind: "small", anchor: "middle" })}`;
}

/** Radius of a numbered marker. */
const MARKER = 7.5;
/** From the left edge of a marker to the text after it. */
const AFTER_MARKER = 2 * MARKER + 4;

/** The number of a part, as in the legend, in a circle; `at` is its middle. */
export function marker(number: number, at: Point): Markup {
  return markup`<circle class="marker" cx="${at.x}" cy="${at.y}" r="${MARKER}"/>${label(
    String(number),
    { x: at.x, y: at.y + 3.5 },
    { kind: "number", anchor: "middle" },
  )}`;
}

/** A text after its numbered marker, which begins at `at`. */
export function numbered(number: number, text: string, { x, y }: Point, kind = ""): Markup {
  return markup`${marker(number, { x: x + MARKER, y: y - 4 })}${label(text, { x: x + AFTER_MARKER, y }, { kind })}`;
}

/** A text behind its number that ends at `at`. */
export function numberedBefore(number: number, text: string, { x, y }: Point, kind = ""): Markup {
  const start = x - textWidth(text, 10.5) - AFTER_MARKER;
  return markup`${marker(number, { x: start + MARKER, y: y - 4 })}${label(text, { x, y }, { kind, anchor: "end" })}`;
}

/** A part of the picture that a path can pass, under its key; paths are drawn through the points. */
export function place(key: string, points: readonly Point[], ...content: readonly Markup[]): Markup {
  const at = points.map(({ x, y }) => `${String(x)},${String(y)}`).join(" ");
  return markup`<g data-place="${key}" data-at="${at}">${content}</g>`;
}

/** A line through points. */
export function line(lane: Lane, ...points: readonly Point[]): Markup {
  return markup`<path class="line ${lane}" d="${path(points)}"/>`;
}

/** A line that is drawn above the lines that it crosses. */
export function lineAbove(lane: Lane, ...points: readonly Point[]): Markup {
  return markup`<path class="under" d="${path(points)}"/>${line(lane, ...points)}`;
}

/** A line with a head at its last point; its last stretch is vertical. */
export function arrow(lane: Lane, ...points: readonly Point[]): Markup {
  const [end = { x: 0, y: 0 }, before = end] = [...points].reverse();
  const back = end.y > before.y ? -7 : 7;
  const head = path([end, { x: end.x - 4, y: end.y + back }, { x: end.x + 4, y: end.y + back }]);
  return markup`${line(lane, ...points.slice(0, -1), { x: end.x, y: end.y + back })}<path class="head ${lane}" d="${head}Z"/>`;
}

/** Lines that meet at a level and continue as one line to `end`, with or without an arrowhead. */
export function merging(
  lane: Lane,
  {
    from,
    level,
    end,
    head,
  }: { readonly from: readonly Point[]; readonly level: number; readonly end: Point; readonly head: boolean },
): Markup {
  if (from.length === 0) return markup``;
  const xs = [...from.map(({ x }) => x), end.x];
  const last = [{ x: end.x, y: level }, end];
  return markup`${from.map((point) => line(lane, point, { x: point.x, y: level }))}
${line(lane, { x: Math.min(...xs), y: level }, { x: Math.max(...xs), y: level })}
${head ? arrow(lane, ...last) : line(lane, ...last)}`;
}

function path(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${String(x)} ${String(y)}`).join("");
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Lines that run past the rows have this much room on either side. */
export const GUTTER = 16;
/** Between two boxes of a row. */
const BETWEEN = 24;

interface Rows {
  readonly y: number;
  readonly width: number;
  readonly rowGap: number;
  readonly between?: number;
  /** Kept free on either side. */
  readonly gutter?: number;
}

/** Puts boxes into centered rows from left to right, as many in a row as fit into `width`. */
export function inRows<T extends Size>(
  sizes: readonly T[],
  { y, width, rowGap, between = BETWEEN, gutter = GUTTER }: Rows,
): (T & Rectangle)[][] {
  const rows: T[][] = [];
  for (const size of sizes) {
    const row = rows.at(-1);
    if (row !== undefined && rowWidth([...row, size], between) <= width - 2 * gutter) row.push(size);
    else rows.push([size]);
  }
  let top = y;
  return rows.map((row) => {
    let left = (width - rowWidth(row, between)) / 2;
    const boxes = row.map((size) => {
      const box = { ...size, x: left, y: top };
      left += size.width + between;
      return box;
    });
    top += Math.max(...row.map(({ height }) => height)) + rowGap;
    return boxes;
  });
}

export function middle({ x, width }: Rectangle): number {
  return x + width / 2;
}

export function center({ x, y, width, height }: Rectangle): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

export function bottom({ y, height }: Rectangle): number {
  return y + height;
}

/** A point on the upper or lower edge of a box, in its middle. */
export function onEdge(box: Rectangle, edge: "top" | "bottom"): Point {
  return { x: middle(box), y: edge === "top" ? box.y : bottom(box) };
}

function rowWidth(row: readonly Size[], between: number): number {
  return row.reduce((sum, { width }) => sum + width, 0) + between * (row.length - 1);
}
