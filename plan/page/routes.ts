import { alike, namesInShort, routeTables } from "../view/routes";
import { markup } from "./markup";
import { openUpTo, type Section } from "./section";

/** What happens to the traffic of each subnet, in words. */
export const routes: Section = {
  id: "routes",
  title: "Routes of the subnets",
  body: ({ plan }) => markup`
<p class="muted">Each subnet has a route table of its own name. Tables that say the same are told once.</p>
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
