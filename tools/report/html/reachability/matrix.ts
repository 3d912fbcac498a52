import type { Place } from "../../../model/reachability";
import type { Mark, ReachabilityView } from "../../view/reachability";
import { markup, NOTHING, type Markup } from "../markup";
import { scrolled } from "../section";
import type { CellOnIt, SharedPath } from "./paths";

/** What a cell shows: shapes, so that nobody needs colours. */
export const SIGNS: Readonly<Record<Mark, string>> = { yes: "✓", some: "½", "one way": "⇢", no: "–" };

/** The tier whose subnets hold nothing but the attachment to the transit gateway. */
const ATTACHMENT_ONLY = "transit";

/** Places that stand under one heading. */
interface Heading {
  readonly name: string;
  readonly places: readonly Place[];
}

/** Rows are senders, columns destinations; every cell is a button that shows its path. */
export function matrix({ rows, columns, cells }: ReachabilityView, paths: readonly (readonly SharedPath[])[]): Markup {
  const above = headings(columns);
  const bodies = headings(rows).map(({ places }) => places.map((place) => rows.indexOf(place)));
  const firsts = new Set(above.map(({ places }) => columns.findIndex((place) => place === places[0])));
  const classOf = (column: number): Markup =>
    classes([firsts.has(column) ? "edge" : "", isHidden(columns[column]) ? "transit" : ""]);
  const line = (row: number): Markup => {
    const onPaths = (paths[row] ?? []).flatMap((path) => path.cells.map((on) => ({ path, on })));
    const byColumn = new Map(onPaths.map((each) => [each.on.column, each]));
    return markup`
<tr${classes([isHidden(rows[row]) ? "transit" : ""])}><th scope="row">${rows[row]?.name ?? ""}</th>${(
      cells[row] ?? []
    ).map((_, column) => {
      const found = byColumn.get(column);
      return markup`<td${classOf(column)}>${found === undefined ? NOTHING : button(found.path, found.on)}</td>`;
    })}</tr>`;
  };
  return scrolled(
    "Senders and destinations",
    markup`
<thead>
<tr><td></td>${above.map(heading)}</tr>
<tr><th scope="col">From</th>${columns.map((place, column) => markup`<th scope="col"${classOf(column)}>${short(place)}</th>`)}</tr>
</thead>
${bodies.map((body) => markup`<tbody>${body.map(line)}</tbody>`)}`,
    "matrix",
  );
}

/** Its width depends on whether the attachment-only columns are shown, so both are there and the style shows one. */
function heading({ name, places }: Heading): Markup {
  const all = places.length;
  const shown = places.filter((place) => !isHidden(place)).length;
  const cell = (span: number, kind: string): Markup =>
    name === ""
      ? markup`<td${classes(["edge", kind])} colspan="${span}"></td>`
      : markup`<th${classes(["edge", kind])} scope="colgroup" colspan="${span}">${name}</th>`;
  return all === shown || shown === 0
    ? cell(all, "")
    : markup`${cell(shown, "without-transit")}${cell(all, "with-transit")}`;
}

function button({ id }: SharedPath, { view, to }: CellOnIt): Markup {
  const arrival = to === "" ? NOTHING : markup` data-to="${to}"`;
  return markup`<button class="${className(view.mark)}" title="${view.title}" data-path="${id}"${arrival}><span aria-hidden="true">${SIGNS[view.mark]}</span></button>`;
}

export function className(mark: Mark): string {
  return mark.replace(" ", "-");
}

/** Whether a row or column is shown only on request: nobody runs anything in such a subnet. */
export function isHidden(place: Place | undefined): boolean {
  return place?.tier === ATTACHMENT_ONLY;
}

function classes(names: readonly string[]): Markup {
  const some = names.filter((name) => name !== "");
  return some.length === 0 ? NOTHING : markup` class="${some.join(" ")}"`;
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
