import type { CheckResult } from "../../checks";
import { listed, namesShortened } from "../../io/words";
import type { Plan } from "../../planner/plan";
import { CHECK_SENTENCES, REASONS, sentenceOf, verdictOf } from "../view/checks";
import { alikeStacks, type Mask, maskOf } from "./alike";
import { markup, type Markup, NOTHING } from "./markup";

/** The checks that fail, with their evidence open; undefined: none. */
export function failedChecks(plan: Plan, results: readonly CheckResult[]): Markup | undefined {
  const { failed } = verdictOf(results);
  if (failed.length === 0) return undefined;
  const mask = maskOf(plan, { others: false });
  return markup`
<div class="card failed">${failed.map(({ name, stacks, results: failing }) =>
    article(name, failure(stacks), evidence(failing, mask), true),
  )}</div>`;
}

/** Every check with its evidence; that of a failed one is in the section above, to which it leads. Undefined: none was run. */
export function checksByName(plan: Plan, results: readonly CheckResult[]): Markup | undefined {
  if (results.length === 0) return undefined;
  const mask = maskOf(plan, { others: true });
  const names = CHECK_SENTENCES.map(({ name }) => name).filter((name) => results.some((each) => each.name === name));
  return markup`
<p class="muted">Each check runs against the plan of every stack that it applies to. Open one to see its evidence.</p>
<div class="card">${names.map((name) =>
    ofCheck(
      name,
      results.filter((each) => each.name === name),
      mask,
    ),
  )}</div>`;
}

function ofCheck(name: string, results: readonly CheckResult[], mask: Mask): Markup {
  const [failed] = verdictOf(results).failed;
  if (failed === undefined) return article(name, markup`<b class="pass">✓ passes</b>`, evidence(results, mask), false);
  return markup`
<p class="check"><a href="#check-${name}">${failure(failed.stacks)} <code>${name}</code></a>
${sentenceOf(name)}</p>`;
}

function failure(stacks: readonly string[]): Markup {
  return markup`<b class="fail">✗ fails in ${namesShortened(stacks)}</b>`;
}

function article(name: string, verdict: Markup, content: Markup, isOpen: boolean): Markup {
  const reason = REASONS[name];
  return markup`
<div class="check" id="check-${name}">
<details${isOpen ? markup` open` : NOTHING}>
<summary>${verdict} <code>${name}</code> <span class="sentence">${sentenceOf(name)}</span></summary>
${reason === undefined ? NOTHING : markup`<p class="why">${reason.why}</p>`}${content}
</details>
<a class="anchor" href="#check-${name}" title="Link to this check"><span aria-hidden="true">#</span><span class="hidden">Link to ${name}</span></a>
</div>`;
}

/** The evidence of one check, stack by stack; stacks with the same evidence appear once, with the first as the example. */
function evidence(results: readonly CheckResult[], mask: Mask): Markup {
  const groups = alikeStacks(results, (each) => JSON.stringify([each.passed, each.evidence]), mask);
  return markup`<dl class="evidence">${groups.map(
    // All failing stacks have their names here; a long list of passing stacks is shortened.
    ({ example, stacks }) => markup`
<dt>${example.passed ? namesShortened(stacks) : listed(stacks)}</dt>
<dd>${stacks.length === 1 ? NOTHING : markup`<p class="muted small">Evidence of ${example.stack}. ${others(stacks)}</p>`}
<ul>${example.evidence.map((line) => markup`<li>${line}</li>`)}</ul></dd>`,
  )}</dl>`;
}

function others(stacks: readonly string[]): string {
  const [, other = "", ...more] = stacks;
  const has = more.length === 0 ? `${other} has` : `The other ${String(stacks.length - 1)} have`;
  return `${has} the same lines, with ${more.length === 0 ? "its" : "their"} own names and CIDRs.`;
}
