import { closest } from "fastest-levenshtein";
import { UserError } from "../../io/errors";
import { isProperties } from "../../model/resource";
import type { Json } from "../engine/resource";

/** Configuration that the plan or the Pulumi CLI rejects before the program starts. */
export class ProjectError extends UserError {}

const TYPES = ["string", "integer", "boolean", "array", "object"] as const;

/** A key as `config` of `Pulumi.yaml` declares it. */
export interface Declaration {
  /** Undefined for the short form, `KEY: VALUE`, whose type is not checked. */
  readonly type?: (typeof TYPES)[number];
  /** Value for stacks that set none: `default`, or `value`, which means the same. */
  readonly default?: Json;
}

/** The content of `config` of `Pulumi.yaml`. */
interface Declarations {
  /** Keys of the project's own namespace, without it. */
  readonly declared: Readonly<Record<string, Declaration>>;
  /** Values for every stack under keys of other namespaces, such as `aws:region`. */
  readonly shared: Readonly<Record<string, Json>>;
}

const FIELDS = ["type", "default", "value", "items", "description", "secret"];

/**
 * Reads `config` of `Pulumi.yaml` as the Pulumi CLI does (Pulumi Docs, "Project-level configuration"). A key without a
 * namespace is one of the project's and has `{type, default, ...}` or only a value. A key of another namespace has a value
 * and no type.
 *
 * @param file its path, for messages
 * @throws ProjectError that names the key
 */
export function readDeclarations(config: unknown, project: string, file: string): Declarations {
  if (config === undefined || config === null) return { declared: {}, shared: {} };
  if (!isProperties(config)) {
    throw new ProjectError(`config in ${file} is ${described(config)}: must be an object, KEY: {type, default}`);
  }
  const declared: [string, Declaration][] = [];
  const shared: [string, Json][] = [];
  for (const [name, value] of Object.entries(config)) {
    const [namespace, key] = name.includes(":") ? partsOf(name, file) : [project, name];
    const place = `config.${name} in ${file}`;
    const fields = fieldsOf(value, place);
    const given = fields["default"] ?? fields["value"];
    if (namespace === project) declared.push([key, declarationOf(fields, given, place)]);
    else if (fields["type"] !== undefined || fields["default"] !== undefined) {
      throw new ProjectError(`${place} has a type or a default: a key of another namespace must be {value: VALUE}`);
    } else if (given !== undefined) shared.push([`${namespace}:${key}`, given]);
  }
  return { declared: Object.fromEntries(declared), shared: Object.fromEntries(shared) };
}

/** The fields of a declaration; a value alone is the short form of `{value: VALUE}`. */
function fieldsOf(value: unknown, place: string): Readonly<Record<string, Json | undefined>> {
  if (value === null) throw new ProjectError(`${place} is empty: must be {type, default}, or a value`);
  if (!isProperties(value)) return { value: value as Json };
  const unknown = Object.keys(value).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) {
    const nearest = closest(unknown.slice(0, 60), FIELDS);
    throw new ProjectError(
      `${place} has the field ${JSON.stringify(unknown.slice(0, 60))}: fields are ${FIELDS.join(", ")}; ` +
        `rename it to ${nearest}, the nearest, or put the whole value below default`,
    );
  }
  if (value["default"] !== undefined && value["value"] !== undefined) {
    throw new ProjectError(`${place} has a default and a value: remove one of the two`);
  }
  return value as Readonly<Record<string, Json>>;
}

function declarationOf(
  { type }: Readonly<Record<string, Json | undefined>>,
  given: Json | undefined,
  place: string,
): Declaration {
  const known = TYPES.find((each) => each === type);
  if (type !== undefined && known === undefined) {
    throw new ProjectError(`${place} has the type ${JSON.stringify(type)}: must be ${TYPES.join(", ")}`);
  }
  return { ...(known === undefined ? {} : { type: known }), ...(given === undefined ? {} : { default: given }) };
}

/** Content of a `Pulumi.STACK.yaml`. */
interface StackFile {
  /** `namespace:key` to value. */
  readonly config: Readonly<Record<string, Json>>;
  /** Names of the Pulumi ESC environments that the CLI would also read. */
  readonly environments: readonly string[];
}

/**
 * Reads a stack's file as the Pulumi CLI does: a key without a namespace is one of the project's, and a key without a value
 * is an empty string.
 *
 * @param content parsed content of the file
 * @throws ProjectError for content of another form, and for a repeated key
 */
export function readStackFile(content: unknown, file: string, project: string): StackFile {
  if (content === null || content === undefined) return { config: {}, environments: [] };
  if (!isProperties(content)) {
    throw new ProjectError(`${file} is ${described(content)}: must be config: with KEY: VALUE on each line below it`);
  }
  const { config = null, environment = null } = content;
  if (config !== null && !isProperties(config)) {
    throw new ProjectError(`config in ${file} is ${described(config)}: must be an object, KEY: VALUE on each line`);
  }
  const found = new Map<string, Json>();
  const written = new Map<string, string>();
  for (const [name, value] of Object.entries(config ?? {})) {
    const [namespace, key] = name.includes(":") ? partsOf(name, file) : [project, name];
    const qualified = `${namespace}:${key}`;
    const earlier = written.get(qualified);
    if (earlier !== undefined) {
      throw new ProjectError(`${file} sets ${qualified} twice, as ${earlier} and as ${name}: remove one of the two`);
    }
    written.set(qualified, name);
    found.set(qualified, (value ?? "") as Json);
  }
  return { config: Object.fromEntries(found), environments: environmentsOf(environment) };
}

/** Names of imported environments; an inline definition is `(inline)`. */
function environmentsOf(environment: unknown): readonly string[] {
  if (environment === null) return [];
  if (typeof environment === "string") return [environment];
  if (isProperties(environment)) {
    const { imports } = environment;
    return ["(inline)", ...(Array.isArray(imports) ? environmentsOf(imports) : [])];
  }
  if (!Array.isArray(environment)) return [String(environment)];
  return environment.flatMap((each: unknown) => {
    if (typeof each === "string") return [each];
    return isProperties(each) ? Object.keys(each) : [];
  });
}

/**
 * Namespace and name of a key with a namespace. `NAMESPACE:config:KEY` is an old form of `NAMESPACE:KEY` that the CLI
 * still accepts (Pulumi's sdk/go/common/resource/config, `ParseKey`).
 *
 * @throws ProjectError for any other form
 */
export function partsOf(name: string, file: string): readonly [namespace: string, key: string] {
  const parts = name.split(":");
  const [namespace = "", second = "", third] = parts;
  if (parts.length === 2) return [namespace, second];
  if (parts.length === 3 && second === "config" && third !== undefined) return [namespace, third];
  throw new ProjectError(`${file} has the key ${JSON.stringify(name.slice(0, 100))}: must be KEY or NAMESPACE:KEY`);
}

/** A value in words, for messages. */
function described(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : JSON.stringify(value).slice(0, 100);
}
