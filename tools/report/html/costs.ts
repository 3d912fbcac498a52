import type { Plan } from "../../planner/plan";
import { sum } from "../view/amounts";
import type { CostView, StackCosts } from "../view/costs";
import { networks, type NetworkView } from "../view/networks";
import { breakEvenSentences, perGbRow } from "../view/traffic";
import { explanations, joining, whatIfRows } from "../view/what-if";
import { grouped } from "../view/words";
import { markup, NOTHING, type Markup } from "./markup";
import type { Section } from "./section";
import { scrolled } from "./table";

/** One row per stack: what it is, what it costs a month before traffic, and what changes would add. */
export const costs: Section = {
  id: "costs",
  title: "Stacks and costs",
  body: ({ plan, costs: view }) => {
    if (view.stacks.length === 0) return undefined;
    return markup`
<div class="card fitting">${stackTable(plan, view)}</div>
<h3>Monthly cost by part</h3>
<p class="muted">US dollars, before traffic. ${view.notes.join(" ")}</p>
<div class="card">${costTable(view)}</div>
${whatIfTable(view)}
${byTraffic(plan, view)}`;
  },
};

function costOf(stacks: readonly StackCosts[]): string {
  return sum(stacks.flatMap(({ byPart }) => Object.values(byPart)));
}

function stackTable(plan: Plan, { stacks }: CostView): Markup {
  const all = networks(plan);
  const total = (of: (network: NetworkView) => number): string => grouped(all.reduce((n, each) => n + of(each), 0));
  const cost = (name: string): string => costOf(stacks.filter((stack) => stack.name === name));
  return scrolled(
    "Stacks",
    markup`
<thead><tr><th scope="col">Stack</th><th scope="col" class="number">$ per month</th><th scope="col">Account</th><th scope="col">CIDR</th>
<th scope="col" class="number">AZs</th><th scope="col" class="number">NAT gateways</th>
<th scope="col" class="number">AWS resources</th></tr></thead>
<tbody>${all.map(
      ({ name, account, cidr, zones, natGateways, resources }) => markup`
<tr><th scope="row">${name}</th><td class="number total">${cost(name)}</td><td>${account}</td><td>${cidr}</td><td class="number">${zones.length}</td>
<td class="number">${natGateways.length}</td><td class="number">${grouped(resources)}</td></tr>`,
    )}</tbody>
<tfoot><tr><th scope="row">Total</th><td class="number">${costOf(stacks)}</td><td></td><td></td><td></td>
<td class="number">${total(({ natGateways }) => natGateways.length)}</td><td class="number">${total(({ resources }) => resources)}</td></tr></tfoot>`,
    "stacks",
  );
}

/** The total comes first, so that it is seen where the table scrolls. */
function costTable({ parts, stacks }: CostView): Markup {
  const row = (name: string, of: readonly StackCosts[]): Markup => markup`
<tr><th scope="row">${name}</th><td class="number total">${costOf(of)}</td>${parts.map(
    (part) => markup`<td class="number">${sum(of.map(({ byPart }) => byPart[part]))}</td>`,
  )}</tr>`;
  return scrolled(
    "Monthly cost by part",
    markup`
<thead><tr><th scope="col">Stack</th><th scope="col" class="number">Total</th>${parts.map(
      (part) => markup`<th scope="col" class="number">${part}</th>`,
    )}</tr></thead>
<tbody>${stacks.map((stack) => row(stack.name, [stack]))}</tbody>
<tfoot>${row("Total", stacks)}</tfoot>`,
    "costs",
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
<div class="card fitting">${scrolled(
    "Additional monthly costs",
    markup`
<thead><tr><th scope="col">Stack</th>${additions.map(({ title }) => markup`<th scope="col" class="number">${title}</th>`)}</tr></thead>
<tbody>${names.map(
      (name) => markup`
<tr><th scope="row">${name}</th>${additions.map(
        ({ cells }) => markup`<td class="number">${cells[name] ?? ""}</td>`,
      )}</tr>`,
    )}</tbody>
<tfoot><tr><th scope="row">All stacks</th>${additions.map(({ all }) => markup`<td class="number">${all}</td>`)}</tr></tfoot>`,
    "what-if",
  )}</div>`;
}

/** What AWS bills by the GB, and from how much traffic an addition pays. */
function byTraffic(plan: Plan, { perGb, breakEven }: CostView): Markup {
  if (perGb.length === 0) return NOTHING;
  const sentences = breakEvenSentences(breakEven, plan[0]?.settings.region ?? "");
  return markup`
<h3>Prices per GB, and break-even</h3>
<div class="card fitting">${scrolled(
    "Prices per GB",
    markup`
<thead><tr><th scope="col">Traffic</th><th scope="col" class="number">$ per GB</th><th scope="col">Price of</th></tr></thead>
<tbody>${perGb.map(perGbRow).map(
      ([traffic, price, source]) => markup`
<tr><th scope="row">${traffic}</th><td class="number">${price}</td><td>${source}</td></tr>`,
    )}</tbody>`,
    "per-gb",
  )}</div>
${sentences.length === 0 ? NOTHING : markup`<ul class="break-even">${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul>`}`;
}
