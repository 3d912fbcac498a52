import { keptPromises, PROMISES, type Kept } from "../../promises";
import { GROWTH, heldAgainstGrowth, type Step } from "../../promises/growth-harms-nothing";
import { estateOfPlan } from "../estate";
import type { Plan } from "../plan";

/** Names and sentences of all promises, in the order in which they are told. */
export const PROMISE_SENTENCES: readonly { readonly name: string; readonly sentence: string }[] = [...PROMISES, GROWTH];

/**
 * Every promise against every stack that it concerns.
 *
 * @param steps by which the network might grow; none: growth is not looked at
 */
export function promises(plan: Plan, steps: readonly Step[] = []): readonly Kept[] {
  return [...keptPromises(estateOfPlan(plan)), ...heldAgainstGrowth(steps)];
}
