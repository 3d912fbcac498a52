import { addresses } from "./addresses";
import { changes } from "./changes";
import { checks, failedChecks } from "./checks";
import { configuration } from "./configuration";
import { costs } from "./costs";
import { header, title as pageTitle } from "./header";
import { Markup, markup } from "./markup";
import { names } from "./names";
import { picture } from "./picture/picture";
import { quotas } from "./quotas";
import { reachability } from "./reachability/reachability";
import { resources } from "./resources";
import { routes } from "./routes";
import { contentPolicy, SCRIPT } from "./script";
import type { Section, Shown } from "./section";
import { STYLE } from "./style";
import { transit } from "./transit";

/** In the order of the page. */
const SECTIONS: readonly Section[] = [
  failedChecks,
  changes,
  picture,
  costs,
  checks,
  reachability,
  addresses,
  routes,
  transit,
  names,
  quotas,
  configuration,
  resources,
];

/**
 * The plan as one HTML file that needs nothing else: no font, no network, and no script except its own, which shows
 * nothing that the page does not have as text without it.
 */
export function page(shown: Shown): string {
  const parts = SECTIONS.flatMap(({ id, title, body }) => {
    const content = body(shown);
    return content === undefined ? [] : [{ id, title, content }];
  });
  const links = parts.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`);
  const sections = parts.map(
    ({ id, title, content }) => markup`
<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>
`,
  );
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(STYLE)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${pageTitle(shown)}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
${header(shown)}
<nav aria-label="On this page"><ul>${links}</ul></nav>
${sections}
</main>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}
