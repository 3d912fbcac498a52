import { folded } from "./fold";
import { wrapped } from "./lines";
import type { Screen } from "./screen";

/** Columns that evidence is indented by where it stands. */
const MARGIN = 4;

/** A piece of evidence, hop by hop where it is too long for a line, and word by word where a hop is. */
export function evidenceLines(evidence: string, { width }: Screen): string[] {
  const room = Math.min(width, 100) - MARGIN;
  if (evidence.length <= room) return [evidence];
  return wrapped(evidence.split("; "), ";", room - 2).flatMap((hop, index) =>
    folded(index === 0 ? hop : `  ${hop}`, room),
  );
}
