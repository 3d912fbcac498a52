import { MEANINGS, type ReachabilityView } from "../../view/reachability";
import { listed } from "../../view/words";
import { markup, NOTHING, type Markup } from "../markup";
import type { SharedWay } from "./ways";

/** Every way in words, a row of the matrix each: where the script takes them from, and what tells them without one. */
export function words({ rows, columns, groups }: ReachabilityView, ways: readonly (readonly SharedWay[])[]): Markup {
  return markup`
<details class="card ways">
<summary>Every way in words</summary>
${rows.map(
  ({ name }, row) => markup`
<details class="check"><summary>From ${name}</summary>
<dl>${(ways[row] ?? []).map(
    ({ id, cells, steps, places, stops }) => markup`
<dt>${listed(cells.map(({ column }) => columns[column]?.name ?? ""))}: ${MEANINGS[cells[0]?.view.mark ?? "no"]}</dt>
<dd id="${id}" data-places="${places.join(" ")}"${stops ? markup` data-stops` : NOTHING}><ol>${steps.map((step) => markup`<li>${step}</li>`)}</ol></dd>`,
  )}</dl></details>`,
)}
${groups.length === 0 ? NOTHING : members({ groups })}
</details>`;
}

function members({ groups }: Pick<ReachabilityView, "groups">): Markup {
  const several = groups.filter(({ networks }) => networks.length > 1);
  return markup`
<details class="check"><summary>Networks that are alike</summary>
<dl>${several.map(({ name, networks }) => markup`<dt>${name}</dt><dd>${listed(networks)}</dd>`)}</dl></details>`;
}
