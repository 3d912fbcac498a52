import { isProperties, type ModelResource } from "../resource";
import type { IamDocument } from "./document";
import { parseJson, trimmed } from "./json";
import { NotUnderstood } from "./not-understood";
import { readDocument } from "./read-document";

/** A policy and where it is in a resource. */
export interface FoundDocument {
  /** Path of the property: `policy`, `inlinePolicies.0.policy`. */
  readonly path: string;
  /** The document, or why it is not understood. */
  readonly read: IamDocument | NotUnderstood;
}

/** Properties that hold a policy of IAM's by name, whatever is in them. */
const DOCUMENT_PROPERTIES = new Set(
  ["policy", "policyDocument", "assumeRolePolicy", "assumeRolePolicyDocument", "inlinePolicy", "keyPolicy"]
    .concat(["accessPolicy", "accessPolicies", "repositoryPolicy", "resourcePolicy", "permissionsPolicy"])
    .map((name) => name.toLowerCase()),
);

/** Properties of that name that hold something else, by type: rules by which images are deleted. */
const OTHER_DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ["policy"],
};

/** How a text shows that it holds a policy, in JSON or in YAML. */
const MENTIONS = [/\bstatement["']?\s*:/i, /\beffect["']?\s*:/i] as const;
const NO_JSON = new NotUnderstood("it speaks of statements and their effects, and is no JSON");

/** Levels of lists and objects that are searched; AWS's own types have fewer than 20. */
const MAX_DEPTH = 50;

const known = new WeakMap<ModelResource["inputs"], readonly FoundDocument[]>();

/**
 * Every policy in what is asked for of a resource, told by its shape: an object, or a text that holds one, with
 * statements, in any property and at any depth; and whatever is in a property that is named as a policy.
 */
export function findDocuments({ type, inputs }: Pick<ModelResource, "type" | "inputs">): readonly FoundDocument[] {
  const found = known.get(inputs) ?? search(type, inputs);
  known.set(inputs, found);
  return found;
}

interface Place {
  readonly value: unknown;
  readonly path: readonly string[];
  readonly isText: boolean;
}

/** Without recursion, so that no depth of what is searched ends in an overflow. */
function search(type: string, inputs: ModelResource["inputs"]): FoundDocument[] {
  const found: FoundDocument[] = [];
  const open: Place[] = [{ value: inputs, path: [], isText: false }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, path } = place;
    if (path.length > MAX_DEPTH) {
      found.push({ path: inWords(path.slice(0, 3)), read: new NotUnderstood("it is too deep to be searched") });
      continue;
    }
    const read = reading(type, place);
    if (read !== undefined) {
      found.push({ path: inWords(path), read });
      continue;
    }
    if (typeof value === "string") {
      const inside = insideOf(value);
      if (inside !== undefined && !(inside instanceof NotUnderstood)) open.push({ value: inside, path, isText: true });
    } else if (typeof value === "object" && value !== null) {
      // Reversed, since the last that is pushed is searched first.
      const entries = Object.entries(value).reverse();
      open.push(...entries.map(([name, each]) => ({ value: each as unknown, path: [...path, name], isText: false })));
    }
  }
  return found;
}

/** What is read at a place; undefined: no policy is there. */
function reading(type: string, { value, path, isText }: Place): IamDocument | NotUnderstood | undefined {
  const isEmpty = value === undefined || value === null || value === "" || Array.isArray(value);
  if (!isEmpty && !isText && isDocumentProperty(type, path)) return attempt(value);
  if (typeof value !== "string") return isProperties(value) && hasStatements(value) ? attempt(value) : undefined;
  const inside = insideOf(value);
  // A template in YAML, or a text that is cut off.
  if (inside === undefined) return MENTIONS.every((each) => each.test(value)) ? NO_JSON : undefined;
  if (inside instanceof NotUnderstood) return MENTIONS[0].test(value) ? inside : undefined;
  return hasStatements(inside) ? attempt(value) : undefined;
}

function isDocumentProperty(type: string, path: readonly string[]): boolean {
  const name = path.filter((each) => !/^\d+$/.test(each)).at(-1) ?? "";
  return DOCUMENT_PROPERTIES.has(name.toLowerCase()) && OTHER_DOCUMENTS[type]?.includes(name) !== true;
}

function attempt(value: unknown): IamDocument | NotUnderstood {
  try {
    return readDocument(value);
  } catch (error) {
    if (error instanceof NotUnderstood) return error;
    throw error;
  }
}

/** The object or list that a text holds as JSON; undefined where it is another text. */
function insideOf(text: string): object | NotUnderstood | undefined {
  if (!/^[{[]/.test(trimmed(text))) return undefined;
  try {
    return parseJson(text) as object;
  } catch (error) {
    if (error instanceof NotUnderstood) return error;
    throw error;
  }
}

/** As IAM has them. In lower case, with effects inside: rules of a web ACL have a statement too, and no effect. */
function hasStatements(value: object): boolean {
  return Object.entries(value).some(([key, each]) => {
    if (key === "Statement") return true;
    if (key.toLowerCase() !== "statement") return false;
    const statements: unknown[] = Array.isArray(each) ? (each as unknown[]) : [each];
    return statements.some(
      (statement) => isProperties(statement) && Object.keys(statement).some((name) => name.toLowerCase() === "effect"),
    );
  });
}

function inWords(path: readonly string[]): string {
  return path.join(".").replace(/\p{Cc}/gu, "?");
}
