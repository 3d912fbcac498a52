import { HUB } from "../../../components/settings/networks";
import { printable } from "../../io/terminal";
import { isProperties, type Properties, textIn, texts } from "../../model/resource";
import { keyOfUrn } from "../../planner/engine/resource";
import type { Project } from "../../planner/project/project";
import {
  type DeployedResource,
  ExportError,
  faultInDocuments,
  isSpecial,
  MAX_NESTING,
  nesting,
  plainProperties,
  type StackExport,
} from "./export";

/** Supported versions of the format; 4 is 3 with a list of features (Pulumi's sdk/go/common/apitype). */
const VERSIONS: readonly unknown[] = [3, 4];

const HOW = "pulumi stack export --stack STACK --file FILE writes one";

/** Reports a fault of a file, in a sentence, by an {@link ExportError}. */
type Fail = (sentence: string) => never;

/**
 * Reads the exports of one project.
 *
 * @param files - names and contents
 * @throws ExportError for a file that is not an export of the project, an unknown stack, two files of one stack, or if the
 *   hub's export is missing
 */
export function readExports(
  files: readonly { readonly name: string; readonly text: string }[],
  { name, stacks }: Pick<Project, "name" | "stacks">,
): StackExport[] {
  const exports = files.map(({ name: file, text }) => readExport(text, file, name));
  for (const [index, { stack, file }] of exports.entries()) {
    if (!Object.hasOwn(stacks, stack)) {
      const known = Object.keys(stacks).join(", ");
      throw new ExportError(
        `${file} is the export of stack ${stack}, which has no Pulumi.${stack}.yaml; known stacks: ${known}`,
      );
    }
    const earlier = exports.slice(0, index).find((each) => each.stack === stack);
    if (earlier !== undefined)
      throw new ExportError(`${earlier.file} and ${file} are both exports of stack ${stack}; pass one of them`);
  }
  if (!exports.some(({ stack }) => stack === HUB)) {
    const given = exports.map(({ stack }) => stack).join(", ");
    throw new ExportError(
      `No file is an export of stack ${HUB}. Spokes (here ${given}) are verified together with the hub, so export it too`,
    );
  }
  return exports;
}

/**
 * Reads the output of `pulumi stack export`. Anything that Pulumi would not write is refused, so that only genuine exports
 * are verified.
 *
 * @throws ExportError for another kind of file, another project, an empty stack, an interrupted update (its state is
 *   incomplete), or an invalid resource or policy
 */
export function readExport(text: string, file: string, project: string): StackExport {
  const fail: Fail = (sentence) => {
    throw new ExportError(`${file} cannot be read: ${sentence}`);
  };
  const deployment = deploymentIn(text, file);
  const pending = list(deployment, "pending_operations", fail);
  if (pending.length > 0) throw new ExportError(interrupted(file, pending));
  const entries = list(deployment, "resources", fail).map((each, index) => readEntry(each, index, fail));
  const [first] = entries;
  if (first === undefined) {
    throw new ExportError(`${file} is the export of a stack without resources: there is nothing to verify`);
  }
  if (first.project !== project)
    throw new ExportError(`${file} belongs to the project ${first.project}, but this project is ${project}`);
  requireOneStack(entries, first, fail);

  const root = entries.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
  const own = entries.filter((each) => each.custom && !each.external && !isOfPulumi(each));
  const resources = own.filter(isCurrent).map((each) => deployedResource(each, root));
  for (const { type, name, inputs, outputs } of resources) {
    const fault = faultInDocuments(inputs) ?? faultInDocuments(outputs);
    if (fault !== undefined) fail(`${fault} (${type}::${name})`);
  }
  return {
    file,
    stack: first.stack,
    time: timeOf(deployment),
    resources,
    leftovers: own.filter((each) => each.delete).map((each) => deployedResource(each, root)),
  };
}

/**
 * The `deployment` of an export. The text may start with a byte order mark, as PowerShell writes it.
 *
 * @throws ExportError for another format or version, or if it is nested too deeply
 */
export function deploymentIn(text: string, file: string): Properties {
  const json = text.replace(/^\uFEFF/, "");
  if (nesting(json) > MAX_NESTING) {
    throw new ExportError(
      `${file} is nested more than ${String(MAX_NESTING)} levels deep, deeper than any export: ${HOW}`,
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    throw new ExportError(`${file} is not JSON: ${HOW}`);
  }
  if (!isProperties(content) || !isProperties(content["deployment"])) {
    throw new ExportError(`${file} is not a stack export: ${HOW}`);
  }
  const { version } = content;
  if (!VERSIONS.includes(version)) {
    const words = typeof version === "number" ? String(version) : kindOf(version);
    throw new ExportError(`${file} is an export of version ${words}; supported are versions 3 and 4`);
  }
  return content["deployment"];
}

/** When a stack was last updated or refreshed, ISO 8601; empty if the export does not say. */
export function timeOf({ manifest }: Properties): string {
  return isProperties(manifest) ? textIn(manifest, "time") : "";
}

/** A resource as in the file; absent fields are false or empty. */
interface Entry {
  readonly urn: string;
  readonly stack: string;
  readonly project: string;
  /** `TYPE::NAME`. */
  readonly key: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id: string;
  /** URN. */
  readonly parent: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly protect: boolean;
  /** Managed elsewhere, and only read here. */
  readonly external: boolean;
  /** To be deleted by the next update. */
  readonly delete: boolean;
  /** Already deleted; the next update recreates it. */
  readonly pendingReplacement: boolean;
}

/** `urn:pulumi:STACK::PROJECT::TYPE$TYPE::NAME`. */
const URN = /^urn:pulumi:([^:]+)::([^:]+)::[^:]+(?::[^:]+)*::.+$/;
/** `aws:ec2/vpc:Vpc`. */
const TYPE = /^[\w.-]+(?::[\w./-]+){1,2}$/;
/** Longest URN, type and id, in characters; real ones are shorter. */
const LONGEST = { urn: 2048, type: 256, id: 2048 } as const;

/** Reads a resource of a deployment; `index` counts from 0. */
function readEntry(value: unknown, index: number, fail: Fail): Entry {
  const where = `resource ${String(index + 1)}`;
  if (!isProperties(value)) return fail(`its ${where} is ${kindOf(value)}, not an object`);
  const { urn, type } = value;
  const [, stack, project] = (typeof urn === "string" && isShort(urn, LONGEST.urn) && URN.exec(urn)) || [];
  if (typeof urn !== "string" || stack === undefined || project === undefined) {
    return fail(`its ${where} has no URN, urn:pulumi:STACK::PROJECT::TYPE::NAME`);
  }
  if (typeof type !== "string" || !isShort(type, LONGEST.type) || !TYPE.test(type)) {
    return fail(`its ${where} has no type such as aws:ec2/vpc:Vpc`);
  }
  const key = keyOfUrn(urn);
  if (!key.startsWith(`${type}::`)) return fail(`its ${where} has the type ${type}, but the URN of ${key}`);
  const field = <T>(name: string, is: (each: unknown) => each is T, kind: string, otherwise: T): T => {
    const each = value[name];
    if (each === undefined) return otherwise;
    return is(each) ? each : fail(`${name} of ${key} is ${kindOf(each)}, not ${kind}`);
  };
  const flag = (name: string): boolean => field(name, (each) => typeof each === "boolean", "true or false", false);
  const text = (name: string): string => field(name, (each) => typeof each === "string", "a text", "");
  const properties = (name: string): Properties => {
    const found = field(name, isProperties, "an object", {});
    return isSpecial(found) ? fail(`${name} of ${key} are one secret and cannot be compared`) : found;
  };
  const id = text("id");
  if (!isShort(id, LONGEST.id)) return fail(`the id of ${key} is too long or has control characters`);
  return {
    ...{ urn, stack, project, key, type, id, parent: text("parent") },
    ...{ inputs: properties("inputs"), outputs: properties("outputs") },
    ...{ custom: flag("custom"), protect: flag("protect"), external: flag("external") },
    ...{ delete: flag("delete"), pendingReplacement: flag("pendingReplacement") },
  };
}

function isShort(value: string, longest: number): boolean {
  return value.length <= longest && printable(value) === value;
}

/** The kind of a value, for messages. */
function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "boolean") return String(value);
  return typeof value === "string" ? "a text" : typeof value === "number" ? "a number" : "an object";
}

/** Checks that all resources belong to one stack, and that the URNs of current resources are unique. */
function requireOneStack(entries: readonly Entry[], { stack, project }: Entry, fail: Fail): void {
  const seen = new Set<string>();
  for (const each of entries) {
    if (each.stack !== stack || each.project !== project) {
      fail(`it is the export of stack ${stack}, but ${each.key} belongs to ${each.project}, ${each.stack}`);
    }
    if (!isCurrent(each)) continue;
    if (seen.has(each.urn)) fail(`${each.key} occurs twice, with the same URN`);
    seen.add(each.urn);
  }
}

function isCurrent(each: Entry): boolean {
  return !each.delete && !each.pendingReplacement;
}

function interrupted(file: string, pending: readonly unknown[]): string {
  const operations = pending.filter(isProperties).map(({ type, resource }) => {
    const urn = isProperties(resource) ? textIn(resource, "urn") : "";
    return `${typeof type === "string" ? type : "changing"} ${keyOfUrn(urn)}`;
  });
  return (
    `${file}: an update was interrupted while ${operations.join(", ")}, and its result is unknown. Run npm run strays to ` +
    'find what it created (docs/runbooks/restore.md, "An update was killed"), then export again'
  );
}

/** Pulumi's own entries: stack references and default providers. */
function isOfPulumi({ type, urn }: Entry): boolean {
  return type.startsWith("pulumi:pulumi:") || (type.startsWith("pulumi:providers:") && /::default(_[^:]*)?$/.test(urn));
}

/** @param root - URN of the stack itself */
function deployedResource({ type, key, parent, ...entry }: Entry, root: string | undefined): DeployedResource {
  const { id, inputs, outputs, protect } = entry;
  return {
    ...{ type, name: key.slice(`${type}::`.length), id, protect },
    parent: parent === "" || parent === root ? null : keyOfUrn(parent),
    inputs: plainProperties(inputs),
    defaults: texts({ inputs }, "__defaults"),
    outputs: plainProperties(outputs),
  };
}

/** A list of the deployment; empty if absent. */
function list(deployment: Properties, name: string, fail: Fail): readonly unknown[] {
  const value = deployment[name] ?? [];
  return Array.isArray(value) ? value : fail(`its ${name} are ${kindOf(value)}, not a list`);
}
