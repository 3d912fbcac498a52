import { isProperties } from "../../model/resource";
import type { Concern } from "../live/rule";

/** A value that differs; absent on a side without a value. */
export interface Difference {
  /** `subnetIds`, `policy.Statement[0].Action`, `tags["karpenter.sh/discovery"]`. */
  readonly path: string;
  readonly planned?: unknown;
  readonly running?: unknown;
  /** What the property affects; critical, unless it is `other`. */
  readonly concern: Concern;
}

export interface Found extends Difference {
  /** Whether one of the two is unknown, so that they cannot be compared. */
  readonly isUnknown: boolean;
}

export function difference(path: string, planned: unknown, running: unknown, concern: Concern): Found {
  return {
    path,
    ...(planned === undefined ? {} : { planned }),
    ...(running === undefined ? {} : { running }),
    concern,
    isUnknown: false,
  };
}

/** Whether a value is one that providers treat as absent. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isProperties(value) && Object.keys(value).length === 0;
}

/** Whether scalars are equal; a provider may store `3` for `"3"`, and `true` for `"true"`. */
export function sameScalar(planned: unknown, running: unknown): boolean {
  const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);
  return isScalar(planned) && isScalar(running) && String(planned) === String(running);
}

/** Whether two values are equal, ignoring empty properties; the order of lists matters. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (isNothing(one) && isNothing(other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, index) => sameValue(each, other[index]));
  }
  if (isProperties(one) && isProperties(other)) {
    return Object.keys({ ...one, ...other }).every((name) => sameValue(one[name], other[name]));
  }
  return sameScalar(one, other);
}

export function inList(path: string, index: number): string {
  return `${path}[${String(index)}]`;
}

export function inPath(path: string, name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
