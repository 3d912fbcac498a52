import { grouped, percentage } from "../../io/words";
import type { Plan } from "../../planner/plan";
import { type AddressRow, addressTable, type AddressTable } from "../view/addresses";
import { networks } from "../view/networks";
import { markup, type Markup, NOTHING, openUpTo, scrolled } from "./markup";

/** Every address of every network, from the first to the last. */
export function addresses(plan: Plan): Markup {
  const tables = networks(plan).map(addressTable);
  return markup`
<p class="muted">In address order. AWS reserves five addresses of each subnet, so they are not usable.</p>
<div class="cards">${tables.map((table) => card(table, openUpTo(tables.length)))}</div>`;
}

function card(table: AddressTable, open: Markup): Markup {
  const { network, cidr, total, used, later, rows } = table;
  return markup`
<details class="card"${open}>
<summary><h3>${network} <span class="muted">${cidr}</span></h3></summary>
${bar(table)}
<p class="figures"><span><b>${percentage(used / total)}</b> in subnets</span>
${later === 0 ? NOTHING : markup`<span><b>${percentage(later / total)}</b> reserved for further AZs</span>`}
<span><b>${percentage((total - used - later) / total)}</b> free</span></p>
<p class="muted small">AZs: ${zonesInWords(table)}</p>
${scrolled(
  `Addresses of ${network}, ${grouped(total)} in total`,
  markup`<thead><tr><th scope="col">Range</th><th scope="col">For</th><th scope="col" class="number">Usable</th>
<th scope="col" class="number">Share</th></tr></thead>
<tbody>${rows.map((row) => rowOf(row, total))}</tbody>`,
  "addresses",
)}
</details>`;
}

function rowOf(row: AddressRow, total: number): Markup {
  const usable = row.kind === "subnet" ? grouped(row.usable) : "";
  return markup`
<tr class="${row.kind === "subnet" ? "subnet" : "unused"}"><th scope="row">${row.range}</th>
<td class="for"><span class="swatch ${swatch(row)}"></span>${purpose(row)}</td>
<td class="number">${usable}</td><td class="number">${percentage(row.size / total)}</td></tr>`;
}

function purpose({ kind, use, largest }: AddressRow): Markup {
  switch (kind) {
    case "subnet":
      return markup`${unbroken(use)}`;
    case "later zone":
      return markup`reserved for ${unbroken(use)}`;
    case "free":
      return markup`free, up to a /${largest.split("/")[1] ?? ""}`;
  }
}

function unbroken(text: string): string {
  return text.replace(" ", "\u00a0");
}

/** `1 ap-southeast-3a, 2 ap-southeast-3b`: what the numbers of the subnets mean. */
function zonesInWords({ rows }: AddressTable): string {
  const zones = [...new Set(rows.map(({ zone }) => zone).filter((zone) => zone !== ""))];
  return zones.map((zone, index) => `${String(index + 1)} ${zone}`).join(", ");
}

/** Width below which a range could not be seen, in thousandths. */
const LEAST = 6;

/** The network's CIDR drawn to scale, except that the smallest subnets are wider. */
function bar({ network, total, rows }: AddressTable): Markup {
  const parts = rows.map(
    (row) =>
      markup`<rect class="${swatch(row)}" x="${thousandths(row.offset / total)}" y="0" width="${Math.max(
        thousandths(row.size / total),
        LEAST,
      )}" height="24"><title>${row.range}: ${row.use}</title></rect>`,
  );
  return markup`
<svg class="bar" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label="The CIDR of ${network}, to scale">
${parts}</svg>`;
}

function swatch({ kind, tier = "" }: AddressRow): string {
  if (kind === "subnet") return `bar-${tier}`;
  return kind === "free" ? "bar-free" : "bar-later";
}

function thousandths(share: number): number {
  return Number((share * 1000).toFixed(2));
}
