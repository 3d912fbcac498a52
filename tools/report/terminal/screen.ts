import { folded } from "./fold";
import type { Paint } from "./paint";

/** What a report is written for. */
export interface Screen {
  readonly paint: Paint;
  /** Columns of a line. */
  readonly width: number;
}

/** Columns of prose: longer lines are hard to read, however wide the terminal is. */
const PROSE = 100;

/** A sentence, or a few, in lines. @param indent columns that the lines will be indented by */
export function prose(text: string, { width }: Screen, indent = 0): string[] {
  return folded(text, Math.min(width, PROSE) - indent, 0);
}

/** An item of a list in lines, of which the further ones are indented. */
export function item(text: string, { width }: Screen, indent = 0): string[] {
  return folded(text, Math.min(width, PROSE) - indent);
}

/** Lines that are no longer than the screen is wide. */
export function fitted(lines: readonly string[], { width }: Screen): string[] {
  return lines.flatMap((line) => folded(line, width));
}
