import type { Changes } from "./changes";
import type { PlannedResource } from "./engine/resource";
import type { Plan } from "./plan";
import type { CostView } from "./view/costs";
import { promises } from "./view/promises";

/** Version of the JSON form. It rises when a field leaves or changes its meaning, not when one joins. */
const VERSION = 1;

/** The stable form of a plan, for programs. */
export function planAsJson(
  plan: Plan,
  changes: Readonly<Record<string, Changes>> | undefined,
  costs: CostView,
): object {
  const stacks = plan.map(({ name, config, resources, outputs }) => [
    name,
    { config, resources: resources.map(resourceAsJson), outputs },
  ]);
  return {
    version: VERSION,
    stacks: Object.fromEntries(stacks) as object,
    promises: promises(plan),
    costs,
    ...(changes === undefined ? {} : { changes }),
  };
}

function resourceAsJson({ type, name, parent, inputs, dependsOn }: PlannedResource): object {
  return { type, name, parent, inputs, dependsOn };
}
