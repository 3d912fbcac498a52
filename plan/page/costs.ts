import { amount, sum } from "../view/amounts";
import type { CostView, StackCosts } from "../view/costs";
import { networks, type NetworkView } from "../view/networks";
import { explanations, joining, whatIfRows } from "../view/what-if";
import { grouped } from "../view/words";
import { markup, NOTHING, type Markup } from "./markup";
import type { Section } from "./section";
import { scrolled } from "./table";

/** One row per stack: what it is, and what it costs a month before traffic; then what changes would add. */
export const costs: Section = {
  id: "costs",
  title: "Stacks and costs",
  body: ({ plan, costs: view }) => {
    if (view.stacks.length === 0) return undefined;
    const byName = new Map(networks(plan).map((network) => [network.name, network]));
    return markup`
<p class="muted">Monthly costs in US dollars, before traffic. ${view.notes.join(" ")}</p>
<div class="card costs">${stackTable(view, byName)}</div>
${whatIfTable(view)}`;
  },
};

function stackTable({ parts, stacks }: CostView, networkOf: ReadonlyMap<string, NetworkView>): Markup {
  const costsOf = (of: readonly StackCosts[]): string => sum(of.flatMap(({ byPart }) => Object.values(byPart)));
  const rows = stacks.map((stack) => {
    const network = networkOf.get(stack.name);
    return markup`
<tr><th scope="row">${stack.name}</th><td class="number total">${dollars(costsOf([stack]))}</td>
<td>${network?.account ?? ""}</td><td>${network?.cidr ?? ""}</td><td class="number">${network?.zones.length ?? ""}</td>
<td class="number">${network?.natGateways.length ?? ""}</td><td class="number">${grouped(network?.resources ?? 0)}</td>
${parts.map((part) => markup`<td class="number">${dollars(amount(stack.byPart[part]))}</td>`)}</tr>`;
  });
  const all = stacks.flatMap(({ name }) => networkOf.get(name) ?? []);
  const count = (of: (network: NetworkView) => number): string => grouped(all.reduce((n, each) => n + of(each), 0));
  return scrolled(
    "Stacks and monthly costs",
    markup`
<thead><tr><th scope="col">Stack</th><th scope="col" class="number">$ per month</th><th scope="col">Account</th>
<th scope="col">CIDR</th><th scope="col" class="number">AZs</th><th scope="col" class="number">NAT gateways</th>
<th scope="col" class="number">AWS resources</th>${parts.map((part) => markup`<th scope="col" class="number">${part}</th>`)}</tr></thead>
<tbody>${rows}</tbody>
<tfoot><tr><th scope="row">Total</th><td class="number total">${dollars(costsOf(stacks))}</td><td></td><td></td><td></td>
<td class="number">${count(({ natGateways }) => natGateways.length)}</td>
<td class="number">${count(({ resources }) => resources)}</td>${parts.map(
      (part) => markup`<td class="number">${dollars(sum(stacks.map(({ byPart }) => byPart[part])))}</td>`,
    )}</tr></tfoot>`,
    "stacks",
  );
}

/** One row per stack that something can be added to; a column per addition. */
function whatIfTable({ stacks, whatIf }: CostView): Markup {
  const additions = whatIfRows(whatIf);
  if (additions.length === 0) return NOTHING;
  const names = [...stacks.map(({ name }) => name), ...joining(whatIf)];
  return markup`
<h3>Additional monthly cost</h3>
<p class="muted">What one change would add to a stack. Each change is planned on its own. ${explanations(whatIf).join(" ")}</p>
<div class="card costs">${scrolled(
    "Additional monthly costs",
    markup`
<thead><tr><th scope="col">Stack</th>${additions.map(({ title }) => markup`<th scope="col" class="number">${title}</th>`)}</tr></thead>
<tbody>${names.map(
      (name) => markup`
<tr><th scope="row">${name}</th>${additions.map(
        ({ cells }) => markup`<td class="number">${dollars(cells[name] ?? "")}</td>`,
      )}</tr>`,
    )}</tbody>
<tfoot><tr><th scope="row">All stacks</th>${additions.map(({ all }) => markup`<td class="number">${dollars(all)}</td>`)}</tr></tfoot>`,
    "what-if",
  )}</div>`;
}

/** A dollar sign before an amount; words, as for what is refused, stay as they are. */
function dollars(text: string): string {
  return /^\d/.test(text) ? `$${text}` : text;
}
