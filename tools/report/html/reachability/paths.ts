import type { Topology } from "../../../model/topology/topology";
import { MEANINGS, type CellView, type ReachabilityView } from "../../view/reachability";
import { listed } from "../../../io/words";
import { markup, NOTHING, type Markup } from "../markup";
import { placesPassed, type IsCard } from "../picture/places";

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
      const places = placesPassed(topology, view.cell, isCard);
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

/** Every path as text, by rows of the matrix: the script takes its texts from here, and without a script it is all there. */
export function pathsAsText(
  { rows, columns, groups }: ReachabilityView,
  paths: readonly (readonly SharedPath[])[],
): Markup {
  return markup`
<details class="card paths">
<summary>Every path as text</summary>
${rows.map(
  ({ name }, row) => markup`
<details class="check"><summary>From ${name}</summary>
<dl>${(paths[row] ?? []).map(
    ({ id, cells, steps, places, end }) => markup`
<dt>${listed(cells.map(({ column }) => columns[column]?.name ?? ""))}: ${MEANINGS[cells[0]?.view.mark ?? "no"]}</dt>
<dd id="${id}" data-places="${places.join(" ")}" data-end="${end}"><ol class="hops ${end}">${steps.map((step) => markup`<li>${step}</li>`)}</ol></dd>`,
  )}</dl></details>`,
)}
${groups.length === 0 ? NOTHING : members({ groups })}
</details>`;
}

function members({ groups }: Pick<ReachabilityView, "groups">): Markup {
  const several = groups.filter(({ networks }) => networks.length > 1);
  return markup`
<details class="check"><summary>Networks with the same reachability</summary>
<dl>${several.map(({ name, networks }) => markup`<dt>${name}</dt><dd>${listed(networks)}</dd>`)}</dl></details>`;
}
