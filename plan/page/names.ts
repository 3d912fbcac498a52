import { pathInWords, serversInWords, spokeNames } from "../view/names";
import { markup } from "./markup";
import { openUpTo, type Section } from "./section";

/** How each spoke resolves and reaches the company's names and the registry. */
export const names: Section = {
  id: "names",
  title: "Names and images",
  body: ({ plan }) => {
    const spokes = spokeNames(plan);
    if (spokes.length === 0) return undefined;
    return markup`
<p class="muted">From a spoke's private subnets: which private zone answers a name, and each hop to where it leads. An image
is authorised at <code>api.ecr</code>, its manifest comes from <code>dkr.ecr</code>, its layers from the bucket.</p>
<div class="cards">${spokes.map(
      (spoke) => markup`
<details class="card"${openUpTo(spokes.length)}>
<summary><h3>${spoke.network}</h3></summary>
<p>${capital(serversInWords(spoke))}.</p>
<dl>${spoke.paths.map(
        (path) => markup`
<dt>${path.name}</dt><dd>${pathInWords(path)}${path.isPrivate ? "" : ", not private"}</dd>`,
      )}</dl>
</details>`,
    )}</div>`;
  },
};

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
