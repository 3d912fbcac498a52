import { isProperties, textIn, texts, type Properties } from "../../model/resource";
import { keyOfUrn } from "../../planner/engine/resource";
import { ExportError } from "./error";
import type { RunningResource, StackExport } from "./export";
import { DEEPEST, nesting } from "./nesting";
import { faultInDocuments } from "./policies";
import { kindOf, partsOf, rawResource, type Raw } from "./raw";
import { plainProperties } from "./values";

/** Supported versions of the format; 4 is 3 with a list of features (Pulumi's sdk/go/common/apitype). */
const VERSIONS: readonly unknown[] = [3, 4];

const HOW = "pulumi stack export --stack STACK --file FILE writes one";

/**
 * Reads the output of `pulumi stack export`. Anything that Pulumi would not write is refused, so that only genuine exports
 * are verified.
 *
 * @throws ExportError for another kind of file, another project, an empty stack, an interrupted update (its state is
 *   incomplete), or an invalid resource or policy
 */
export function readExport(text: string, file: string, project: string): StackExport {
  const fail = (sentence: string): never => {
    throw new ExportError(`${file} cannot be read: ${sentence}`);
  };
  const deployment = deploymentIn(text, file);
  const pending = list(deployment, "pending_operations", fail);
  if (pending.length > 0) throw new ExportError(interrupted(file, pending));
  const raw = list(deployment, "resources", fail).map((each, place) => rawResource(each, place, fail));
  const { stack, project: found } = partsOf(raw[0]?.urn ?? "") ?? {};
  if (stack === undefined) {
    throw new ExportError(`${file} is the export of a stack without resources: there is nothing to verify`);
  }
  if (found !== project)
    throw new ExportError(`${file} belongs to the project ${found ?? ""}, but this project is ${project}`);
  holdTogether(raw, stack, project, fail);

  const root = raw.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
  const own = raw.filter((each) => each.custom && !each.external && !isOfPulumi(each));
  const resource = (each: Raw): RunningResource => runningResource(each, root);
  const resources = own.filter(isThere).map(resource);
  for (const { type, name, inputs, outputs } of resources) {
    const fault = faultInDocuments(inputs) ?? faultInDocuments(outputs);
    if (fault !== undefined) fail(`${fault} (${type}::${name})`);
  }
  const { manifest } = deployment;
  return {
    file,
    stack,
    time: isProperties(manifest) ? textIn(manifest, "time") : "",
    resources,
    leftovers: own.filter((each) => each.delete).map(resource),
  };
}

/**
 * The `deployment` of an export. The text may start with a byte order mark, as PowerShell writes it.
 *
 * @throws ExportError for another format or version, or if it is nested too deeply
 */
export function deploymentIn(text: string, file: string): Properties {
  const json = text.replace(/^\uFEFF/, "");
  if (nesting(json) > DEEPEST) {
    throw new ExportError(`${file} is nested more than ${String(DEEPEST)} levels deep, deeper than any export: ${HOW}`);
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

/** Checks that all resources belong to one stack, and that URNs are unique. */
function holdTogether(raw: readonly Raw[], stack: string, project: string, fail: (sentence: string) => never): void {
  const seen = new Set<string>();
  for (const each of raw) {
    const parts = partsOf(each.urn);
    if (parts?.stack !== stack || parts.project !== project) {
      fail(
        `it is the export of stack ${stack}, but ${keyOfUrn(each.urn)} belongs to ${parts?.project ?? ""}, ${parts?.stack ?? ""}`,
      );
    }
    if (isThere(each) && seen.has(each.urn)) fail(`${keyOfUrn(each.urn)} occurs twice, with the same URN`);
    if (isThere(each)) seen.add(each.urn);
  }
}

function isThere(each: Raw): boolean {
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
function isOfPulumi({ type, urn }: Raw): boolean {
  return type.startsWith("pulumi:pulumi:") || (type.startsWith("pulumi:providers:") && /::default(_[^:]*)?$/.test(urn));
}

function runningResource({ urn, type, parent, ...raw }: Raw, root: string | undefined): RunningResource {
  const { id, inputs, outputs, protect } = raw;
  return {
    ...{ type, name: urn.split("::")[3] ?? "", parent: parent === "" || parent === root ? null : keyOfUrn(parent), id },
    inputs: plainProperties(inputs),
    defaults: texts({ inputs }, "__defaults"),
    outputs: plainProperties(outputs),
    protect,
  };
}

/** A list of the deployment; empty if absent. */
function list(deployment: Properties, name: string, fail: (sentence: string) => never): readonly unknown[] {
  const value = deployment[name] ?? [];
  return Array.isArray(value) ? value : fail(`its ${name} are ${kindOf(value)}, not a list`);
}
