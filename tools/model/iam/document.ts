import { operatorOf } from "./matching";

/** A policy in normalized form (IAM User Guide, "IAM JSON policy elements reference"). */
export interface IamDocument {
  /** Only the newer version has variables; a policy without a version has the older one. */
  readonly version: "2008-10-17" | "2012-10-17";
  readonly statements: readonly IamStatement[];
}

export interface IamStatement {
  /** Empty if the statement has none. */
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** Undefined in an identity-based policy, where the identity is the principal. */
  readonly principals: Except<Principal> | undefined;
  readonly actions: Except<string>;
  /** Undefined in trust policies and other policies that apply to the resource itself. */
  readonly resources: Except<string> | undefined;
  /** All of them must match. */
  readonly conditions: readonly IamCondition[];
}

/** The values of an element; for `NotAction` and the like, everything except these values. */
export interface Except<T> {
  readonly isExcept: boolean;
  /** At least one. */
  readonly list: readonly T[];
}

export interface Principal {
  /** `Everybody` is `"*"` and `{"AWS": "*"}`, which are equivalent (same guide, "Principal", "All principals"). */
  readonly kind: "Everybody" | "AWS" | "Service" | "Federated" | "CanonicalUser";
  readonly value: string;
}

export interface IamCondition {
  /** As written in the policy; always an IAM operator. */
  readonly operator: string;
  /** As written in the policy; keys are not case-sensitive. */
  readonly key: string;
  /** At least one. */
  readonly values: readonly string[];
}

/** Whether a condition has this key. */
export function isAbout({ key }: IamCondition, name: string): boolean {
  return key.toLowerCase() === name.toLowerCase();
}

const ELEMENTS = ["Version", "Id", "Statement"];
const IN_STATEMENT = [
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
];
const KINDS = ["AWS", "Service", "Federated", "CanonicalUser"] as const;

/** C0 and C1 controls and text direction marks; no AWS name contains them. */
const CONTROL = /[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;

/**
 * Reads a policy from text or an object. Accepts a single statement without a list, element names in any case, and one
 * value in place of a list.
 *
 * @throws NotUnderstood with the reason, for anything that AWS does not document
 */
export function readDocument(value: unknown): IamDocument {
  const document = fieldsOf(typeof value === "string" ? parseJson(value) : value, "the policy", ELEMENTS);
  const statement = document.get("Statement");
  if (statement === undefined) throw new NotUnderstood("it has no Statement");
  const statements = Array.isArray(statement) ? (statement as unknown[]) : [statement];
  return { version: versionOf(document.get("Version")), statements: statements.map(statementOf) };
}

function versionOf(value: unknown): IamDocument["version"] {
  if (value === undefined) return "2008-10-17";
  if (value === "2012-10-17" || value === "2008-10-17") return value;
  throw new NotUnderstood(`Version is ${inShort(value)}, not "2012-10-17" or "2008-10-17"`);
}

function statementOf(value: unknown): IamStatement {
  const statement = fieldsOf(value, "a statement", IN_STATEMENT);
  const effect = statement.get("Effect");
  if (effect !== "Allow" && effect !== "Deny") {
    throw new NotUnderstood(`Effect is ${inShort(effect)}, not "Allow" or "Deny"`);
  }
  const actions = exceptOf(statement, "Action", textsOf);
  if (actions === undefined) throw new NotUnderstood("a statement has no Action");
  return {
    sid: statement.has("Sid") ? textOf(statement.get("Sid"), "Sid") : "",
    effect,
    principals: exceptOf(statement, "Principal", principalsOf),
    actions,
    resources: exceptOf(statement, "Resource", textsOf),
    conditions: statement.has("Condition") ? conditionsOf(statement.get("Condition")) : [],
  };
}

function exceptOf<T>(
  statement: ReadonlyMap<string, unknown>,
  element: string,
  read: (value: unknown, element: string) => readonly T[],
): Except<T> | undefined {
  const [positive, negative] = [element, `Not${element}`];
  if (statement.has(positive) && statement.has(negative)) {
    throw new NotUnderstood(`a statement has both ${positive} and ${negative}`);
  }
  if (statement.has(positive)) return { isExcept: false, list: read(statement.get(positive), positive) };
  if (statement.has(negative)) return { isExcept: true, list: read(statement.get(negative), negative) };
  return undefined;
}

function principalsOf(value: unknown, element: string): Principal[] {
  if (value === "*") return [{ kind: "Everybody", value }];
  if (typeof value === "string") throw new NotUnderstood(`${element} is ${inShort(value)}, not "*" or an object`);
  const principals = [...fieldsOf(value, element, KINDS)].flatMap(([kind, names]) =>
    textsOf(names, `${element} ${kind}`).map((name): Principal => {
      const isEverybody = kind === "AWS" && name === "*";
      return { kind: isEverybody ? "Everybody" : (kind as Principal["kind"]), value: name };
    }),
  );
  if (principals.length === 0) throw new NotUnderstood(`${element} is empty`);
  return principals;
}

function conditionsOf(value: unknown): IamCondition[] {
  return [...fieldsOf(value, "Condition")].flatMap(([operator, keys]) => {
    if (operatorOf(operator) === undefined)
      throw new NotUnderstood(`${inShort(operator)} is not an IAM condition operator`);
    return [...fieldsOf(keys, operator)].map(([key, values]) => ({ operator, key, values: valuesOf(values, key) }));
  });
}

/** Values of a condition; numbers and booleans need no quotes. */
function valuesOf(value: unknown, key: string): string[] {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  if (values.length === 0) throw new NotUnderstood(`${inShort(key)} has no values`);
  return values.map((each) =>
    typeof each === "number" || typeof each === "boolean" ? String(each) : textOf(each, inShort(key)),
  );
}

function textsOf(value: unknown, element: string): string[] {
  const texts = Array.isArray(value) ? (value as unknown[]) : [value];
  if (texts.length === 0) throw new NotUnderstood(`${element} is empty`);
  return texts.map((each) => textOf(each, element));
}

function textOf(value: unknown, element: string): string {
  if (typeof value !== "string") throw new NotUnderstood(`${element} is ${inShort(value)}, not text`);
  if (CONTROL.test(value)) throw new NotUnderstood(`${element} has a control character: ${inShort(value)}`);
  return value;
}

/** The fields of an object by name. With `names`: only these names, in any case, spelled as in the list. */
function fieldsOf(value: unknown, what: string, names?: readonly string[]): Map<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new NotUnderstood(`${what} is ${inShort(value)}, not an object`);
  }
  const fields = new Map<string, unknown>();
  const seen = new Set<string>();
  for (const [key, field] of Object.entries(value)) {
    const lower = textOf(key, `a name in ${what}`).toLowerCase();
    const name = names === undefined ? key : names.find((each) => each.toLowerCase() === lower);
    if (name === undefined) throw new NotUnderstood(`${what} has ${inShort(key)}, which is not an IAM policy element`);
    if (seen.has(lower)) throw new NotUnderstood(`${what} has ${inShort(key)} more than once`);
    seen.add(lower);
    fields.set(name, field);
  }
  return fields;
}

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

/**
 * The longest text that is read, in characters. AWS accepts 32,768 bytes for a key policy and less for others (AWS General
 * Reference, quotas of each service), so a longer text cannot be a policy.
 */
const MAX_TEXT = 262_144;

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
