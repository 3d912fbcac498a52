import type { CheckResult } from "../../checks";
import { listed, namesShortened } from "../view/words";
import { alikeStacks, type Mask } from "./alike";
import { markup, NOTHING, type Markup } from "./markup";

/** The evidence of one check, stack by stack; stacks with the same evidence appear once, with the first as the example. */
export function evidence(results: readonly CheckResult[], mask: Mask): Markup {
  const groups = alikeStacks(results, (each) => JSON.stringify([each.passed, each.evidence]), mask);
  return markup`<dl class="evidence">${groups.map(
    ({ example, stacks }) => markup`
<dt>${heading(example, stacks)}</dt>
<dd>${stacks.length === 1 ? NOTHING : markup`<p class="muted small">Evidence of ${example.stack}. ${others(stacks)}</p>`}
<ul>${example.evidence.map((line) => markup`<li>${line}</li>`)}</ul></dd>`,
  )}</dl>`;
}

/** Every stack that fails is named; of those that pass, some. */
function heading({ passed }: CheckResult, stacks: readonly string[]): string {
  return passed ? namesShortened(stacks) : listed(stacks);
}

function others(stacks: readonly string[]): string {
  const [, other = "", ...more] = stacks;
  const has = more.length === 0 ? `${other} has` : `The other ${String(stacks.length - 1)} have`;
  return `${has} the same lines, with ${more.length === 0 ? "its" : "their"} own names and CIDRs.`;
}
