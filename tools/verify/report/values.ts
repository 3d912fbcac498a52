import { isProperties } from "../../model/resource";
import { printable } from "../../io/terminal";
import { UNKNOWN } from "../exports/export";

/** Most characters of a value that are shown; the JSON output has all. */
const MOST = 76;

/** Names of resources, by their ids. */
export type Names = ReadonlyMap<string, string>;

/** Ids that AWS generates: `subnet-0a1b2c3d4e5f`. */
const ID = /\b[a-z]+(?:-[a-z]+)*-[0-9a-f]{8,}\b/g;

/** A value for display: without quotes and empty parts, ids with resource names, and long values truncated. */
export function valueInWords(value: unknown, names: Names): string {
  // Truncated first, because a value may be of any length.
  const whole = inWords(value).slice(0, 4 * MOST);
  const text = printable(whole).replace(ID, (id) => {
    const name = names.get(id);
    return name === undefined ? id : `${id} (${name})`;
  });
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(inWords).join(", ");
  if (value === UNKNOWN) return "a secret";
  if (!isProperties(value)) return value === "" ? "empty" : String(value);
  const fields = Object.entries(value).filter(([, each]) => !isEmpty(each));
  return fields.length === 0
    ? "nothing"
    : `{ ${fields.map(([name, each]) => `${name}: ${inWords(each)}`).join("; ")} }`;
}

function isEmpty(value: unknown): boolean {
  if (value === "" || value === null || value === undefined || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
