import type { Topology } from "../../../model/topology/topology";
import type { CellView, ReachabilityView } from "../../view/reachability";
import { passed, type IsCard } from "../picture/passed";

/** A path that some cells of a row share, except for its last stretch. */
export interface SharedPath {
  /** Anchor of its text. */
  readonly id: string;
  readonly cells: readonly CellOnIt[];
  readonly steps: readonly string[];
  /** Keys of the picture's parts that all of them pass. */
  readonly places: readonly string[];
  /** `stops`: short of the destination, at the last of these parts; `one-way`: it arrives, and no route leads back. */
  readonly end: "arrives" | "one-way" | "stops";
}

export interface CellOnIt {
  readonly column: number;
  readonly view: CellView;
  /** Key of the part of the picture that it arrives at after those; empty: it ends there. */
  readonly to: string;
}

/** The paths of each row, each once. */
export function sharedPaths({ cells }: ReachabilityView, topology: Topology, isCard: IsCard): SharedPath[][] {
  return cells.map((line, row) => {
    const paths = new Map<string, { places: string[]; cells: CellOnIt[] }>();
    for (const [column, view] of line.entries()) {
      if (view === null) continue;
      const places = passed(topology, view.cell, isCard);
      const to = view.cell.end === "arrives" && places.length > 1 ? (places.pop() ?? "") : "";
      const key = [view.mark, ...view.steps, ...places].join("\n");
      const path = paths.get(key) ?? { places, cells: [] };
      path.cells.push({ column, view, to });
      paths.set(key, path);
    }
    return [...paths.values()].map(({ places, cells: on }, index) => ({
      id: `path-${String(row + 1)}-${String(index + 1)}`,
      cells: on,
      steps: on[0]?.view.steps ?? [],
      places,
      end: endOf(on[0]?.view),
    }));
  });
}

function endOf(view: CellView | undefined): SharedPath["end"] {
  if (view?.mark === "one way") return "one-way";
  return ["arrives", "internet"].includes(view?.cell.end ?? "") ? "arrives" : "stops";
}
