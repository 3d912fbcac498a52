import { differences } from "../view/configuration";
import { markup } from "./markup";
import type { Section } from "./section";
import { scrolled } from "./table";

/** The keys that do not have the same value in every spoke. */
export const configuration: Section = {
  id: "configuration",
  title: "Configuration that differs between spokes",
  body: ({ plan }) => {
    const { stacks, rows } = differences(plan);
    if (stacks.length < 2) return undefined;
    if (rows.length === 0) return markup`<p>None: every spoke has the same configuration.</p>`;
    return markup`
<div class="card">${scrolled(
      "Configuration keys that differ, defaults included",
      markup`
<thead><tr><th scope="col">Key</th>${stacks.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
        ({ key, values }) => markup`
<tr><th scope="row">${key}</th>${values.map((value) => markup`<td>${value}</td>`)}</tr>`,
      )}</tbody>`,
      "configuration",
    )}</div>
<p class="muted">All other keys are the same in every spoke.</p>`;
  },
};
