import { symbolicId } from "../plan/engine/resource";
import type { Plan } from "../plan/plan";
import { estate, type Estate } from "./estate";

/** The stacks of a plan, as promises read them. */
export function estateOfPlan(plan: Plan): Estate {
  const stacks = plan.map(({ name, settings, resources }) => ({
    name,
    isHub: settings.role === "hub",
    resources: resources.map((resource) => ({ ...resource, id: symbolicId(resource) })),
  }));
  return estate(stacks, plan[0]?.settings.addressSpace ?? "");
}
