import { isProperties, type Properties } from "../../model/resource";
import { UNKNOWN } from "../exports/export";
import { parsed } from "../exports/nesting";
import { besides, nestedRule } from "../live/besides";
import { concernOf, isCompared, isOff, type Concern, type LiveTable, type Rule } from "../live/rule";
import { difference, inList, inPath, isNothing, sameScalar, type Found } from "./found";
import { withoutSame } from "./matching";

/** Lists whose order matters to AWS. AWS may return any other list in another order. */
const ORDERED: readonly string[] = ["domainNameServers", "instanceTypes"];
/** Maps that must match the plan exactly. A provider may add keys to others. */
const WHOLE: readonly string[] = ["tags"];

interface Mode {
  /** Whether an object must not have unplanned keys. */
  readonly isWhole: boolean;
  /** Inside a JSON document, where a single value equals a list of one, as in IAM. */
  readonly isDocument: boolean;
  readonly isOrdered: boolean;
  readonly concern: Concern;
  /** Rules for unplanned nested properties; undefined: they are not compared. */
  readonly live: { readonly rows: LiveTable; readonly resource: Properties } | undefined;
}

/** Compares the planned properties of a resource with the deployed ones. */
export function compare(planned: Properties, running: Properties): Found[] {
  return Object.keys(planned).flatMap((name) =>
    values(planned[name], running[name], inPath("", name), modeOf(name, "other", undefined)),
  );
}

/** Compares deployed properties with the plan or, if nothing is planned, with AWS's defaults. */
export function compareLive(planned: Properties, running: Properties, rows: LiveTable): Found[] {
  return Object.keys({ ...planned, ...running }).flatMap((name) => {
    const rule: Rule = nestedRule(rows, name, { concern: "other" });
    const [asked, path] = [planned[name], inPath("", name)];
    if (asked === null || asked === undefined) {
      return isCompared(rule) ? besides(running[name], rule, path, running) : [];
    }
    // A provider may omit what is off.
    if (isOff(asked) && (running[name] ?? undefined) === undefined) return [];
    const { concern, within = {} } = isCompared(rule) ? rule : { concern: concernOf(rule) };
    return values(asked, running[name], path, modeOf(name, concern, { rows: within, resource: running }));
  });
}

function modeOf(name: string, concern: Concern, live: Mode["live"]): Mode {
  return { isWhole: WHOLE.includes(name), isDocument: false, isOrdered: ORDERED.includes(name), concern, live };
}

function values(planned: unknown, running: unknown, path: string, mode: Mode): Found[] {
  const { concern } = mode;
  if (planned === null || planned === undefined) {
    return mode.isWhole && !isNothing(running) ? [difference(path, undefined, running, concern)] : [];
  }
  if (planned === UNKNOWN || running === UNKNOWN) return [{ path, concern, isUnknown: true }];
  if (isNothing(planned) && isNothing(running)) return [];
  const documents = [document(planned), document(running)] as const;
  if (documents[0] !== undefined && documents[1] !== undefined) {
    const whole = { isWhole: true, isDocument: true, isOrdered: false, concern, live: undefined };
    return values(...documents, path, whole);
  }
  if (Array.isArray(planned) && Array.isArray(running)) return lists(planned, running, path, mode);
  if (mode.isDocument && Array.isArray(planned) !== Array.isArray(running)) {
    return lists([planned].flat(), [running].flat(), path, mode);
  }
  if (isProperties(planned) && isProperties(running)) return objects(planned, running, path, mode);
  return sameScalar(planned, running) ? [] : [difference(path, planned, running, concern)];
}

function objects(planned: Properties, running: Properties, path: string, mode: Mode): Found[] {
  const { live } = mode;
  if (live === undefined || mode.isWhole) {
    const names = Object.keys(mode.isWhole ? { ...planned, ...running } : planned);
    return names.flatMap((name) => values(planned[name], running[name], inPath(path, name), mode));
  }
  return Object.keys({ ...planned, ...running }).flatMap((name) => {
    const rule = nestedRule(live.rows, name, mode);
    const [asked, nested] = [planned[name], inPath(path, name)];
    if (asked === null || asked === undefined) {
      return isCompared(rule) ? besides(running[name], rule, nested, live.resource) : [];
    }
    const { concern, within = {} } = isCompared(rule) ? rule : { concern: mode.concern };
    return values(asked, running[name], nested, { ...mode, concern, live: { ...live, rows: within } });
  });
}

/**
 * Equal items are left out, so that only the different items of a long list are reported. The rest is compared item by item
 * if both sides have the same number.
 */
function lists(planned: readonly unknown[], running: readonly unknown[], path: string, mode: Mode): Found[] {
  const isSame = (item: unknown, other: unknown): boolean => values(item, other, "", mode).length === 0;
  const left = mode.isOrdered ? { planned: [...planned.entries()], running } : withoutSame(planned, running, isSame);
  if (left.planned.length === left.running.length) {
    return left.planned.flatMap(([index, item], at) => values(item, left.running[at], inList(path, index), mode));
  }
  const [more, others] = [left.planned.map(([, item]) => item), left.running];
  const { concern } = mode;
  if (hasUnknown(more) || hasUnknown(others)) return [{ path, concern, isUnknown: true }];
  const [asked, has] = [more, others].map((list) => (list.length === 0 ? undefined : list));
  return [difference(path, asked, has, concern)];
}

/** The value of a JSON text; undefined for other text. */
function document(value: unknown): unknown {
  return typeof value === "string" && /^\s*[[{]/.test(value) ? parsed(value) : undefined;
}

function hasUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  return value === UNKNOWN || (isProperties(value) && Object.values(value).some(hasUnknown));
}
