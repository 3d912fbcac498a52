import type { Properties } from "../../model/resource";
import { asItRuns } from "../exports/as-it-runs";
import type { RunningResource } from "../exports/export";
import { besides, nestedRule } from "./besides";
import { isCompared } from "./rule";
import { LIVE_TABLES } from "./tables";

/**
 * The properties that the checks see: those that were set, with AWS's values, and other compared properties that differ from
 * AWS's defaults. A property that AWS no longer has is absent. For types that the program never creates, all properties.
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
