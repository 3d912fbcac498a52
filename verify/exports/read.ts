import { isProperties, textIn, texts, type Properties } from "../../model/resource";
import { keyOfUrn } from "../../plan/engine/resource";
import { ExportError } from "./error";
import type { RunningResource, StackExport } from "./export";
import { DEEPEST, nesting } from "./nesting";
import { faultInDocuments } from "./policies";
import { kindOf, partsOf, rawResource, type Raw } from "./raw";
import { plainProperties } from "./values";

/** Versions of the form that is read here: 4 is 3 and a list of what else is in it (Pulumi's sdk/go/common/apitype). */
const VERSIONS: readonly unknown[] = [3, 4];

const HOW = "pulumi stack export --stack STACK --file FILE writes one";

/**
 * Reads what `pulumi stack export` wrote. What the engine would not write is refused, so that nothing is judged that
 * only looks like an export.
 *
 * @throws ExportError for another file, an export of another project or of nothing, one of an interrupted update, which
 *   does not know what there is, and one with a resource that the engine would not write or a policy that is none.
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
    throw new ExportError(`${file} is of a stack without resources: nothing runs that could be verified`);
  }
  if (found !== project) throw new ExportError(`${file} is of the project ${found ?? ""}, and this is ${project}`);
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
 * The `deployment` of an export. A byte order mark may stand before the text, as PowerShell writes it.
 *
 * @throws ExportError for a file of another form or version, and for one that is nested too deep.
 */
export function deploymentIn(text: string, file: string): Properties {
  const json = text.replace(/^\uFEFF/, "");
  if (nesting(json) > DEEPEST) {
    throw new ExportError(`${file} is nested more than ${String(DEEPEST)} levels deep, which no export is: ${HOW}`);
  }
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    throw new ExportError(`${file} is not JSON: ${HOW}`);
  }
  if (!isProperties(content) || !isProperties(content["deployment"])) {
    throw new ExportError(`${file} is no export of a stack: ${HOW}`);
  }
  const { version } = content;
  if (!VERSIONS.includes(version)) {
    const words = typeof version === "number" ? String(version) : kindOf(version);
    throw new ExportError(`${file} is an export of version ${words}, and versions 3 and 4 are read here`);
  }
  return content["deployment"];
}

/** Resources are of one stack, and of a URN there is one. */
function holdTogether(raw: readonly Raw[], stack: string, project: string, fail: (sentence: string) => never): void {
  const seen = new Set<string>();
  for (const each of raw) {
    const parts = partsOf(each.urn);
    if (parts?.stack !== stack || parts.project !== project) {
      fail(
        `it is of the stack ${stack}, and ${keyOfUrn(each.urn)} is of ${parts?.project ?? ""}, ${parts?.stack ?? ""}`,
      );
    }
    if (isThere(each) && seen.has(each.urn)) fail(`${keyOfUrn(each.urn)} is in it twice, under one URN`);
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
    `${file} is of an update that was interrupted while ${operations.join(", ")}: whether that is done nobody knows; ` +
    'npm run strays finds what it has made (docs/runbooks/restore.md, "An update was killed"); then export again'
  );
}

/** What Pulumi keeps for itself: references to other stacks, and providers that no program made. */
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

/** A list of the deployment; empty where there is none, as the engine writes it. */
function list(deployment: Properties, name: string, fail: (sentence: string) => never): readonly unknown[] {
  const value = deployment[name] ?? [];
  return Array.isArray(value) ? value : fail(`its ${name} are ${kindOf(value)}, not a list`);
}
