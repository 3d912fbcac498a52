import { runChecks, CHECKS, type CheckResult } from "../../checks";
import { checkGrowth, GROWTH, type Step } from "../../checks/growth-replaces-nothing";
import { estateOfPlan } from "../../planner/estate";
import type { Plan } from "../../planner/plan";

/** Names and sentences of all checks, in the order in which they are shown. */
export const CHECK_SENTENCES: readonly { readonly name: string; readonly sentence: string }[] = [...CHECKS, GROWTH];

/**
 * Every check of every stack that it covers.
 *
 * @param steps by which the network might grow; none: growth is not checked
 */
export function checks(plan: Plan, steps: readonly Step[] = []): readonly CheckResult[] {
  return [...runChecks(estateOfPlan(plan)), ...checkGrowth(steps)];
}
