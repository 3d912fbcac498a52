import { awsChanges } from "./aws-changes";
import type { Changes } from "./changes";
import type { PlannedResource } from "./engine/resource";
import type { Findings } from "./findings";
import type { Plan } from "./plan";

/** Version of the JSON form. It rises when a field leaves or changes its meaning, not when one joins. */
const VERSION = 1;

/** The stable form of a plan, for programs. */
export function planAsJson(
  plan: Plan,
  changes: Readonly<Record<string, Changes>> | undefined,
  { checks, costs, quotas }: Omit<Findings, "alternatives">,
): object {
  const stacks = plan.map(({ name, config, resources, outputs }) => [
    name,
    { config, resources: resources.map(resourceAsJson), outputs },
  ]);
  return {
    version: VERSION,
    stacks: Object.fromEntries(stacks) as object,
    checks,
    costs,
    quotas,
    ...(changes === undefined ? {} : { changes: ofAws(changes) }),
  };
}

function ofAws(changes: Readonly<Record<string, Changes>>): Readonly<Record<string, Changes>> {
  return Object.fromEntries(Object.entries(changes).map(([stack, each]) => [stack, awsChanges(each)]));
}

/** What a comparison of plans needs of a resource; options only where they are set. */
function resourceAsJson({ type, name, parent, inputs, dependsOn, options }: PlannedResource): object {
  const { protect, ignoreChanges, aliases = [] } = options;
  return {
    ...{ type, name, parent, inputs, dependsOn },
    ...(protect ? { protect } : {}),
    ...(ignoreChanges.length > 0 ? { ignoreChanges } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
  };
}
