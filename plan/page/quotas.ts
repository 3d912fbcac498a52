import { grouped } from "../view/words";
import { markup } from "./markup";
import type { Section } from "./section";

/** With how many spokes each quota is still kept that grows with them. */
export const quotas: Section = {
  id: "quotas",
  title: "Quotas",
  body: ({ quotas: met }) => {
    if (met.length === 0) return undefined;
    return markup`
<p class="muted">AWS's default quotas that grow with the number of spokes, and up to how many of them each is kept.</p>
<div class="card"><div class="scroll" tabindex="0" role="region" aria-label="Quotas"><table>
<caption class="hidden">Quotas that grow with the spokes</caption>
<thead><tr><th scope="col">Quota</th><th scope="col">Stack</th><th scope="col" class="number">Now</th>
<th scope="col" class="number">Of</th><th scope="col" class="number">A spoke adds</th>
<th scope="col" class="number">Up to spokes</th><th scope="col">Source</th></tr></thead>
<tbody>${met.map(
      ({ name, adjustable, stack, used, limit, perSpoke, spokes, source }) => markup`
<tr><th scope="row">${name}${adjustable ? ", raised on request" : ""}</th><td>${stack}</td>
<td class="number">${grouped(used)}</td><td class="number">${grouped(limit)}</td>
<td class="number">${grouped(perSpoke)}</td><td class="number">${grouped(spokes)}</td><td>${source}</td></tr>`,
    )}</tbody>
</table></div></div>`;
  },
};
