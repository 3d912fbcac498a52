import { isProperties, type Properties } from "../../model/resource";
import { UNKNOWN } from "../exports/export";

/** A value that differs; absent on the side where there is none. */
export interface Difference {
  /** `subnetIds`, `policy.Statement[0].Action`, `tags["karpenter.sh/discovery"]`. */
  readonly path: string;
  readonly planned?: unknown;
  readonly running?: unknown;
}

export interface Found extends Difference {
  /** Whether one of the two cannot be known, so that nothing is said. */
  readonly isUnknown: boolean;
}

/** Lists whose order AWS keeps and acts by. Of every other one it may give the items back in an order of its own. */
const ORDERED: readonly string[] = ["domainNameServers", "instanceTypes"];
/** Maps of which the plan says all there is to be. Of other properties a provider may add some. */
const WHOLE: readonly string[] = ["tags"];

interface Mode {
  /** Of an object, whether what is not planned must not run. */
  readonly isWhole: boolean;
  /** Inside a JSON document: one item may stand for a list of one, as IAM has it. */
  readonly isDocument: boolean;
  readonly isOrdered: boolean;
}

/** Compares the planned properties of a resource with those that run. */
export function compare(planned: Properties, running: Properties): Found[] {
  return Object.keys(planned).flatMap((name) =>
    values(planned[name], running[name], inPath("", name), {
      isWhole: WHOLE.includes(name),
      isDocument: false,
      isOrdered: ORDERED.includes(name),
    }),
  );
}

function values(planned: unknown, running: unknown, path: string, mode: Mode): Found[] {
  if (planned === null || planned === undefined) {
    return mode.isWhole && !isNothing(running) ? [difference(path, undefined, running)] : [];
  }
  if (planned === UNKNOWN || running === UNKNOWN) return [{ path, isUnknown: true }];
  if (isNothing(planned) && isNothing(running)) return [];
  const documents = [document(planned), document(running)] as const;
  if (documents[0] !== undefined && documents[1] !== undefined) {
    return values(...documents, path, { isWhole: true, isDocument: true, isOrdered: false });
  }
  if (Array.isArray(planned) && Array.isArray(running)) return lists(planned, running, path, mode);
  if (mode.isDocument && Array.isArray(planned) !== Array.isArray(running)) {
    return lists([planned].flat(), [running].flat(), path, mode);
  }
  if (isProperties(planned) && isProperties(running)) return objects(planned, running, path, mode);
  return sameScalar(planned, running) ? [] : [difference(path, planned, running)];
}

function objects(planned: Properties, running: Properties, path: string, mode: Mode): Found[] {
  const names = Object.keys(mode.isWhole ? { ...planned, ...running } : planned);
  return names.flatMap((name) => values(planned[name], running[name], inPath(path, name), mode));
}

/**
 * What is the same on both sides is left out, so that of a long list the one strange item is told. Of the rest, items
 * are told one by one where there are as many on both sides.
 */
function lists(planned: readonly unknown[], running: readonly unknown[], path: string, mode: Mode): Found[] {
  const left = mode.isOrdered ? { planned: [...planned.entries()], running } : withoutSame(planned, running, mode);
  if (left.planned.length === left.running.length) {
    return left.planned.flatMap(([index, item], at) => values(item, left.running[at], inList(path, index), mode));
  }
  const [more, others] = [left.planned.map(([, item]) => item), left.running];
  if (hasUnknown(more) || hasUnknown(others)) return [{ path, isUnknown: true }];
  return [difference(path, more.length === 0 ? undefined : more, others.length === 0 ? undefined : others)];
}

/** Items that are the same whichever is taken for planned are matched first: what one lacks may be in another. */
function withoutSame(planned: readonly unknown[], running: readonly unknown[], mode: Mode) {
  const isSame = (item: unknown, other: unknown): boolean => values(item, other, "", mode).length === 0;
  const rest = [...running];
  const without = (left: [number, unknown][], matches: typeof isSame): [number, unknown][] =>
    left.filter(([, item]) => {
      const at = rest.findIndex((each) => matches(item, each));
      if (at >= 0) rest.splice(at, 1);
      return at < 0;
    });
  const differing = without([...planned.entries()], (item, other) => isSame(item, other) && isSame(other, item));
  return { planned: without(differing, isSame), running: rest };
}

export function difference(path: string, planned: unknown, running: unknown): Found {
  return {
    path,
    ...(planned === undefined ? {} : { planned }),
    ...(running === undefined ? {} : { running }),
    isUnknown: false,
  };
}

/** JSON text as what it says; undefined for other text. */
function document(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** What a provider leaves out, and may put in its place. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isProperties(value) && Object.keys(value).length === 0;
}

/** A provider may keep `3` for `"3"`, and `true` for `"true"`. */
function sameScalar(planned: unknown, running: unknown): boolean {
  const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);
  return isScalar(planned) && isScalar(running) && String(planned) === String(running);
}

function hasUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  return value === UNKNOWN || (isProperties(value) && Object.values(value).some(hasUnknown));
}

function inList(path: string, index: number): string {
  return `${path}[${String(index)}]`;
}

function inPath(path: string, name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
