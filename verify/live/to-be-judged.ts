import type { Properties } from "../../model/resource";
import { asItRuns } from "../exports/as-it-runs";
import type { RunningResource } from "../exports/export";
import { besides, nestedRule } from "./besides";
import { isCompared } from "./rule";
import { LIVE_TABLES } from "./tables";

/**
 * The properties of a resource that the checks judge: what was asked for as AWS has it, and whatever else AWS has in
 * properties that are compared, unless it is AWS's default. A property that was asked for and that AWS no longer has is
 * absent. Of a type that the program never makes it is all that there is.
 */
export function toBeJudged(resource: RunningResource): Properties {
  const rows = LIVE_TABLES.get(resource.type);
  const { inputs, outputs } = resource;
  if (rows === undefined) return asItRuns(resource);
  const names = Object.keys({ ...inputs, ...outputs });
  const judged = names.flatMap((name) => {
    const rule = nestedRule(rows, name, { concern: "other" });
    const value = outputs[name] ?? (isCompared(rule) ? undefined : inputs[name]);
    const isAsked = Object.hasOwn(inputs, name) || name === "tags";
    const isJudged = isAsked || (isCompared(rule) && besides(value, rule, name, outputs).length > 0);
    return isJudged && value !== undefined && value !== null ? [[name, value] as const] : [];
  });
  return Object.fromEntries(judged);
}
