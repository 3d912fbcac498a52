import { isProperties, type Properties } from "../../model/resource";

/** Deepest nesting allowed in an export, and in JSON texts inside; AWS's own documents reach about 20 levels. */
export const MAX_NESTING = 100;

/** Nesting depth of a JSON text; in other text it counts brackets outside quotes. */
export function nesting(text: string): number {
  let [depth, deepest, isQuoted] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isQuoted) {
      if (character === BACKSLASH) at += 1;
      else if (character === QUOTE) isQuoted = false;
    } else if (character === QUOTE) isQuoted = true;
    else if (OPENING.includes(character)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.includes(character)) depth -= 1;
  }
  return deepest;
}

const codes = (characters: string): readonly number[] => [...characters].map((each) => each.charCodeAt(0));
const [QUOTE, BACKSLASH] = codes('"\\');
const OPENING = codes("[{");
const CLOSING = codes("]}");

/** The value of a JSON text; undefined for other text, or if it is nested too deeply. */
export function parseDocument(text: string): unknown {
  if (nesting(text) > MAX_NESTING) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Properties with a JSON document as text, of any resource type. */
const DOCUMENTS: readonly string[] = [
  "assumeRolePolicy",
  "eventPattern",
  "lifecyclePolicy",
  "policy",
  "repositoryPolicy",
];

/**
 * The fault in the documents of a resource, as part of a sentence; undefined if there is none. AWS rejects invalid policies,
 * so a file with one is not a genuine export.
 */
export function faultInDocuments(properties: Properties): string | undefined {
  const inline = [properties["inlinePolicies"]].flat().filter(isProperties);
  for (const each of [properties, ...inline]) {
    for (const name of DOCUMENTS) {
      const text = each[name];
      const fault = typeof text === "string" && text !== "" ? faultIn(name, text) : undefined;
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function faultIn(name: string, text: string): string | undefined {
  if (nesting(text) > MAX_NESTING) return `the ${name} is nested more than ${String(MAX_NESTING)} levels deep`;
  const document = parseDocument(text);
  if (!isProperties(document)) return `the ${name} is not a JSON object`;
  const statements = document["Statement"] === undefined ? [] : [document["Statement"]].flat();
  return statements.every(isStatement)
    ? undefined
    : `the ${name} has a statement that the IAM policy grammar does not allow`;
}

/** Whether a statement has the structure of the IAM User Guide, "Grammar of the IAM JSON policy language". */
function isStatement(value: unknown): boolean {
  if (!isProperties(value)) return false;
  const { Effect: effect, Sid: sid, Condition: condition = {} } = value;
  const lists = ["Action", "NotAction", "Resource", "NotResource"].map((name) => value[name]);
  const principals = [value["Principal"], value["NotPrincipal"]];
  return (
    typeof effect === "string" &&
    (sid === undefined || typeof sid === "string") &&
    lists.every((list) => list === undefined || isTexts(list)) &&
    principals.every((each) => each === undefined || typeof each === "string" || isRecordOf(each, isTexts)) &&
    isRecordOf(condition, (keys) => isRecordOf(keys, isScalars))
  );
}

function isRecordOf(value: unknown, is: (each: unknown) => boolean): boolean {
  return isProperties(value) && Object.values(value).every(is);
}

function isTexts(value: unknown): boolean {
  return [value].flat().every((each) => typeof each === "string");
}

function isScalars(value: unknown): boolean {
  return [value].flat().every((each) => ["string", "number", "boolean"].includes(typeof each));
}
