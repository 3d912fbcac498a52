import { pathInWords, serversInWords, servicesInWords, spokeNames, type SpokeNames } from "../view/names";
import { markup, NOTHING, type Markup } from "./markup";
import { openUpTo, type Section } from "./section";

/** How each spoke resolves and reaches private DNS names and the registry. */
export const names: Section = {
  id: "names",
  title: "DNS and images",
  body: ({ plan }) => {
    const spokes = spokeNames(plan);
    if (spokes.length === 0) return undefined;
    return markup`
<p class="muted">For a spoke's private subnets: the private hosted zone that answers each name, and the path to its
target. To pull an image, a node gets its authorization from <code>api.ecr</code>, the manifest from <code>dkr.ecr</code>,
and the layers from the S3 bucket.</p>
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
  const paths = servicesInWords(spoke);
  if (paths.length === 0) return NOTHING;
  return markup`
<dt>AWS services that its nodes need</dt><dd><ul>${paths.map((path) => markup`<li>${path}</li>`)}</ul></dd>`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
