import { networks } from "../view/networks";
import { networksWithoutStack, overview, warnings } from "../view/overview";
import { grouped } from "../view/words";
import { markup, NOTHING, type Markup } from "./markup";
import type { Shown } from "./section";

/** The summary: what is built, in a sentence and a line a stack. */
export function header({ plan }: Shown): Markup {
  const rows = networks(plan).map(
    ({ name, cidr, account, zones, natGateways, resources }) => markup`
<tr><th scope="row"><span class="stack">${name}</span> <span class="account">${account}</span></th><td>${cidr}</td>
<td class="number">${zones.length}</td><td class="number">${natGateways.length}</td>
<td class="number">${grouped(resources)}</td></tr>`,
  );
  return markup`
<header>
<h1>Network plan</h1>
<p class="lead">${overview(plan)}.</p>
<p class="muted">This is what <code>pulumi up</code> would build, worked out offline from the configuration. Nothing was
deployed; ids that only AWS can give are left open.</p>
${notes([...warnings(plan), networksWithoutStack(plan) ?? []].flat())}
<div class="scroll" tabindex="0" role="region" aria-label="Stacks"><table>
<caption class="hidden">Stacks</caption>
<thead><tr><th scope="col"><span class="stack">Stack</span> <span class="account">Account</span></th><th scope="col">Block</th>
<th scope="col" class="number">Zones</th><th scope="col" class="number">NAT <span class="more">gateways</span></th>
<th scope="col" class="number">Resources</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>
</header>`;
}

function notes(sentences: readonly string[]): Markup {
  if (sentences.length === 0) return NOTHING;
  return markup`<ul class="notes">${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul>`;
}
