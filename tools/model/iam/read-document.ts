import type { Condition, Except, IamDocument, IamStatement, Principal } from "./document";
import { parseJson } from "./json";
import { inShort, NotUnderstood } from "./not-understood";
import { operatorOf } from "./operators";

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

function conditionsOf(value: unknown): Condition[] {
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
