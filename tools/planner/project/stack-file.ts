import { described, isRecord, partsOf } from "./declarations";
import type { Json } from "../engine/wire";
import { ProjectError } from "./project-error";

/** What a `Pulumi.STACK.yaml` sets. */
export interface StackFile {
  /** `namespace:key` to value. */
  readonly config: Readonly<Record<string, Json>>;
  /** Pulumi ESC environments that the CLI would read too, by name. */
  readonly environments: readonly string[];
}

/**
 * Reads a stack's file as the Pulumi CLI does: a key without a namespace is the project's, and a key with nothing after
 * it has an empty text.
 *
 * @param content of the file, parsed
 * @throws ProjectError for content of another form, and for a key that is there twice
 */
export function readStackFile(content: unknown, file: string, project: string): StackFile {
  if (content === null || content === undefined) return { config: {}, environments: [] };
  if (!isRecord(content)) {
    throw new ProjectError(`${file} is ${described(content)}: must be config: with KEY: VALUE on each line below it`);
  }
  const { config = null, environment = null } = content;
  if (config !== null && !isRecord(config)) {
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
  if (isRecord(environment)) {
    const { imports } = environment;
    return ["(inline)", ...(Array.isArray(imports) ? environmentsOf(imports) : [])];
  }
  if (!Array.isArray(environment)) return [String(environment)];
  return environment.flatMap((each: unknown) => {
    if (typeof each === "string") return [each];
    return isRecord(each) ? Object.keys(each) : [];
  });
}
