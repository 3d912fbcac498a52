import { isProperties, type Properties } from "../../model/resource";
import { difference, inPath, isNothing, sameValue, type Found } from "../drift/found";
import { UNKNOWN } from "../exports/export";
import { isCompared, isOff, ruleOf, type Compared, type LiveTable } from "./rule";

/**
 * The difference between AWS's default and a deployed property that the program does not set; empty if there is none.
 *
 * @param resource - all deployed properties of the resource
 */
export function besides(value: unknown, rule: Compared, path: string, resource: Properties): Found[] {
  const { concern, defaults, isDefault, within } = rule;
  if (value === UNKNOWN) return [{ path, concern, isUnknown: true }];
  if (isNothing(value) || defaults.some((each) => sameValue(each, value))) return [];
  if (isDefault?.(value, resource) === true) return [];
  // Without a default, off is the default; with one, off is a difference.
  const hasDefault = defaults.length > 0 || isDefault !== undefined;
  if (!hasDefault && isOff(value)) return [];
  if (hasDefault || !isProperties(value)) return [difference(path, undefined, value, concern)];
  return Object.entries(value).flatMap(([name, each]) => {
    const nested = nestedRule(within, name, rule);
    return isCompared(nested) ? besides(each, nested, inPath(path, name), resource) : [];
  });
}

/** The rule of a nested property; by default, off and with its parent's concern. */
export function nestedRule(rows: LiveTable | undefined, name: string, { concern }: Pick<Compared, "concern">) {
  return ruleOf(rows ?? {}, name) ?? { concern, defaults: [] };
}
