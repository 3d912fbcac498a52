import { isProperties, type Properties } from "../../model/resource";
import { parseDocument, UNKNOWN } from "../exports/export";
import {
  concernOf,
  isCompared,
  isOff,
  nestedRule,
  type ComparedProperty,
  type Concern,
  type LiveTable,
} from "../live/rule";
import {
  propertyDifference,
  equalScalars,
  equalValues,
  isAbsent,
  itemPath,
  propertyPath,
  unknown,
  unmatchedItems,
  type PropertyFinding,
} from "./difference";

/** Lists whose order matters to AWS. AWS may return any other list in another order. */
const ORDERED: readonly string[] = ["domainNameServers", "instanceTypes"];
/** Maps that must match the plan exactly. A provider may add keys to others. */
const EXACT: readonly string[] = ["tags"];

/** How the values of a property are compared. */
interface Mode {
  /** Whether an object must not have unplanned keys. */
  readonly isExact: boolean;
  /** Inside a JSON document, where a single value equals a list of one, as in IAM. */
  readonly isDocument: boolean;
  readonly isOrdered: boolean;
  readonly concern: Concern;
  /** Rules for unplanned nested properties; undefined: they are not compared. */
  readonly live: { readonly rows: LiveTable; readonly resource: Properties } | undefined;
}

/** Compares the planned properties of a resource with the deployed ones. */
export function compare(planned: Properties, deployed: Properties): PropertyFinding[] {
  return Object.keys(planned).flatMap((name) =>
    compareValues(planned[name], deployed[name], propertyPath("", name), modeOf(name, "other", undefined)),
  );
}

/** Compares deployed properties with the plan or, if nothing is planned, with AWS's defaults. */
export function compareLive(planned: Properties, deployed: Properties, rows: LiveTable): PropertyFinding[] {
  return Object.keys({ ...planned, ...deployed }).flatMap((name) => {
    const rule = nestedRule(rows, name, { concern: "other" });
    const [value, path] = [planned[name], propertyPath("", name)];
    if (value === null || value === undefined) {
      return isCompared(rule) ? compareWithDefault(deployed[name], rule, path, deployed) : [];
    }
    // A provider may omit what is off.
    if (isOff(value) && (deployed[name] ?? undefined) === undefined) return [];
    const nested = isCompared(rule) ? rule.within : undefined;
    const live = { rows: nested ?? {}, resource: deployed };
    return compareValues(value, deployed[name], path, modeOf(name, concernOf(rule), live));
  });
}

/**
 * The difference between AWS's default and a deployed property that the program does not set; empty if there is none.
 *
 * @param resource - all deployed properties of the resource
 */
export function compareWithDefault(
  value: unknown,
  rule: ComparedProperty,
  path: string,
  resource: Properties,
): PropertyFinding[] {
  const { concern, defaults, isDefault, within } = rule;
  if (value === UNKNOWN) return [unknown(path, concern)];
  if (isAbsent(value) || defaults.some((each) => equalValues(each, value))) return [];
  if (isDefault?.(value, resource) === true) return [];
  // Without a default, off is the default; with one, off is a difference.
  const hasDefault = defaults.length > 0 || isDefault !== undefined;
  if (!hasDefault && isOff(value)) return [];
  if (hasDefault || !isProperties(value)) return [propertyDifference(path, undefined, value, concern)];
  return Object.entries(value).flatMap(([name, each]) => {
    const nested = nestedRule(within, name, rule);
    return isCompared(nested) ? compareWithDefault(each, nested, propertyPath(path, name), resource) : [];
  });
}

function modeOf(name: string, concern: Concern, live: Mode["live"]): Mode {
  return { isExact: EXACT.includes(name), isDocument: false, isOrdered: ORDERED.includes(name), concern, live };
}

function compareValues(planned: unknown, deployed: unknown, path: string, mode: Mode): PropertyFinding[] {
  const { concern } = mode;
  if (planned === null || planned === undefined) {
    return mode.isExact && !isAbsent(deployed) ? [propertyDifference(path, undefined, deployed, concern)] : [];
  }
  if (planned === UNKNOWN || deployed === UNKNOWN) return [unknown(path, concern)];
  if (isAbsent(planned) && isAbsent(deployed)) return [];
  const documents = [documentIn(planned), documentIn(deployed)] as const;
  if (documents[0] !== undefined && documents[1] !== undefined) {
    const exact = { isExact: true, isDocument: true, isOrdered: false, concern, live: undefined };
    return compareValues(...documents, path, exact);
  }
  if (Array.isArray(planned) && Array.isArray(deployed)) return compareLists(planned, deployed, path, mode);
  if (mode.isDocument && Array.isArray(planned) !== Array.isArray(deployed)) {
    return compareLists([planned].flat(), [deployed].flat(), path, mode);
  }
  if (isProperties(planned) && isProperties(deployed)) return compareObjects(planned, deployed, path, mode);
  return equalScalars(planned, deployed) ? [] : [propertyDifference(path, planned, deployed, concern)];
}

function compareObjects(planned: Properties, deployed: Properties, path: string, mode: Mode): PropertyFinding[] {
  const { live } = mode;
  if (live === undefined || mode.isExact) {
    const names = Object.keys(mode.isExact ? { ...planned, ...deployed } : planned);
    return names.flatMap((name) => compareValues(planned[name], deployed[name], propertyPath(path, name), mode));
  }
  return Object.keys({ ...planned, ...deployed }).flatMap((name) => {
    const rule = nestedRule(live.rows, name, mode);
    const [value, nested] = [planned[name], propertyPath(path, name)];
    if (value === null || value === undefined) {
      return isCompared(rule) ? compareWithDefault(deployed[name], rule, nested, live.resource) : [];
    }
    const { concern, within = {} } = isCompared(rule) ? rule : { concern: mode.concern };
    return compareValues(value, deployed[name], nested, { ...mode, concern, live: { ...live, rows: within } });
  });
}

/**
 * Equal items are left out, so that only the different items of a long list are reported. The rest is compared item by item
 * if both sides have the same number.
 */
function compareLists(
  planned: readonly unknown[],
  deployed: readonly unknown[],
  path: string,
  mode: Mode,
): PropertyFinding[] {
  const isEqual = (item: unknown, other: unknown): boolean => compareValues(item, other, "", mode).length === 0;
  const left = mode.isOrdered
    ? { planned: [...planned.entries()], deployed }
    : unmatchedItems(planned, deployed, isEqual);
  if (left.planned.length === left.deployed.length) {
    return left.planned.flatMap(([index, item], at) =>
      compareValues(item, left.deployed[at], itemPath(path, index), mode),
    );
  }
  const lists = [left.planned.map(([, item]) => item), left.deployed] as const;
  if (lists.some(hasUnknown)) return [unknown(path, mode.concern)];
  const [missing, unplanned] = lists.map((list) => (list.length === 0 ? undefined : list));
  return [propertyDifference(path, missing, unplanned, mode.concern)];
}

/** The value of a JSON text; undefined for other text. */
function documentIn(value: unknown): unknown {
  return typeof value === "string" && /^\s*[[{]/.test(value) ? parseDocument(value) : undefined;
}

function hasUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  return value === UNKNOWN || (isProperties(value) && Object.values(value).some(hasUnknown));
}
