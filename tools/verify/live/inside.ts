import type { Properties } from "../../model/resource";
import { difference, isNothing, type Found } from "../drift/found";
import { concernOf, isCompared, ruleOf, type LiveTable } from "./rule";

/**
 * Inline settings that the plan creates as separate resources, such as inline routes of a route table or inline rules of a
 * security group. The search for additions does not find them.
 *
 * @param known - properties that are planned or ignored
 */
export function askedInside(
  inputs: Properties,
  outputs: Properties,
  rows: LiveTable,
  known: readonly string[],
): Found[] {
  return Object.keys(inputs).flatMap((name) => {
    const rule = ruleOf(rows, name);
    const value = outputs[name] ?? inputs[name];
    if (rule === undefined || isCompared(rule) || rule.reason !== "elsewhere") return [];
    return known.includes(name) || isNothing(value) ? [] : [difference(name, undefined, value, concernOf(rule))];
  });
}
