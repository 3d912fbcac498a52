import type { CheckResult } from "../checks";
import { growthSteps } from "./growth";
import type { Plan } from "./plan";
import type { Project } from "./project/project";
import { costs, type CostView } from "../report/view/costs";
import { checks } from "../report/view/checks";
import { quotasMet, type QuotaView } from "../report/view/quotas";
import { whatIf, type Alternative } from "./what-if";

/** What is found out about the stacks of a plan. */
export interface Findings {
  readonly checks: readonly CheckResult[];
  readonly costs: CostView;
  readonly quotas: readonly QuotaView[];
  /** What was planned beside it to find that out. */
  readonly alternatives: readonly Alternative[];
}

/** @param plan of this project, whole: a check is about all stacks together */
export async function findings(project: Project, plan: Plan): Promise<Findings> {
  const alternatives = await whatIf(project, plan);
  return {
    checks: checks(plan, await growthSteps(project, plan, alternatives)),
    costs: costs(plan, alternatives),
    quotas: quotasMet(plan, alternatives),
    alternatives,
  };
}

/** What of it is about some of the stacks. */
export function findingsOf(part: Plan, { alternatives, ...found }: Findings): Findings {
  const isShown = ({ stack }: { readonly stack: string }): boolean => part.some(({ name }) => name === stack);
  return {
    checks: found.checks.filter(isShown),
    costs: costs(part, alternatives),
    quotas: found.quotas.filter(isShown),
    alternatives,
  };
}
