import { pathInWords, serversInWords, servicesInWords, spokeNames, type SpokeNames } from "../view/names";
import { markup, NOTHING, type Markup } from "./markup";
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
      )}${services(spoke)}</dl>
</details>`,
    )}</div>`;
  },
};

function services(spoke: SpokeNames): Markup {
  const ways = servicesInWords(spoke);
  if (ways.length === 0) return NOTHING;
  return markup`
<dt>Services that its nodes need</dt><dd><ul>${ways.map((way) => markup`<li>${way}</li>`)}</ul></dd>`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
