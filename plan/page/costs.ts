import { amount, sum } from "../view/amounts";
import type { CostView, StackCosts } from "../view/costs";
import { explanations, joining, whatIfRows } from "../view/what-if";
import { markup, NOTHING, type Markup } from "./markup";
import type { Section } from "./section";

/** What the stacks cost a month at rest, part by part, and what would add to it. */
export const costs: Section = {
  id: "costs",
  title: "Costs at rest",
  body: ({ costs: view }) => markup`
<p class="muted">${view.notes.join(" ")}</p>
${costTable(view)}
${whatIfTable(view)}`,
};

function costTable({ parts, stacks }: CostView): Markup {
  const inAll = (of: readonly StackCosts[]): string => sum(of.flatMap(({ byPart }) => Object.values(byPart)));
  return table(
    ["A month", "Costs a month at rest, by part and stack"],
    [...stacks.map(({ name }) => name), "all stacks"],
    [
      ...parts.map((part) => [
        part,
        ...stacks.map(({ byPart }) => amount(byPart[part])),
        sum(stacks.map(({ byPart }) => byPart[part])),
      ]),
      ["in all", ...stacks.map((stack) => inAll([stack])), inAll(stacks)],
    ],
  );
}

function whatIfTable({ stacks, whatIf }: CostView): Markup {
  const rows = whatIfRows(whatIf);
  if (rows.length === 0) return NOTHING;
  const names = [...stacks.map(({ name }) => name), ...joining(whatIf)];
  const notes = ["What one thing more would add, each planned for itself.", ...explanations(whatIf)];
  return markup`
<p class="muted">${notes.join(" ")}</p>
${table(
  ["A month more", "What one thing more adds a month, by stack"],
  [...names, "all stacks"],
  rows.map(({ title, cells, all }) => [title, ...names.map((name) => cells[name] ?? ""), all]),
)}`;
}

function table(
  [corner, caption]: readonly [corner: string, caption: string],
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Markup {
  return markup`<div class="card costs"><div class="scroll" tabindex="0" role="region" aria-label="${corner}"><table>
<caption class="hidden">${caption}</caption>
<thead><tr><th scope="col">${corner}</th>${columns.map(
    (name) => markup`<th scope="col" class="number">${name}</th>`,
  )}</tr></thead>
<tbody>${rows.map(
    ([title = "", ...cells]) => markup`
<tr><th scope="row">${title}</th>${cells.map((cell) => markup`<td class="number">${cell}</td>`)}</tr>`,
  )}</tbody>
</table></div></div>`;
}
