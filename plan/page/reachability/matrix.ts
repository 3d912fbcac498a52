import type { Place } from "../../../model/reachability";
import type { Mark, ReachabilityView } from "../../view/reachability";
import { markup, NOTHING, type Markup } from "../markup";
import type { CellOnIt, SharedWay } from "./ways";

/** What a cell shows: shapes, so that nobody needs colours. */
export const SIGNS: Readonly<Record<Mark, string>> = { yes: "✓", some: "½", "one way": "→", no: "–" };

/** Places that stand under one heading. */
interface Heading {
  readonly name: string;
  readonly places: readonly Place[];
}

/** Senders down, destinations across; every cell is a button that shows its way. */
export function matrix({ rows, columns, cells }: ReachabilityView, ways: readonly (readonly SharedWay[])[]): Markup {
  const above = headings(columns);
  const bodies = headings(rows).map(({ places }) => places.map((place) => rows.indexOf(place)));
  const firsts = new Set(above.map(({ places }) => columns.findIndex((place) => place === places[0])));
  const line = (row: number): Markup => {
    const onWays = (ways[row] ?? []).flatMap((way) => way.cells.map((on) => ({ way, on })));
    const byColumn = new Map(onWays.map((each) => [each.on.column, each]));
    return markup`
<tr><th scope="row">${rows[row]?.name ?? ""}</th>${(cells[row] ?? []).map((_, column) => {
      const found = byColumn.get(column);
      const edge = firsts.has(column) ? markup` class="edge"` : NOTHING;
      return markup`<td${edge}>${found === undefined ? NOTHING : button(found.way, found.on)}</td>`;
    })}</tr>`;
  };
  return markup`
<div class="scroll" tabindex="0" role="region" aria-label="Who reaches whom"><table class="matrix">
<caption class="hidden">Senders down, destinations across</caption>
<thead>
<tr><td></td>${above.map(({ name, places }) =>
    name === ""
      ? markup`<td class="edge" colspan="${places.length}"></td>`
      : markup`<th class="edge" scope="colgroup" colspan="${places.length}">${name}</th>`,
  )}</tr>
<tr><th scope="col">From</th>${columns.map(
    (place, column) =>
      markup`<th scope="col"${firsts.has(column) ? markup` class="edge"` : NOTHING}>${short(place)}</th>`,
  )}</tr>
</thead>
${bodies.map((body) => markup`<tbody>${body.map(line)}</tbody>`)}
</table></div>`;
}

function button({ id }: SharedWay, { view, to }: CellOnIt): Markup {
  const arrival = to === "" ? NOTHING : markup` data-to="${to}"`;
  return markup`<button class="${className(view.mark)}" title="${view.title}" data-way="${id}"${arrival}><span aria-hidden="true">${SIGNS[view.mark]}</span></button>`;
}

export function className(mark: Mark): string {
  return mark.replace(" ", "-");
}

function short({ kind, name, tier }: Place): string {
  return kind === "tier" ? tier : name;
}

/** Runs of places that belong together. */
function headings(places: readonly Place[]): Heading[] {
  const runs: { name: string; places: Place[] }[] = [];
  for (const place of places) {
    const name = { tier: place.network, service: "services", internet: "" }[place.kind];
    const last = runs.at(-1);
    if (last?.name === name) last.places.push(place);
    else runs.push({ name, places: [place] });
  }
  return runs;
}
