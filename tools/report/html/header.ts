import { networks } from "../view/networks";
import { networksWithoutStack, overview, warnings } from "../view/overview";
import { verdictInWords, verdictOf, type Verdict } from "../view/verdict";
import { markup, NOTHING, type Markup } from "./markup";
import type { Shown } from "./section";

/** What this is, and whether the checks pass. */
export function header({ plan, checks }: Shown): Markup {
  return markup`
<header>
<h1>Network plan</h1>
${verdictLine(checks)}
<p class="lead">${overview(plan)}.</p>
<p class="muted">This is what <code>pulumi up</code> would build. It was computed offline from the configuration: nothing
was deployed, and ids that only AWS assigns are left open.</p>
${notes([...warnings(plan), networksWithoutStack(plan) ?? []].flat())}
</header>`;
}

/** Title of the page: the verdict comes first, because a tab shows only the first words. */
export function title({ plan, checks }: Shown): string {
  const verdict = verdictOf(checks);
  const hub = networks(plan).find(({ role }) => role === "hub");
  const name = hub === undefined ? "Network plan" : `Network plan of ${hub.region}`;
  return verdict.total === 0 ? name : `${signOf(verdict)} ${verdictInWords(verdict)} · ${name}`;
}

function verdictLine(checks: Shown["checks"]): Markup {
  const verdict = verdictOf(checks);
  if (verdict.total === 0) return NOTHING;
  const [kind, anchor] = verdict.failed.length === 0 ? ["pass", "checks"] : ["fail", "failed-checks"];
  return markup`<p class="verdict ${kind}">${signOf(verdict)} <a href="#${anchor}">${verdictInWords(verdict)}</a></p>`;
}

function signOf({ failed }: Verdict): string {
  return failed.length === 0 ? "✓" : "✗";
}

function notes(sentences: readonly string[]): Markup {
  if (sentences.length === 0) return NOTHING;
  return markup`<ul class="notes">${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul>`;
}
