import { CHECK_SENTENCES } from "../view/checks";
import { markup, NOTHING } from "./markup";
import type { Section } from "./section";

/** Whether each check holds in each stack, and what it is held by. */
export const checks: Section = {
  id: "checks",
  title: "Checks",
  body: ({ checks: found }) => {
    const about = CHECK_SENTENCES.filter(({ name }) => found.some((each) => each.name === name));
    return markup`
<p class="muted">What the network keeps, whatever is changed in it. Unfold one to see what it is held by.</p>
<div class="card">${about.map(({ name, sentence }) => {
      const mine = found.filter((each) => each.name === name);
      const broken = mine.filter(({ passed }) => !passed).map(({ stack }) => stack);
      const verdict =
        broken.length === 0
          ? markup`<b class="kept">holds</b>`
          : markup`<b class="broken">broken in ${broken.join(", ")}</b>`;
      return markup`
<details class="check"${broken.length === 0 ? NOTHING : markup` open`}>
<summary>${verdict} ${sentence}</summary>
<dl>${mine.map(
        ({ stack, evidence }) => markup`
<dt>${stack}</dt><dd><ul>${evidence.map((line) => markup`<li>${line}</li>`)}</ul></dd>`,
      )}</dl>
</details>`;
    })}</div>`;
  },
};
