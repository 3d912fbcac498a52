/** Characters of a value that a message shows. */
const SHOWN = 60;

/** A policy that is not read: what AWS makes of it is not known, so it counts as harmful. */
export class NotUnderstood extends Error {}

/** A value as a message shows it: short, in quotes where it is text, and without control characters. */
export function inShort(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
  }
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : String(value);
}
