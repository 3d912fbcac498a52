import { alike, namesInShort, routeTables } from "../view/routes";
import { markup } from "./markup";
import { openUpTo, type Section } from "./section";

/** The route table of each subnet, as text. */
export const routes: Section = {
  id: "routes",
  title: "Subnet route tables",
  body: ({ plan }) => markup`
<p class="muted">Each subnet has its own route table, with the same name. Tables with the same routes appear once.</p>
<div class="cards">${plan.map(
    (stack) => markup`
<details class="card"${openUpTo(plan.length)}>
<summary><h3>${stack.name}</h3></summary>
<dl>${alike(routeTables(stack)).map(
      ({ names, words }) => markup`
<dt>${namesInShort(names)}</dt>
<dd><ul>${words.map((word) => markup`<li>${word}</li>`)}</ul></dd>`,
    )}</dl>
</details>`,
  )}</div>`,
};
