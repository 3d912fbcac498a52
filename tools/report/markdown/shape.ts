/** JSON of another shape; the message says where, what is there and what must be. */
export class ShapeError extends Error {}

/** A value of JSON and where it is, such as `stacks.dev.resources[3].type`. */
export interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** Reads a value of one type from its place. @throws ShapeError */
export type Read<T> = (place: Place) => T;

export const text: Read<string> = (place) =>
  typeof place.value === "string" ? place.value : refuse(place, "must be text");

export const flag: Read<boolean> = (place) =>
  typeof place.value === "boolean" ? place.value : refuse(place, "must be true or false");

/** Dollars that are read as a cost; more would not be whole cents any longer. */
const MAX_AMOUNT = 1_000_000_000;

export const amount: Read<number> = (place) =>
  typeof place.value === "number" && place.value >= 0 && place.value <= MAX_AMOUNT
    ? place.value
    : refuse(place, `must be a number from 0 to ${String(MAX_AMOUNT)}`);

export function textOrNull(place: Place): string | null {
  return place.value === null ? null : text(place);
}

export function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return (place) =>
    Array.isArray(place.value)
      ? place.value.map((value: unknown, index) => read({ value, path: `${place.path}[${String(index)}]` }))
      : refuse(place, "must be a list");
}

export function recordOf<T>(read: Read<T>): Read<Readonly<Record<string, T>>> {
  return (place) =>
    Object.fromEntries(
      Object.entries(object(place)).map(([key, value]) => [key, read({ value, path: below(place, key) })]),
    );
}

/** What is at a key of an object; absent, it reads `undefined`. */
export function at(place: Place, key: string): Place {
  const fields = object(place);
  return { value: Object.hasOwn(fields, key) ? fields[key] : undefined, path: below(place, key) };
}

export function optional<T>(read: Read<T>): Read<T | undefined> {
  return (place) => (place.value === undefined ? undefined : read(place));
}

/** Levels of lists and objects inside of each other that are read; more would overflow the stack of what walks them. */
const MAX_DEPTH = 64;

/** Any JSON. */
export const json: Read<unknown> = (place) =>
  isDeeper(place.value, MAX_DEPTH) ? refuse(place, `must have ${String(MAX_DEPTH)} levels at most`) : place.value;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}

function object(place: Place): Readonly<Record<string, unknown>> {
  const { value } = place;
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : refuse(place, "must be an object");
}

function below({ path }: Place, key: string): string {
  const name = /^[\w-]{1,60}$/.test(key) ? key : JSON.stringify(key.slice(0, 60));
  return path === "" ? name : `${path}.${name}`;
}

function refuse({ value, path }: Place, must: string): never {
  throw new ShapeError(`${path === "" ? "it" : path} is ${described(value)}: ${must}`);
}

function described(value: unknown): string {
  if (value === undefined) return "absent";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return JSON.stringify(typeof value === "string" ? value.slice(0, 60) : value);
}
