import { isProperties } from "../../model/resource";
import type { Concern } from "../live/rule";

/** A value that differs; absent on a side without a value. */
export interface PropertyDifference {
  /** `subnetIds`, `policy.Statement[0].Action`, `tags["karpenter.sh/discovery"]`. */
  readonly path: string;
  readonly planned?: unknown;
  /** The deployed value. */
  readonly running?: unknown;
  /** What the property affects; critical, unless it is `other`. */
  readonly concern: Concern;
}

/** The result of a comparison: a difference, or a value that cannot be compared. */
export interface PropertyFinding extends PropertyDifference {
  /** Whether one of the two is unknown, so that they cannot be compared. */
  readonly isUnknown: boolean;
}

export function propertyDifference(
  path: string,
  planned: unknown,
  deployed: unknown,
  concern: Concern,
): PropertyFinding {
  return {
    path,
    ...(planned === undefined ? {} : { planned }),
    ...(deployed === undefined ? {} : { running: deployed }),
    concern,
    isUnknown: false,
  };
}

export function unknown(path: string, concern: Concern): PropertyFinding {
  return { path, concern, isUnknown: true };
}

/** The path of an item of a list. */
export function itemPath(path: string, index: number): string {
  return `${path}[${String(index)}]`;
}

/** The path of a property of an object; `path` is empty for the resource itself. */
export function propertyPath(path: string, name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

/** Whether a value is one that providers treat as absent. */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isProperties(value) && Object.keys(value).length === 0;
}

/** Whether scalars are equal; a provider may store `3` for `"3"`, and `true` for `"true"`. */
export function equalScalars(one: unknown, other: unknown): boolean {
  const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);
  return isScalar(one) && isScalar(other) && String(one) === String(other);
}

/** Whether two values are equal, ignoring empty properties; the order of lists matters. */
export function equalValues(one: unknown, other: unknown): boolean {
  if (isAbsent(one) && isAbsent(other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, index) => equalValues(each, other[index]));
  }
  if (isProperties(one) && isProperties(other)) {
    return Object.keys({ ...one, ...other }).every((name) => equalValues(one[name], other[name]));
  }
  return equalScalars(one, other);
}

/** Most pairs of items that are compared; longer lists are first reduced by textual equality. */
const MAX_PAIRS = 40_000;

type IsEqual = (planned: unknown, deployed: unknown) => boolean;

/** The items of two lists that have no equal in the other one. */
interface UnmatchedItems {
  /** Each with its original index. */
  readonly planned: readonly (readonly [number, unknown])[];
  readonly deployed: readonly unknown[];
}

/**
 * Two lists without the items that both have, in any order. Items that are equal in both directions are matched first,
 * because a partial item could also match a more complete one.
 */
export function unmatchedItems(
  planned: readonly unknown[],
  deployed: readonly unknown[],
  isEqual: IsEqual,
): UnmatchedItems {
  const whole: UnmatchedItems = { planned: [...planned.entries()], deployed };
  const left = pairs(whole) > MAX_PAIRS ? withoutEqualTexts(whole) : whole;
  if (pairs(left) > MAX_PAIRS) return left;
  return withoutMatches(
    withoutMatches(left, (one, other) => isEqual(one, other) && isEqual(other, one)),
    isEqual,
  );
}

function pairs({ planned, deployed }: UnmatchedItems): number {
  return planned.length * deployed.length;
}

function withoutMatches({ planned, deployed }: UnmatchedItems, isEqual: IsEqual): UnmatchedItems {
  const rest = [...deployed];
  const left = planned.filter(([, item]) => {
    const at = rest.findIndex((each) => isEqual(item, each));
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return { planned: left, deployed: rest };
}

/** The lists without textually equal items. */
function withoutEqualTexts({ planned, deployed }: UnmatchedItems): UnmatchedItems {
  const asText = (item: unknown): string => `${typeof item} ${String(JSON.stringify(item))}`;
  const texts = { planned: planned.map(([, item]) => asText(item)), deployed: deployed.map(asText) };
  return {
    planned: subtract(planned, texts.planned, texts.deployed),
    deployed: subtract(deployed, texts.deployed, texts.planned),
  };
}

/** The items whose text is not in `others`; each entry of `others` removes one item. */
function subtract<T>(items: readonly T[], texts: readonly string[], others: readonly string[]): T[] {
  const counts = new Map<string | undefined, number>();
  for (const text of others) counts.set(text, (counts.get(text) ?? 0) + 1);
  return items.filter((_item, index) => {
    const count = counts.get(texts[index]) ?? 0;
    counts.set(texts[index], count - 1);
    return count <= 0;
  });
}
