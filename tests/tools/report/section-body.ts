import type { Section } from "../../../tools/report/html/section";
import type { Plan } from "../../../tools/planner/plan";

/** A section of the page that shows the plan alone. */
export function bodyOf({ body }: Section, plan: Plan): string {
  const costs = { notes: [], parts: [], stacks: [], total: 0, whatIf: [], perGb: [], breakEven: [] };
  return body({ plan, changes: undefined, costs, checks: [], quotas: [] })?.text ?? "";
}
