import { transitTables } from "../view/transit";
import { markup } from "./markup";
import type { Section } from "./section";

/** The transit gateway's route tables. */
export const transit: Section = {
  id: "transit-gateway",
  title: "Routes of the transit gateway",
  body: ({ plan }) => {
    const tables = transitTables(plan);
    if (tables.length === 0) return undefined;
    return markup`
<p class="muted">What a network sends is looked up in the table that its attachment reads. A network that is not in that
table cannot be reached.</p>
<div class="cards">${tables.map(
      ({ name, readBy, routes }) => markup`
<article class="card">
<h3>${name}</h3>
<p>Read by ${readBy.length === 0 ? "nobody" : readBy.join(", ")}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Routes of ${name}"><table>
<caption class="hidden">Routes of the transit gateway's table ${name}</caption>
<thead><tr><th scope="col">To</th><th scope="col">Leads to</th><th scope="col">Origin</th></tr></thead>
<tbody>${routes.map(
        ({ destination, network, origin }) => markup`
<tr><th scope="row">${destination}</th><td>${network ?? "dropped (blackhole)"}</td><td>${origin}</td></tr>`,
      )}</tbody>
</table></div>
</article>`,
    )}</div>`;
  },
};
