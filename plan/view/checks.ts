import { runChecks, CHECKS, type CheckResult } from "../../checks";
import { GROWTH, heldAgainstGrowth, type Step } from "../../checks/growth-replaces-nothing";
import { estateOfPlan } from "../estate";
import type { Plan } from "../plan";

/** Names and sentences of all checks, in the order in which they are told. */
export const CHECK_SENTENCES: readonly { readonly name: string; readonly sentence: string }[] = [...CHECKS, GROWTH];

/**
 * Every check against every stack that it concerns.
 *
 * @param steps by which the network might grow; none: growth is not looked at
 */
export function checks(plan: Plan, steps: readonly Step[] = []): readonly CheckResult[] {
  return [...runChecks(estateOfPlan(plan)), ...heldAgainstGrowth(steps)];
}
