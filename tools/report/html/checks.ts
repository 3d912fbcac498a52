import type { CheckResult } from "../../checks";
import { CHECK_SENTENCES } from "../view/checks";
import { REASONS } from "../view/reasons";
import { verdictOf } from "../view/verdict";
import { namesShortened } from "../view/words";
import { maskOf, type Mask } from "./alike";
import { evidence } from "./evidence";
import { markup, NOTHING, type Markup } from "./markup";
import type { Section } from "./section";

interface Check {
  readonly name: string;
  readonly sentence: string;
  readonly results: readonly CheckResult[];
}

/** The checks that fail, with their evidence open. */
export const failedChecks: Section = {
  id: "failed-checks",
  title: "Failed checks",
  body: ({ plan, checks: results }) => {
    const { failed } = verdictOf(results);
    if (failed.length === 0) return undefined;
    const mask = maskOf(plan, { others: false });
    return markup`
<div class="card failed">${failed.map(({ name, stacks, results: failing }) => {
      const verdict = markup`<b class="fail">✗ fails in ${namesShortened(stacks)}</b>`;
      return article({ name, sentence: sentenceOf(name) }, verdict, evidence(failing, mask), true);
    })}</div>`;
  },
};

/** Every check with its evidence; that of a failed one is in the section above, to which it leads. */
export const checks: Section = {
  id: "checks",
  title: "Checks",
  body: ({ plan, checks: results }) => {
    const all = checksRun(results);
    if (all.length === 0) return undefined;
    const mask = maskOf(plan, { others: true });
    return markup`
<p class="muted">Each check runs against the plan of every stack that it applies to. Open one to see its evidence.</p>
<div class="card">${all.map((check) => ofCheck(check, mask))}</div>`;
  },
};

function ofCheck(check: Check, mask: Mask): Markup {
  const { name, sentence, results } = check;
  const [failed] = verdictOf(results).failed;
  if (failed === undefined) return article(check, markup`<b class="pass">✓ passes</b>`, evidence(results, mask), false);
  return markup`
<p class="check"><a href="#check-${name}"><b class="fail">✗ fails in ${namesShortened(failed.stacks)}</b> <code>${name}</code></a>
${sentence}</p>`;
}

function article(
  { name, sentence }: Pick<Check, "name" | "sentence">,
  verdict: Markup,
  content: Markup,
  isOpen: boolean,
): Markup {
  const reason = REASONS[name];
  return markup`
<div class="check" id="check-${name}">
<details${isOpen ? markup` open` : NOTHING}>
<summary>${verdict} <code>${name}</code> <span class="sentence">${sentence}</span></summary>
${reason === undefined ? NOTHING : markup`<p class="why">${reason.why}</p>`}${content}
</details>
<a class="anchor" href="#check-${name}" title="Link to this check"><span aria-hidden="true">#</span><span class="hidden">Link to ${name}</span></a>
</div>`;
}

/** Checks that were run, in their order. */
function checksRun(results: readonly CheckResult[]): Check[] {
  return CHECK_SENTENCES.map(({ name, sentence }) => ({
    ...{ name, sentence },
    results: results.filter((each) => each.name === name),
  })).filter((check) => check.results.length > 0);
}

function sentenceOf(name: string): string {
  return CHECK_SENTENCES.find((check) => check.name === name)?.sentence ?? "";
}
