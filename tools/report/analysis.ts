import type { CheckResult } from "../checks";
import { type Alternative, growthSteps, whatIf } from "../planner/what-if";
import type { Plan } from "../planner/plan";
import type { Project } from "../planner/project/project";
import { costs, type CostView } from "./view/costs";
import { checks } from "./view/checks";
import { quotasMet, type QuotaView } from "./view/quotas";

/** Checks, costs and quotas of the stacks of a plan. */
export interface Analysis {
  readonly checks: readonly CheckResult[];
  readonly costs: CostView;
  readonly quotas: readonly QuotaView[];
  /** Additions to the network that were planned for it. */
  readonly alternatives: readonly Alternative[];
}

/** @param plan of this project, with all stacks: a check compares them */
export async function analyze(project: Project, plan: Plan): Promise<Analysis> {
  const alternatives = await whatIf(project, plan);
  return {
    checks: checks(plan, await growthSteps(project, plan, alternatives)),
    costs: costs(plan, alternatives),
    quotas: quotasMet(plan, alternatives),
    alternatives,
  };
}

/** The analysis of some of the stacks. */
export function analysisOf(part: Plan, { alternatives, ...found }: Analysis): Analysis {
  const isShown = ({ stack }: { readonly stack: string }): boolean => part.some(({ name }) => name === stack);
  return {
    checks: found.checks.filter(isShown),
    costs: costs(part, alternatives),
    quotas: found.quotas.filter(isShown),
    alternatives,
  };
}
