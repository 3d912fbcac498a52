import { networks } from "../view/networks";
import { networksWithoutStack, overview, warnings } from "../view/overview";
import { markup, NOTHING, type Markup } from "./markup";
import type { Shown } from "./section";
import { verdict } from "./verdict";

/** What this is, and whether the checks pass. */
export function header({ plan, checks }: Shown): Markup {
  return markup`
<header>
<h1>Network plan</h1>
${verdictLine(checks)}
<p class="lead">${overview(plan)}</p>
<p class="muted">This is what <code>pulumi up</code> would build. It was computed offline from the configuration: nothing
was deployed, and ids that only AWS assigns are left open.</p>
${notes([...warnings(plan), networksWithoutStack(plan) ?? []].flat())}
</header>`;
}

/** Title of the page: the verdict comes first, because a tab shows only the first words. */
export function title({ plan, checks }: Shown): string {
  const found = verdict(checks);
  const hub = networks(plan).find(({ role }) => role === "hub");
  const name = hub === undefined ? "Network plan" : `Network plan of ${hub.region}`;
  return found === undefined ? name : `${found.passed ? "✓" : "✗"} ${found.text} · ${name}`;
}

function verdictLine(checks: Shown["checks"]): Markup {
  const found = verdict(checks);
  if (found === undefined) return NOTHING;
  if (found.passed) return markup`<p class="verdict pass">✓ <a href="#checks">${found.text}</a></p>`;
  return markup`<p class="verdict fail">✗ <a href="#failed-checks">${found.text}</a></p>`;
}

function notes(sentences: readonly string[]): Markup {
  if (sentences.length === 0) return NOTHING;
  return markup`<ul class="notes">${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul>`;
}
