import type { Properties } from "../../model/resource";
import { difference, isNothing, type Found } from "../drift/found";
import { concernOf, isCompared, ruleOf, type LiveTable } from "./rule";

/**
 * What a program has asked for inside a resource, where the plan makes resources of their own of it: routes inside a
 * table, rules inside a group. Whatever is asked for here is not found beside the others.
 *
 * @param known Properties that are planned, or that the plan looks away from.
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
