/** The most characters of a value that a message shows. */
const SHOWN = 60;

/** A policy that cannot be read. Its effect is unknown, so it counts as harmful. */
export class NotUnderstood extends Error {}

/** A value as shown in messages: shortened, text in quotes, without control characters. */
export function inShort(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
  }
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : String(value);
}
