import type { CheckResult } from "../../checks";
import { CHECK_SENTENCES } from "../view/checks";
import { maskOf, type Mask } from "./alike";
import { evidence } from "./evidence";
import { markup, type Markup } from "./markup";
import type { Section } from "./section";
import { briefly, stacksThatFail } from "./verdict";

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
    const failed = checksRun(results).filter(({ name }) => stacksThatFail(results, name).length > 0);
    if (failed.length === 0) return undefined;
    const mask = maskOf(plan, { others: false });
    return markup`
<div class="card failed">${failed.map((check) => {
      const failing = check.results.filter(({ passed }) => !passed);
      const verdict = `fails in ${briefly(failing.map(({ stack }) => stack))}`;
      return article(check, markup`<b class="fail">✗ ${verdict}</b>`, evidence(failing, mask), true);
    })}</div>`;
  },
};

/** Every check, with its evidence; one that fails is above. */
export const checks: Section = {
  id: "checks",
  title: "Checks",
  body: ({ plan, checks: results }) => {
    const all = checksRun(results);
    if (all.length === 0) return undefined;
    const mask = maskOf(plan, { others: true });
    return markup`
<p class="muted">Each check runs against the plan of every stack that it applies to. Open one to see its evidence.</p>
<div class="card">${all.map((check) => ofCheck(check, results, mask))}</div>`;
  },
};

function ofCheck(check: Check, results: readonly CheckResult[], mask: Mask): Markup {
  const failing = stacksThatFail(results, check.name);
  if (failing.length === 0) return article(check, markup`<b class="pass">✓ passes</b>`, evidence(check.results, mask));
  return markup`
<p class="check"><a href="#check-${check.name}"><b class="fail">✗ fails in ${briefly(failing)}</b> <code>${check.name}</code></a>
${check.sentence}</p>`;
}

function article({ name, sentence }: Check, verdict: Markup, content: Markup, isOpen = false): Markup {
  return markup`
<div class="check" id="check-${name}">
<details${isOpen ? markup` open` : markup``}>
<summary>${verdict} <code>${name}</code> <span class="sentence">${sentence}</span></summary>
${content}
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
