import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Json } from "./engine/wire";

/** A project's configuration files, as the Pulumi CLI reads them. */
export interface Project {
  readonly name: string;
  /** Declared keys of the project's own namespace, without it. */
  readonly declared: Readonly<Record<string, Declaration>>;
  /** Stack names that have a `Pulumi.STACK.yaml`, to what the file sets. */
  readonly stacks: Readonly<Record<string, StackConfig>>;
}

export interface Declaration {
  readonly type: "string" | "integer" | "boolean" | "array" | "object";
  readonly default?: Json;
}

/** `namespace:key` to value. */
export type StackConfig = Readonly<Record<string, Json>>;

/** A configuration that the CLI would refuse before the program starts. */
export class ProjectError extends Error {}

const STACK_FILE = /^Pulumi\.([^.]+)\.yaml$/;

/** Reads `Pulumi.yaml` and every `Pulumi.STACK.yaml` of a folder. */
export function readProject(folder: string): Project {
  const file = (path: string): Record<string, unknown> =>
    (parse(readFileSync(join(folder, path), "utf8")) ?? {}) as Record<string, unknown>;
  const project = file("Pulumi.yaml");
  const name = project["name"] as string;
  const stacks = readdirSync(folder)
    .flatMap((path) => STACK_FILE.exec(path)?.[1] ?? [])
    .map((stack) => {
      const config = (file(`Pulumi.${stack}.yaml`)["config"] ?? {}) as StackConfig;
      // The CLI takes a key without a namespace for the project's (pulumi/pulumi, `stackConfigNamespacedWithProject`).
      const entries = Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `${name}:${key}`, value]);
      return [stack, Object.fromEntries(entries) as StackConfig] as const;
    });
  return {
    name,
    declared: (project["config"] ?? {}) as Record<string, Declaration>,
    stacks: Object.fromEntries(stacks),
  };
}

/** The whole configuration of a stack: the defaults of the project under what the stack sets. */
export function stackConfig(project: Project, set: StackConfig): StackConfig {
  const { name, declared } = project;
  const defaults = Object.entries(declared).flatMap(([key, declaration]) =>
    declaration.default === undefined ? [] : [[`${name}:${key}`, declaration.default] as const],
  );
  const own = Object.entries(set).map(([key, value]) => [key, unquoted(value, typeOf(project, key))] as const);
  return { ...Object.fromEntries(defaults), ...Object.fromEntries(own) };
}

/** The declared type of a key of the project's own namespace. */
function typeOf({ name, declared }: Project, qualified: string): Declaration["type"] | undefined {
  const [namespace, key = ""] = qualified.split(":");
  return namespace === name ? declared[key]?.type : undefined;
}

/** `pulumi config set` writes numbers and booleans in quotes, and the CLI takes them for what they are declared. */
function unquoted(value: Json, type: Declaration["type"] | undefined): Json {
  if (type === "integer" && typeof value === "string" && /^[+-]?\d+$/.test(value)) return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

/**
 * The configuration as the CLI hands it to the program: text, structured values as JSON.
 *
 * @throws ProjectError for a type that is not the declared one, in the CLI's own words, and for an encrypted value,
 *   which only the CLI can read.
 */
export function configForProgram(project: Project, stack: string, config: StackConfig): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      const type = typeOf(project, key);
      if (isEncrypted(value)) {
        throw new ProjectError(
          `Stack '${stack}': ${key} is encrypted; try a value with --set ${stack}:${key}=VALUE, or plan without it`,
        );
      }
      if (type !== undefined && !isOfType(value, type)) {
        throw new ProjectError(
          `Stack '${stack}' with configuration key '${key.slice(project.name.length + 1)}' must be of type '${type}'`,
        );
      }
      return [key, typeof value === "string" ? value : JSON.stringify(value)];
    }),
  );
}

function isEncrypted(value: Json): boolean {
  return value !== null && typeof value === "object" && "secure" in value;
}

function isOfType(value: Json, type: Declaration["type"]): boolean {
  switch (type) {
    case "string":
    case "boolean":
      return typeof value === type;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return value !== null && typeof value === "object" && !Array.isArray(value);
  }
}
