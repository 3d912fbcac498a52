import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../../../components/settings/faults";
import { grouped } from "../../io/words";
import { isProperties } from "../../model/resource";
import type { Json } from "../engine/resource";
import { type Declaration, partsOf, ProjectError, readDeclarations, readStackFile } from "./config-files";
import { readYaml, YamlError } from "./yaml-file";

/** A project's configuration files, as the Pulumi CLI reads them. */
export interface Project {
  readonly name: string;
  /** Declared keys of the project's own namespace, without it. */
  readonly declared: Readonly<Record<string, Declaration>>;
  /** Content of each `Pulumi.STACK.yaml`, by stack. */
  readonly stacks: Readonly<Record<string, StackConfig>>;
  /** Pulumi ESC environments of each stack that has any. They are not read, because only Pulumi Cloud can. */
  readonly environments?: ReadonlyMap<string, readonly string[]>;
  /** Path of its files from the network's project: `platform/`. @default the same folder */
  readonly path?: string;
  /** The project in the folder `platform/`, whose stacks have the names of their spokes. Undefined where it has none. */
  readonly platform?: Project;
}

/** `namespace:key` to value. */
export type StackConfig = Readonly<Record<string, Json>>;

const STACK_FILE = /^Pulumi\.([^.]+)\.yaml$/;

/** Largest file, in bytes. */
const MAX_BYTES = 1_000_000;

/** Form of a project's name (Pulumi Docs, "Pulumi projects"). */
const NAME = /^[A-Za-z0-9_.-]{1,100}$/;

/** Folder of the project of the platforms, and the path of its files in messages. */
export const PLATFORM = "platform/";

/**
 * Reads `Pulumi.yaml` and every `Pulumi.STACK.yaml` of a folder, or of its `stackConfigDir`, and the same of the project in
 * its folder `platform/`, if it has stacks.
 *
 * @throws ProjectError with the path of a file that the CLI could not read
 */
export function readProject(folder: string): Project {
  const project = readFiles(folder, "");
  if (!existsSync(join(folder, PLATFORM, "Pulumi.yaml"))) return project;
  const platform = readFiles(join(folder, PLATFORM), PLATFORM);
  const stacks = Object.keys(platform.stacks);
  const without = stacks.find((stack) => !Object.hasOwn(project.stacks, stack));
  // Without any stack of the network, the missing hub is what to report.
  if (without !== undefined && Object.keys(project.stacks).length > 0) {
    throw new ProjectError(
      `${PLATFORM}Pulumi.${without}.yaml has no spoke: there is no Pulumi.${without}.yaml; give it the name of a spoke's file, ` +
        "or delete it",
    );
  }
  return stacks.length === 0 ? project : { ...project, platform: { ...platform, path: PLATFORM } };
}

/** @param path of the folder, for messages */
function readFiles(folder: string, path: string): Project {
  const projectFile = `${path}Pulumi.yaml`;
  const project = yamlOf(folder, "Pulumi.yaml", projectFile);
  if (!isProperties(project))
    throw new ProjectError(`${projectFile} is not an object: it must have a name and a config`);
  const name = nameOf(project, projectFile);
  const { config, stackConfigDir = typeof config === "string" ? config : "" } = project;
  const { declared, shared } = readDeclarations(typeof config === "string" ? undefined : config, name, projectFile);
  const stackFolder = stackFolderOf(folder, stackConfigDir, projectFile);
  const files = readdirSync(stackFolder)
    .flatMap((file) => STACK_FILE.exec(file)?.[1] ?? [])
    .map((stack) => {
      const [file, shown] = [stackFile({}, stack), stackFile({ path }, stack)];
      return [stack, readStackFile(yamlOf(stackFolder, file, shown), shown, name)] as const;
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

/** Path of a stack's configuration, from the network's project. */
export function stackFile({ path = "" }: Pick<Project, "path">, stack: string): string {
  return `${path}Pulumi.${stack}.yaml`;
}

/**
 * @param shown path of the file, for messages
 * @throws ProjectError for a folder and for invalid YAML; Node's error for a missing file
 */
function yamlOf(folder: string, name: string, shown: string): unknown {
  const path = join(folder, name);
  const found = statSync(path);
  if (!found.isFile()) {
    throw new ProjectError(`${shown} is not a file: rename it, or write the configuration to a file of this name`);
  }
  if (found.size > MAX_BYTES) {
    throw new ProjectError(
      `${shown} has ${grouped(found.size)} bytes; a configuration has at most ${grouped(MAX_BYTES)}`,
    );
  }
  try {
    return readYaml(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof YamlError) throw new ProjectError(`${shown} is not YAML that can be read: ${error.message}`);
    throw error;
  }
}

/** Folder of the stacks' files: that of `Pulumi.yaml`, or `stackConfigDir` inside it. */
function stackFolderOf(folder: string, name: unknown, projectFile: string): string {
  const path = typeof name === "string" && !name.includes("\0") ? join(folder, name) : undefined;
  if (path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return path;
  throw new ProjectError(`stackConfigDir in ${projectFile} is ${JSON.stringify(name)}: must be a folder that is there`);
}

function nameOf({ name }: Readonly<Record<string, unknown>>, projectFile: string): string {
  if (typeof name === "string" && NAME.test(name)) return name;
  const got = name === undefined ? "missing" : JSON.stringify(name);
  throw new ProjectError(
    `name in ${projectFile} is ${got}: must be 1 to 100 letters, digits, hyphens, underscores and dots`,
  );
}

/** The complete configuration of a stack: its own values, and the project's defaults for other keys. */
export function stackConfig(project: Project, set: StackConfig): StackConfig {
  const { name, declared } = project;
  const defaults = Object.entries(declared).flatMap(([key, declaration]) =>
    declaration.default === undefined ? [] : [[`${name}:${key}`, declaration.default] as const],
  );
  const own = Object.entries(set).map(([key, value]) => [key, asDeclared(value, typeOf(project, key))] as const);
  return Object.fromEntries([...defaults, ...own]);
}

/**
 * A stack's value as the CLI reads it: `pulumi config set` writes numbers and booleans in quotes, and the CLI reads any
 * scalar as text where text is declared.
 */
function asDeclared(value: Json, type: Declaration["type"]): Json {
  if (type === "integer" && typeof value === "string" && /^[+-]?\d+$/.test(value)) return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  if (type === "string" && (typeof value === "number" || typeof value === "boolean")) return String(value);
  return value;
}

/** The declared type of a key of the project's own namespace. */
function typeOf({ name, declared }: Project, qualified: string): Declaration["type"] {
  const key = ownKey(name, qualified);
  return key !== undefined && Object.hasOwn(declared, key) ? declared[key]?.type : undefined;
}

/** A key of the project's namespace, without the namespace; undefined for a key of another one. */
function ownKey(project: string, qualified: string): string | undefined {
  return qualified.startsWith(`${project}:`) ? qualified.slice(project.length + 1) : undefined;
}

/**
 * The configuration as the CLI passes it to the program: strings, with structured values as JSON.
 *
 * An encrypted value under another namespace is left out: only the CLI can read it, and no resource of a plan depends
 * on it.
 *
 * @throws ConfigurationError for values of another type than the declared one, which the CLI also rejects, and for
 *   encrypted values of the project's own keys
 */
export function configForProgram(project: Project, stack: string, config: StackConfig): Record<string, string> {
  const faults: string[] = [];
  const texts: [string, string][] = [];
  for (const [qualified, value] of Object.entries(config)) {
    const key = ownKey(project.name, qualified);
    const type = typeOf(project, qualified);
    if (isEncrypted(value)) {
      if (key === undefined) continue;
      const target = targetOf(project, stack);
      faults.push(
        `${key} is encrypted: the plan cannot read it; try a value with --set ${target}:${key}=VALUE, or remove it`,
      );
    } else if (type !== undefined && !isOfType(value, type)) {
      const declaring = `${project.path ?? ""}Pulumi.yaml`;
      faults.push(`${key ?? qualified} is ${inShort(value)}: must be of type ${type}, as ${declaring} declares it`);
    } else texts.push([qualified, typeof value === "string" ? value : JSON.stringify(value)]);
  }
  if (faults.length > 0) throw new ConfigurationError(stack, faults);
  return Object.fromEntries(texts);
}

/** Whether a value contains `{secure: TEXT}`, the form that `pulumi config set --secret` writes. */
function isEncrypted(value: Json): boolean {
  if (value === null || typeof value !== "object") return false;
  const entries = Object.entries(value);
  const isSecret = !Array.isArray(value) && entries.length === 1 && typeof value["secure"] === "string";
  return isSecret || entries.some(([, each]) => isEncrypted(each));
}

/** Most characters of a value in a message. */
const LONGEST = 200;

function inShort(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function isOfType(value: Json, type: NonNullable<Declaration["type"]>): boolean {
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

/** Stands for every stack in `--set`. */
const EVERY_STACK = "*";

/** The platform of a stack, as reports and `--set` name it: `dev/platform`. */
export function platformOf(stack: string): string {
  return `${stack}/platform`;
}

/** A stack as `--set` names it. */
export function targetOf({ path }: Pick<Project, "path">, stack: string): string {
  return path === undefined ? stack : platformOf(stack);
}

/**
 * The project with `--set STACK:KEY=VALUE` applied. KEY is of the project's namespace unless it names another
 * (`dev:aws:region=...`), and `*` for STACK means every stack. `STACK/platform` is a stack of the project in `platform/`.
 * VALUE is read as YAML; if the key is a string, a number stays as typed, so that 1.30 does not become 1.3.
 *
 * @throws ProjectError for text of another form, a stack without a file, or invalid YAML
 */
export function withSettings(project: Project, texts: readonly string[]): Project {
  return texts.reduce((changed, text) => {
    const [, target = "", name = "", value = ""] = /^([^:=]+):([^=]+)=(.*)$/s.exec(text) ?? [];
    if (target === "") {
      throw new ProjectError(`--set ${text}: the form is STACK:KEY=VALUE, for example --set dev:az-count=3`);
    }
    const [stack = ""] = target.split("/");
    if (target !== platformOf(stack)) {
      refusePlatformKey(changed, stack, name, text);
      return withSetting(changed, target, { name, value, text });
    }
    const { platform = { ...changed, stacks: {}, path: PLATFORM } } = changed;
    return { ...changed, platform: withSetting(platform, stack, { name, value, text }) };
  }, project);
}

/** @throws ProjectError for a key that only the platform has, with the way to set it */
function refusePlatformKey({ declared, platform }: Project, stack: string, name: string, text: string): void {
  if (Object.hasOwn(declared, name) || !Object.hasOwn(platform?.declared ?? {}, name)) return;
  throw new ProjectError(`--set ${text}: ${name} is a key of the platform; write ${platformOf(stack)}:${name}=VALUE`);
}

/** One `--set`: name and value of the key, and its whole text. */
interface Setting {
  readonly name: string;
  readonly value: string;
  readonly text: string;
}

function withSetting(project: Project, stack: string, { name, value, text }: Setting): Project {
  const { stacks } = project;
  const names = Object.keys(stacks);
  if (stack === EVERY_STACK ? names.length === 0 : !Object.hasOwn(stacks, stack)) {
    const known = names.length === 0 ? "there are none" : `stacks are ${names.join(", ")}, or * for all`;
    throw new ProjectError(`--set ${text}: there is no ${stackFile(project, stack)}; ${known}`);
  }
  const [namespace, key] = name.includes(":") ? partsOf(name, `--set ${text}`) : [project.name, name];
  const qualified = `${namespace}:${key}`;
  const set = { [qualified]: valueOf(value, typeOf(project, qualified) === "string", text) };
  const targets = stack === EVERY_STACK ? names : [stack];
  return {
    ...project,
    stacks: { ...stacks, ...Object.fromEntries(targets.map((each) => [each, { ...stacks[each], ...set }])) },
  };
}

function valueOf(value: string, isText: boolean, setting: string): Json {
  try {
    const read = (readYaml(value) ?? "") as Json;
    return isText && typeof read !== "string" ? value : read;
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    if (isText) return value;
    throw new ProjectError(
      `--set ${setting.slice(0, 200)}: the value is not YAML: ${error.message}; ` +
        "write a list as [a, b], and put text with special characters in double quotes",
    );
  }
}
