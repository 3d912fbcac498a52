import type { Point, Rectangle } from "./shapes";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Lines that run past the rows have this much room on either side. */
export const GUTTER = 16;
/** Between two boxes of a row. */
const BETWEEN = 24;

/** Rows of boxes from left to right, as many in a row as `width` holds, each row in the middle. */
export function inRows(
  sizes: readonly Size[],
  { y, width, rowGap }: { readonly y: number; readonly width: number; readonly rowGap: number },
): Rectangle[][] {
  const rows: Size[][] = [];
  for (const size of sizes) {
    const row = rows.at(-1);
    if (row !== undefined && widthOf([...row, size]) <= width - 2 * GUTTER) row.push(size);
    else rows.push([size]);
  }
  let top = y;
  return rows.map((row) => {
    let left = (width - widthOf(row)) / 2;
    const boxes = row.map((size) => {
      const box = { ...size, x: left, y: top };
      left += size.width + BETWEEN;
      return box;
    });
    top += Math.max(...row.map(({ height }) => height)) + rowGap;
    return boxes;
  });
}

export function middle({ x, width }: Rectangle): number {
  return x + width / 2;
}

export function bottom({ y, height }: Rectangle): number {
  return y + height;
}

/** A point on the upper or lower edge of a box, in its middle. */
export function onEdge(box: Rectangle, edge: "top" | "bottom"): Point {
  return { x: middle(box), y: edge === "top" ? box.y : bottom(box) };
}

function widthOf(row: readonly Size[]): number {
  return row.reduce((sum, { width }) => sum + width, 0) + BETWEEN * (row.length - 1);
}
