import { isProperties, type ModelResource } from "../resource";
import { NotUnderstood, parseJson, readDocument, trimmed, type IamDocument } from "./document";

/** A policy and where it is in a resource. */
interface FoundDocument {
  /** Path of the property: `policy`, `inlinePolicies.0.policy`. */
  readonly path: string;
  /** The document, or the reason that it cannot be read. */
  readonly read: IamDocument | NotUnderstood;
}

/** Names of properties that always contain an IAM policy. */
const DOCUMENT_PROPERTIES = new Set(
  ["policy", "policyDocument", "assumeRolePolicy", "assumeRolePolicyDocument", "inlinePolicy", "keyPolicy"]
    .concat(["accessPolicy", "accessPolicies", "repositoryPolicy", "resourcePolicy", "permissionsPolicy"])
    .map((name) => name.toLowerCase()),
);

/**
 * Exceptions by type: properties of that name that contain something else, such as ECR lifecycle rules, or how an add-on
 * synchronizes DNS records.
 */
const OTHER_DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ["policy"],
  "aws:eks/addon:Addon": ["policy"],
};

/** What marks a text as a policy, in JSON or YAML. */
const MENTIONS = [/\bstatement["']?\s*:/i, /\beffect["']?\s*:/i] as const;
const NO_JSON = new NotUnderstood("it contains statements and effects, but is not JSON");

/** Levels of nesting that are searched; AWS's own types have fewer than 20. */
const MAX_DEPTH = 50;

const known = new WeakMap<ModelResource["inputs"], readonly FoundDocument[]>();

/**
 * Every policy in the properties of a resource: any object, or text that contains one, with statements, at any depth; and
 * the value of every property that is named as a policy.
 */
export function findDocuments({ type, inputs }: Pick<ModelResource, "type" | "inputs">): readonly FoundDocument[] {
  const found = known.get(inputs) ?? search(type, inputs);
  known.set(inputs, found);
  return found;
}

interface Location {
  readonly value: unknown;
  readonly path: readonly string[];
  readonly isText: boolean;
}

/** Not recursive, so that deep nesting cannot overflow the stack. */
function search(type: string, inputs: ModelResource["inputs"]): FoundDocument[] {
  const found: FoundDocument[] = [];
  const open: Location[] = [{ value: inputs, path: [], isText: false }];
  for (let location = open.pop(); location !== undefined; location = open.pop()) {
    const { value, path } = location;
    if (path.length > MAX_DEPTH) {
      found.push({ path: inWords(path.slice(0, 3)), read: new NotUnderstood("it is nested too deeply") });
      continue;
    }
    const read = reading(type, location);
    if (read !== undefined) {
      found.push({ path: inWords(path), read });
      continue;
    }
    if (typeof value === "string") {
      const inside = insideOf(value);
      if (inside !== undefined && !(inside instanceof NotUnderstood)) open.push({ value: inside, path, isText: true });
    } else if (typeof value === "object" && value !== null) {
      // Reversed, because the last entry pushed is searched first.
      const entries = Object.entries(value).reverse();
      open.push(...entries.map(([name, each]) => ({ value: each as unknown, path: [...path, name], isText: false })));
    }
  }
  return found;
}

/** The policy at a location; undefined: none. */
function reading(type: string, { value, path, isText }: Location): IamDocument | NotUnderstood | undefined {
  const isEmpty = value === undefined || value === null || value === "" || Array.isArray(value);
  if (!isEmpty && !isText && isDocumentProperty(type, path)) return attempt(value);
  if (typeof value !== "string") return isProperties(value) && hasStatements(value) ? attempt(value) : undefined;
  const inside = insideOf(value);
  // A YAML template, or truncated text.
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

/** The object or list in a JSON text; undefined for other text. */
function insideOf(text: string): object | NotUnderstood | undefined {
  if (!/^[{[]/.test(trimmed(text))) return undefined;
  try {
    return parseJson(text) as object;
  } catch (error) {
    if (error instanceof NotUnderstood) return error;
    throw error;
  }
}

/** Whether an object has IAM statements. Lower case needs effects: web ACL rules have statements without them. */
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
