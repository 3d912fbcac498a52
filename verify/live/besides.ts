import { isProperties, type Properties } from "../../model/resource";
import { difference, inPath, isNothing, sameValue, type Found } from "../drift/found";
import { UNKNOWN } from "../exports/export";
import { isCompared, isOff, ruleOf, type Compared, type LiveTable } from "./rule";

/**
 * What AWS has in a property that the program does not set, beside AWS's default; empty where it is the default.
 *
 * @param resource All live properties of the resource.
 */
export function besides(value: unknown, rule: Compared, path: string, resource: Properties): Found[] {
  const { concern, defaults, isDefault, within } = rule;
  if (value === UNKNOWN) return [{ path, concern, isUnknown: true }];
  if (isNothing(value) || defaults.some((each) => sameValue(each, value))) return [];
  if (isDefault?.(value, resource) === true) return [];
  // Without a default of its own it is off; with one, to be off is to differ.
  const hasDefault = defaults.length > 0 || isDefault !== undefined;
  if (!hasDefault && isOff(value)) return [];
  if (hasDefault || !isProperties(value)) return [difference(path, undefined, value, concern)];
  return Object.entries(value).flatMap(([name, each]) => {
    const nested = nestedRule(within, name, rule);
    return isCompared(nested) ? besides(each, nested, inPath(path, name), resource) : [];
  });
}

/** The rule of a nested property: where it has none, off by default and of its parent's concern. */
export function nestedRule(rows: LiveTable | undefined, name: string, { concern }: Pick<Compared, "concern">) {
  return ruleOf(rows ?? {}, name) ?? { concern, defaults: [] };
}
