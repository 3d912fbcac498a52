import type { Changes } from "../planner/changes/changes";
import type { PlannedResource } from "../planner/engine/resource";
import type { Analysis } from "./analysis";
import type { Plan } from "../planner/plan";
import { verdictOf } from "./view/checks";
import type { CostChanges } from "./view/costs";
import { awsResources } from "./view/resources";

/** Version of the JSON form. It rises when a field leaves or changes its meaning, not when one joins. */
export const VERSION = 2;

/** What a plan changes, and what that costs. */
export interface PlanChanges {
  readonly changes: Readonly<Record<string, Changes>>;
  readonly costChanges: CostChanges;
}

/** The stable form of a plan, for programs. */
export function planAsJson(
  plan: Plan,
  changed: PlanChanges | undefined,
  { checks, costs, quotas }: Omit<Analysis, "alternatives">,
): object {
  const stacks = plan.map((stack) => [
    stack.name,
    {
      config: stack.config,
      awsResources: awsResources(stack).length,
      resources: stack.resources.map(resourceAsJson),
      outputs: stack.outputs,
    },
  ]);
  const { passed, total, failed } = verdictOf(checks);
  return {
    version: VERSION,
    verdict: { passed, total, failed: failed.map(({ name, stacks: failing }) => ({ name, stacks: failing })) },
    stacks: Object.fromEntries(stacks) as object,
    checks,
    costs,
    quotas,
    ...changed,
  };
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
