import type { Topology } from "../../../model/topology/topology";
import type { CellView, ReachabilityView } from "../../view/reachability";
import { passed, type IsCard } from "../picture/passed";

/** A way that some cells of a row share but for its last stretch. */
export interface SharedWay {
  /** Anchor of its words. */
  readonly id: string;
  readonly cells: readonly CellOnIt[];
  readonly steps: readonly string[];
  /** Keys of the picture's parts that all of them pass. */
  readonly places: readonly string[];
  /** Whether it ends at the last of them, short of its destination. */
  readonly stops: boolean;
}

export interface CellOnIt {
  readonly column: number;
  readonly view: CellView;
  /** Key of the part of the picture that it arrives at after those; empty: it ends there. */
  readonly to: string;
}

/** The ways of each row, each told once. */
export function sharedWays({ cells }: ReachabilityView, topology: Topology, isCard: IsCard): SharedWay[][] {
  return cells.map((line, row) => {
    const ways = new Map<string, { places: string[]; cells: CellOnIt[] }>();
    for (const [column, view] of line.entries()) {
      if (view === null) continue;
      const places = passed(topology, view.cell, isCard);
      const to = view.cell.end === "arrives" && places.length > 1 ? (places.pop() ?? "") : "";
      const key = [view.mark, ...view.steps, ...places].join("\n");
      const way = ways.get(key) ?? { places, cells: [] };
      way.cells.push({ column, view, to });
      ways.set(key, way);
    }
    return [...ways.values()].map(({ places, cells: on }, index) => ({
      id: `way-${String(row + 1)}-${String(index + 1)}`,
      cells: on,
      steps: on[0]?.view.steps ?? [],
      places,
      stops: !["arrives", "internet"].includes(on[0]?.view.cell.end ?? ""),
    }));
  });
}
