import { NotUnderstood } from "./not-understood";

/**
 * Characters of the longest text that is read. AWS takes 32,768 bytes for a key policy and less for every other (AWS
 * general reference, quotas of each service), so what is longer is no policy that AWS keeps.
 */
export const MAX_TEXT = 262_144;

/** White space and a byte order mark in front of a document. */
const BEFORE = /^[\s\uFEFF]+/;

/** A text without white space and a byte order mark in front. */
export function trimmed(text: string): string {
  return text.replace(BEFORE, "").trimEnd();
}

/**
 * The value that a JSON text holds. A key may be in an object once alone (IAM User Guide, "Grammar of the IAM JSON policy
 * language"): of two, one reader takes the first and another the last.
 *
 * @throws NotUnderstood for anything else
 */
export function parseJson(text: string): unknown {
  if (text.length > MAX_TEXT) {
    throw new NotUnderstood(`it has ${String(text.length)} characters, more than any policy that AWS takes`);
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
    throw new NotUnderstood("it is no JSON");
  }
}

/** A key that an object of valid JSON has more than once, in quotes. */
function repeatedKey(json: string): string | undefined {
  // One set for each open object, undefined for each open list.
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
