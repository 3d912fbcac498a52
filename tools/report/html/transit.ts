import { transitTables } from "../view/transit";
import { listed } from "../view/words";
import { markup } from "./markup";
import type { Section } from "./section";
import { scrolled } from "./table";

/** The transit gateway's route tables. */
export const transit: Section = {
  id: "transit-gateway",
  title: "Transit gateway route tables",
  body: ({ plan }) => {
    const tables = transitTables(plan);
    if (tables.length === 0) return undefined;
    return markup`
<p class="muted">Traffic from a network is routed by the table that its attachment is associated with. A network that is
not in that table cannot be reached.</p>
<div class="cards">${tables.map(
      ({ name, readBy, routes }) => markup`
<article class="card">
<h3>${name}</h3>
<p>Associated with ${readBy.length === 0 ? "no attachment" : `the attachments of ${listed(readBy)}`}</p>
${scrolled(
  `Routes of ${name}`,
  markup`<thead><tr><th scope="col">Destination</th><th scope="col">Attachment</th><th scope="col">Origin</th></tr></thead>
<tbody>${routes.map(
    ({ destination, network, origin }) => markup`
<tr><th scope="row">${destination}</th><td>${network ?? "dropped (blackhole)"}</td><td>${origin}</td></tr>`,
  )}</tbody>`,
)}
</article>`,
    )}</div>`;
  },
};
