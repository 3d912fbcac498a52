import { key, type PlannedResource } from "../engine/resource";
import type { StackPlan } from "../plan";
import { awsResources, shortType } from "../view/resources";
import { counted } from "../view/words";
import { markup, NOTHING, type Markup } from "./markup";
import type { Section } from "./section";

/** Every resource, below the component that makes it. */
export const resources: Section = {
  id: "resources",
  title: "Resources",
  body: ({ plan }) => markup`${plan.map(ofStack)}`,
};

function ofStack(stack: StackPlan): Markup {
  return markup`
<details class="card">
<summary>${stack.name} <span class="muted">${counted(awsResources(stack).length, "AWS resource")}</span></summary>
<ul class="tree">${children(stack.resources, null)}</ul>
</details>`;
}

function children(all: readonly PlannedResource[], parent: string | null): Markup[] {
  return all
    .filter((resource) => resource.parent === parent)
    .map((resource) => {
      const below = children(all, key(resource));
      const guard = resource.options.protect ? markup` <span class="badge">protected</span>` : NOTHING;
      return markup`
<li><b>${resource.name}</b> <span class="muted">${shortType(resource.type)}</span>${guard}${
        below.length === 0 ? NOTHING : markup`<ul>${below}</ul>`
      }</li>`;
    });
}
