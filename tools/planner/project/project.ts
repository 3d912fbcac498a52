import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isRecord, ProjectError, readDeclarations, readStackFile, type Declaration } from "./config-files";
import type { Json } from "../engine/resource";
import { grouped } from "../../io/words";
import { readYaml, YamlError } from "./yaml-file";

/** A project's configuration files, as the Pulumi CLI reads them. */
export interface Project {
  readonly name: string;
  /** Declared keys of the project's own namespace, without it. */
  readonly declared: Readonly<Record<string, Declaration>>;
  /** Stack names that have a `Pulumi.STACK.yaml`, to what the file sets. */
  readonly stacks: Readonly<Record<string, StackConfig>>;
  /** Pulumi ESC environments of each stack that has any. They are not read: that takes Pulumi Cloud. */
  readonly environments?: ReadonlyMap<string, readonly string[]>;
}

/** `namespace:key` to value. */
export type StackConfig = Readonly<Record<string, Json>>;

const STACK_FILE = /^Pulumi\.([^.]+)\.yaml$/;

/** Largest file that is read, in bytes. */
const MAX_BYTES = 1_000_000;

/** Form of a project's name (Pulumi Docs, "Pulumi projects"). */
const NAME = /^[A-Za-z0-9_.-]{1,100}$/;

/**
 * Reads `Pulumi.yaml` and every `Pulumi.STACK.yaml` of a folder, or of its `stackConfigDir`.
 *
 * @throws ProjectError for a file that the CLI could not read, which the message names
 */
export function readProject(folder: string): Project {
  const project = yamlOf(folder, "Pulumi.yaml");
  if (!isRecord(project)) throw new ProjectError("Pulumi.yaml is not an object: it must have a name and a config");
  const name = nameOf(project);
  const { config, stackConfigDir = typeof config === "string" ? config : "" } = project;
  const { declared, shared } = readDeclarations(typeof config === "string" ? undefined : config, name);
  const stackFolder = stackFolderOf(folder, stackConfigDir);
  const files = readdirSync(stackFolder)
    .flatMap((file) => STACK_FILE.exec(file)?.[1] ?? [])
    .map((stack) => {
      const file = `Pulumi.${stack}.yaml`;
      return [stack, readStackFile(yamlOf(stackFolder, file), file, name)] as const;
    });
  return {
    name,
    declared,
    stacks: Object.fromEntries(files.map(([stack, file]) => [stack, { ...shared, ...file.config }])),
    environments: new Map(
      files
        .filter(([, { environments }]) => environments.length > 0)
        .map(([stack, file]) => [stack, file.environments]),
    ),
  };
}

/** @throws ProjectError for a folder, and for text that is no YAML; Node's error for a file that is not there */
function yamlOf(folder: string, name: string): unknown {
  const path = join(folder, name);
  const found = statSync(path);
  if (!found.isFile()) {
    throw new ProjectError(`${name} is not a file: rename it, or write the configuration to a file of this name`);
  }
  if (found.size > MAX_BYTES) {
    throw new ProjectError(
      `${name} has ${grouped(found.size)} bytes; a configuration has at most ${grouped(MAX_BYTES)}`,
    );
  }
  try {
    return readYaml(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof YamlError) throw new ProjectError(`${name} is not YAML that can be read: ${error.message}`);
    throw error;
  }
}

/** Folder of the stacks' files: that of `Pulumi.yaml`, or the one below it that `stackConfigDir` names. */
function stackFolderOf(folder: string, name: unknown): string {
  const path = typeof name === "string" && !name.includes("\0") ? join(folder, name) : undefined;
  if (path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return path;
  throw new ProjectError(`stackConfigDir in Pulumi.yaml is ${JSON.stringify(name)}: must be a folder that is there`);
}

function nameOf({ name }: Readonly<Record<string, unknown>>): string {
  if (typeof name === "string" && NAME.test(name)) return name;
  const got = name === undefined ? "missing" : JSON.stringify(name);
  throw new ProjectError(
    `name in Pulumi.yaml is ${got}: must be 1 to 100 letters, digits, hyphens, underscores and dots`,
  );
}
