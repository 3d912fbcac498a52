import type { CheckResult } from "../../checks";
import { counted, listed } from "../../io/words";
import type { PathEndpoint } from "../../model/reachability/reach";
import { topologyOf } from "../../model/topology/topology";
import type { Plan } from "../../planner/plan";
import { stacksOfPlan } from "../../planner/stacks";
import { networks } from "../view/networks";
import { type Mark, MEANINGS, reachabilityView, type ReachabilityView } from "../view/reachability";
import { classes, markup, type Markup, NOTHING, scrolled } from "./markup";
import { isInDetail } from "./picture/picture";
import { type CellOnIt, type SharedPath, sharedPaths } from "./picture/places";

/** Which tier reaches which, the hub's services and the internet, and by which path. */
export function reachability(plan: Plan, checks: readonly CheckResult[]): Markup | undefined {
  const topology = topologyOf(stacksOfPlan(plan));
  const view = reachabilityView(plan, !isInDetail(plan));
  if (view.rows.length < 2) return undefined;
  const paths = sharedPaths(view, topology, isCard(plan));
  return markup`
<p class="muted">Rows are senders, columns are destinations. Paths are traced on port 443, and on port 53 to the resolver,
through the route tables of every AZ and the security groups of the services. The internet reaches a tier only where
something in it has a public address.</p>
${groupsInWords(view)}
<div class="reach">
<ul class="marks">${marks(view, checks)}</ul>
${transitControl(view)}
<div class="card cells">${matrix(view, paths)}</div>
<aside id="path" class="card" aria-label="Selected path" tabindex="-1" hidden>
<div role="status" class="path-text"><p class="muted">Select a cell to see its path here, hop by hop. The arrow keys move from
cell to cell, Esc clears.</p></div>
<p class="path-actions" hidden><a href="#network">Show in the picture</a> <button type="button" class="clear">Clear (Esc)</button></p>
</aside>
</div>
${pathsAsText(view, paths)}`;
}

/** In the picture of many networks a spoke is a card, and the hub is drawn with its subnets. */
function isCard(plan: Plan): (network: string) => boolean {
  if (isInDetail(plan)) return () => false;
  const spokes = new Set(networks(plan).flatMap(({ name, role }) => (role === "spoke" ? [name] : [])));
  return (network) => spokes.has(network);
}

function groupsInWords({ groups }: ReachabilityView): Markup {
  if (groups.length === 0) return NOTHING;
  const all = groups.reduce((sum, { networks: each }) => sum + each.length, 0);
  return markup`
<p>${counted(all, "network")} in ${counted(groups.length, "group")}: networks with the same reachability share one row. The
columns of a group are its networks except the sender's own, which has columns of its own.</p>`;
}

/** Checkbox for the transit subnets: no workload runs in them, so their cells are hidden by default. */
function transitControl({ rows }: ReachabilityView): Markup {
  if (!rows.some(isHidden)) return NOTHING;
  return markup`
<p class="control"><label><input type="checkbox" id="show-transit"> Show transit subnets (attachment only)</label></p>`;
}

/** The check of return routes. While it passes, a one-way path is not a fault. */
const RETURN_PATHS = "return-paths-are-symmetric";

function marks({ cells }: ReachabilityView, checks: readonly CheckResult[]): Markup[] {
  const isThere = (mark: Mark): boolean => cells.some((line) => line.some((cell) => cell?.mark === mark));
  const all: readonly (readonly [mark: Mark, more: Markup])[] = [
    ["yes", markup`the sender reaches it, and replies return`],
    ["some", markup`only from or to some AZs or networks`],
    ["one way", isThere("one way") ? oneWay(checks) : NOTHING],
    ["no", markup`no path`],
  ];
  return all
    .filter(([mark]) => isThere(mark))
    .map(
      ([mark, more]) =>
        markup`<li><span class="sign ${className(mark)}" aria-hidden="true">${SIGNS[mark]}</span><span><b>${MEANINGS[mark]}</b> <span class="muted">${more}</span></span></li>`,
    );
}

function oneWay(checks: readonly CheckResult[]): Markup {
  const meaning = "packets arrive and replies do not, so no connection can be made.";
  const check = markup`<a href="#check-${RETURN_PATHS}">${RETURN_PATHS}</a>`;
  const results = checks.filter(({ name }) => name === RETURN_PATHS);
  if (results.length === 0) return markup`${meaning}`;
  return results.every(({ passed }) => passed)
    ? markup`${meaning} This is expected: only private subnets use the transit gateway (${check} passes).`
    : markup`${meaning} The check ${check} fails.`;
}

/** Signs of the cells. Their shapes differ, so that a reader needs no colours. */
const SIGNS: Readonly<Record<Mark, string>> = { yes: "✓", some: "½", "one way": "⇢", no: "–" };

/** Whether a row or column is hidden until the checkbox is set: a transit subnet has only the attachment. */
function isHidden(endpoint: PathEndpoint | undefined): boolean {
  return endpoint?.tier === "transit";
}

/** Rows are senders, columns destinations; every cell is a button that shows its path. */
function matrix({ rows, columns, cells }: ReachabilityView, paths: readonly (readonly SharedPath[])[]): Markup {
  const above = headings(columns);
  const bodies = headings(rows).map(({ endpoints }) => endpoints.map((endpoint) => rows.indexOf(endpoint)));
  const firsts = new Set(above.map(({ endpoints }) => columns.findIndex((endpoint) => endpoint === endpoints[0])));
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
<tr><th scope="col">From</th>${columns.map((endpoint, column) => markup`<th scope="col"${classOf(column)}>${short(endpoint)}</th>`)}</tr>
</thead>
${bodies.map((body) => markup`<tbody>${body.map(line)}</tbody>`)}`,
    "matrix",
  );
}

function button({ id }: SharedPath, { view, to }: CellOnIt): Markup {
  const arrival = to === "" ? NOTHING : markup` data-to="${to}"`;
  return markup`<button class="${className(view.mark)}" title="${view.title}" data-path="${id}"${arrival}><span aria-hidden="true">${SIGNS[view.mark]}</span></button>`;
}

function className(mark: Mark): string {
  return mark.replace(" ", "-");
}

/** Its width depends on whether the transit columns are shown: both widths are in the page, and the style shows one. */
function heading({ name, endpoints }: Heading): Markup {
  const all = endpoints.length;
  const shown = endpoints.filter((endpoint) => !isHidden(endpoint)).length;
  const cell = (span: number, kind: string): Markup =>
    name === ""
      ? markup`<td${classes(["edge", kind])} colspan="${span}"></td>`
      : markup`<th${classes(["edge", kind])} scope="colgroup" colspan="${span}">${name}</th>`;
  return all === shown || shown === 0
    ? cell(all, "")
    : markup`${cell(shown, "without-transit")}${cell(all, "with-transit")}`;
}

/** A heading of columns, or of rows. */
interface Heading {
  readonly name: string;
  readonly endpoints: readonly PathEndpoint[];
}

/** Consecutive endpoints of the same network, under one heading. */
function headings(endpoints: readonly PathEndpoint[]): Heading[] {
  const runs: { name: string; endpoints: PathEndpoint[] }[] = [];
  for (const endpoint of endpoints) {
    const name = { tier: endpoint.network, service: "services", site: "sites", internet: "" }[endpoint.kind];
    const last = runs.at(-1);
    if (last?.name === name) last.endpoints.push(endpoint);
    else runs.push({ name, endpoints: [endpoint] });
  }
  return runs;
}

function short({ kind, name, tier }: PathEndpoint): string {
  return kind === "tier" ? tier : name;
}

/** Every path as text, by rows of the matrix. The script copies its texts from here. */
function pathsAsText({ rows, columns, groups }: ReachabilityView, paths: readonly (readonly SharedPath[])[]): Markup {
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
