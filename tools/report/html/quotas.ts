import { grouped } from "../view/words";
import { markup } from "./markup";
import type { Section } from "./section";
import { scrolled } from "./table";

/** How many spokes fit within each quota that grows with them. */
export const quotas: Section = {
  id: "quotas",
  title: "Quotas",
  body: ({ quotas: met }) => {
    if (met.length === 0) return undefined;
    return markup`
<p class="muted">AWS's default quotas that grow with the number of spokes, and the number of spokes that fits in each.</p>
<div class="card">${scrolled(
      "Quotas that grow with the spokes",
      markup`
<thead><tr><th scope="col">Quota</th><th scope="col">Stack</th><th scope="col" class="number">Used</th>
<th scope="col" class="number">Quota</th><th scope="col" class="number">Per spoke</th>
<th scope="col" class="number">Spokes that fit</th><th scope="col">Adjustable</th><th scope="col">Source</th></tr></thead>
<tbody>${met.map(
        ({ name, adjustable, stack, used, limit, perSpoke, spokes, source }) => markup`
<tr><th scope="row">${name}</th><td>${stack}</td>
<td class="number">${grouped(used)}</td><td class="number">${grouped(limit)}</td>
<td class="number">${grouped(perSpoke)}</td><td class="number">${grouped(spokes)}</td>
<td>${adjustable ? "yes" : "no"}</td><td>${source}</td></tr>`,
      )}</tbody>`,
      "quotas",
    )}</div>`;
  },
};
