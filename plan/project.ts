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
  const file = (name: string): Record<string, unknown> =>
    (parse(readFileSync(join(folder, name), "utf8")) ?? {}) as Record<string, unknown>;
  const project = file("Pulumi.yaml");
  const stacks = readdirSync(folder)
    .flatMap((name) => STACK_FILE.exec(name)?.[1] ?? [])
    .map((stack) => [stack, (file(`Pulumi.${stack}.yaml`)["config"] ?? {}) as StackConfig] as const);
  return {
    name: project["name"] as string,
    declared: (project["config"] ?? {}) as Record<string, Declaration>,
    stacks: Object.fromEntries(stacks),
  };
}

/** The whole configuration of a stack: the defaults of the project under what the stack sets. */
export function stackConfig({ name, declared }: Project, set: StackConfig): StackConfig {
  const defaults = Object.entries(declared).flatMap(([key, declaration]) =>
    declaration.default === undefined ? [] : [[`${name}:${key}`, declaration.default] as const],
  );
  return { ...Object.fromEntries(defaults), ...set };
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
      const [namespace, name = ""] = key.split(":");
      const type = namespace === project.name ? project.declared[name]?.type : undefined;
      if (isEncrypted(value)) {
        throw new ProjectError(
          `Stack '${stack}': ${key} is encrypted; try a value with --set ${stack}:${key}=VALUE, or plan without it`,
        );
      }
      if (type !== undefined && !isOfType(value, type)) {
        throw new ProjectError(`Stack '${stack}' with configuration key '${name}' must be of type '${type}'`);
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
