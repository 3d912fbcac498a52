import { key, type PlannedResource, shortType } from "../../planner/engine/resource";
import type { Plan, StackPlan } from "../../planner/plan";
import { awsResources } from "../view/networks";
import { counted, listed } from "../../io/words";
import { alikeStacks, maskOf } from "./alike";
import { markup, type Markup, NOTHING } from "./markup";

/** Every resource, below the component that creates it; stacks with the same resources appear once. */
export function resources(plan: Plan): Markup {
  const stacks = plan.map((stack) => ({ stack: stack.name, of: stack, tree: tree(stack) }));
  return markup`${alikeStacks(stacks, ({ tree: { text } }) => text, maskOf(plan, { others: false })).map(
    ({ example, stacks: names }) => ofStacks(example.of, example.tree, names),
  )}`;
}

function ofStacks(stack: StackPlan, content: Markup, names: readonly string[]): Markup {
  const [, ...others] = names;
  const note =
    others.length === 0
      ? NOTHING
      : markup`<p class="muted small">Resources of ${stack.name}. The same resources, under their own names: ${listed(others)}.</p>`;
  return markup`
<details class="card">
<summary>${stack.name}${others.length === 0 ? "" : ` and ${String(others.length)} more`}
<span class="muted">${counted(awsResources(stack).length, "AWS resource")}${others.length === 0 ? "" : " each"}</span></summary>
${note}${content}
</details>`;
}

function tree({ resources: all }: StackPlan): Markup {
  return markup`<ul class="tree">${children(all, null)}</ul>`;
}

function children(all: readonly PlannedResource[], parent: string | null): Markup[] {
  return all
    .filter((resource) => resource.parent === parent)
    .map((resource) => {
      const below = children(all, key(resource));
      const badge = resource.options.protect ? markup` <span class="badge">protected</span>` : NOTHING;
      return markup`
<li><b>${resource.name}</b> <span class="muted">${shortType(resource.type)}</span>${badge}${
        below.length === 0 ? NOTHING : markup`<ul>${below}</ul>`
      }</li>`;
    });
}
