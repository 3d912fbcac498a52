import { NotUnderstood } from "./not-understood";

/**
 * The longest text that is read, in characters. AWS accepts 32,768 bytes for a key policy and less for others (AWS General
 * Reference, quotas of each service), so a longer text cannot be a policy.
 */
export const MAX_TEXT = 262_144;

/** White space and a byte order mark before a document. */
const BEFORE = /^[\s\uFEFF]+/;

/** A text without leading white space and byte order mark, and without trailing white space. */
export function trimmed(text: string): string {
  return text.replace(BEFORE, "").trimEnd();
}

/**
 * The value of a JSON text. Keys of an object must be unique (IAM User Guide, "Grammar of the IAM JSON policy language"):
 * of two, some readers use the first and others the last.
 *
 * @throws NotUnderstood for anything else
 */
export function parseJson(text: string): unknown {
  if (text.length > MAX_TEXT) {
    throw new NotUnderstood(`it has ${String(text.length)} characters, more than AWS accepts for any policy`);
  }
  const json = trimmed(text);
  const value = parsed(json);
  const twice = repeatedKey(json);
  if (twice !== undefined) throw new NotUnderstood(`an object has the key ${twice} more than once`);
  return value;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new NotUnderstood("it is not JSON");
  }
}

/** A key that occurs more than once in an object of valid JSON, in quotes. */
function repeatedKey(json: string): string | undefined {
  // A set for each open object, undefined for each open list.
  const open: (Set<string> | undefined)[] = [];
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  for (let match = token.exec(json); match !== null; match = token.exec(json)) {
    const [text, colon] = match;
    if (text === "{") open.push(new Set());
    else if (text === "[") open.push(undefined);
    else if (text === "}" || text === "]") open.pop();
    else if (colon !== undefined) {
      const key = String(JSON.parse(text.slice(0, text.length - colon.length)));
      const keys = open.at(-1);
      if (keys?.has(key) === true) return JSON.stringify(key);
      keys?.add(key);
    }
  }
  return undefined;
}
