import { amount, costs as costsOf } from "../view/costs";
import { markup } from "./markup";
import type { Section } from "./section";

/** What the stacks cost a month at rest, part by part. */
export const costs: Section = {
  id: "costs",
  title: "Costs at rest",
  body: ({ plan }) => {
    const { notes, parts, stacks, total } = costsOf(plan);
    const sum = (part: (typeof parts)[number]): number =>
      stacks.reduce((left, { byPart }) => left + (byPart[part] ?? 0), 0);
    return markup`
<p class="muted">${notes.join(" ")}</p>
<div class="card"><div class="scroll" tabindex="0" role="region" aria-label="Costs a month"><table>
<caption class="hidden">Costs a month at rest, by part and stack</caption>
<thead><tr><th scope="col">A month</th>${stacks.map(
      ({ name }) => markup`<th scope="col" class="number">${name}</th>`,
    )}<th scope="col" class="number">all stacks</th></tr></thead>
<tbody>${parts.map(
      (part) => markup`
<tr><th scope="row">${part}</th>${stacks.map(
        ({ byPart }) => markup`<td class="number">${amount(byPart[part])}</td>`,
      )}<td class="number">${amount(sum(part))}</td></tr>`,
    )}
<tr><th scope="row">in all</th>${stacks.map(
      (stack) => markup`<td class="number">${amount(stack.total)}</td>`,
    )}<td class="number">${amount(total)}</td></tr></tbody>
</table></div></div>`;
  },
};
