import { MEANINGS, type ReachabilityView } from "../../view/reachability";
import { listed } from "../../view/words";
import { markup, NOTHING, type Markup } from "../markup";
import type { SharedPath } from "./shared-paths";

/** Every path as text, by rows of the matrix: the script takes its texts from here, and without a script it is all there. */
export function words({ rows, columns, groups }: ReachabilityView, paths: readonly (readonly SharedPath[])[]): Markup {
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
