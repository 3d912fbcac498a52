import type { Point, Rectangle } from "./shapes";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Lines that run past the rows have this much room on either side. */
export const GUTTER = 16;
/** Between two boxes of a row. */
const BETWEEN = 24;

export interface Rows {
  readonly y: number;
  readonly width: number;
  readonly rowGap: number;
  readonly between?: number;
  /** Kept free on either side. */
  readonly gutter?: number;
}

/** Rows of boxes from left to right, as many in a row as `width` holds, each row in the middle. */
export function inRows(
  sizes: readonly Size[],
  { y, width, rowGap, between = BETWEEN, gutter = GUTTER }: Rows,
): Rectangle[][] {
  const rows: Size[][] = [];
  for (const size of sizes) {
    const row = rows.at(-1);
    if (row !== undefined && widthOf([...row, size], between) <= width - 2 * gutter) row.push(size);
    else rows.push([size]);
  }
  let top = y;
  return rows.map((row) => {
    let left = (width - widthOf(row, between)) / 2;
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

function widthOf(row: readonly Size[], between: number): number {
  return row.reduce((sum, { width }) => sum + width, 0) + between * (row.length - 1);
}
