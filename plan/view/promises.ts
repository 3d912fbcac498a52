import { keptPromises, PROMISES, type Kept } from "../../promises";
import { estateOfPlan } from "../estate";
import type { Plan } from "../plan";

/** Names and sentences of all promises, in the order in which they are told. */
export const PROMISE_SENTENCES: readonly { readonly name: string; readonly sentence: string }[] = PROMISES;

const known = new WeakMap<Plan, readonly Kept[]>();

/** Every promise against every stack that it concerns; held once against a plan. */
export function promises(plan: Plan): readonly Kept[] {
  const held = known.get(plan) ?? keptPromises(estateOfPlan(plan));
  known.set(plan, held);
  return held;
}
