import { isProperties, textIn, texts, type Properties } from "../../model/resource";
import { keyOfUrn } from "../../plan/engine/resource";
import type { RunningResource, StackExport } from "./export";
import { plainProperties } from "./values";

/** A file that cannot be verified; the message is for the user. */
export class ExportError extends Error {}

/** Versions of the form that is read here: 4 is 3 and a list of what else is in it (Pulumi's sdk/go/common/apitype). */
const VERSIONS: readonly unknown[] = [3, 4];

const HOW = "pulumi stack export --stack STACK --file FILE writes one";

/** A resource as it stands in the file; what is absent is false or empty. */
interface Raw {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly protect?: boolean;
  /** Made elsewhere and only read here. */
  readonly external?: boolean;
  /** To be deleted by the next update. */
  readonly delete?: boolean;
  /** Deleted already, and to be made anew by the next update. */
  readonly pendingReplacement?: boolean;
}

/**
 * Reads what `pulumi stack export` wrote.
 *
 * @throws ExportError for another file, an export of another project or of nothing, and one of an interrupted update,
 *   which does not know what there is.
 */
export function readExport(text: string, file: string, project: string): StackExport {
  const deployment = deploymentIn(text, file);
  const pending = list(deployment["pending_operations"]);
  if (pending.length > 0) throw new ExportError(interrupted(file, pending));
  const raw = list(deployment["resources"]).filter(isRaw);
  const [, stack = "", found = ""] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(raw[0]?.urn ?? "") ?? [];
  if (stack === "")
    throw new ExportError(`${file} is of a stack without resources: nothing runs that could be verified`);
  if (found !== project) throw new ExportError(`${file} is of the project ${found}, and this is ${project}`);

  const root = raw.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
  const own = raw.filter((each) => each.custom === true && each.external !== true && !isOfPulumi(each));
  const resource = (each: Raw): RunningResource => runningResource(each, root);
  const { manifest } = deployment;
  return {
    file,
    stack,
    time: isProperties(manifest) ? textIn(manifest, "time") : "",
    resources: own.filter((each) => each.delete !== true && each.pendingReplacement !== true).map(resource),
    leftovers: own.filter((each) => each.delete === true).map(resource),
  };
}

/** The `deployment` of an export. @throws ExportError for a file of another form or version */
export function deploymentIn(text: string, file: string): Properties {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ExportError(`${file} is not JSON: ${HOW}`);
  }
  if (!isProperties(content) || !isProperties(content["deployment"])) {
    throw new ExportError(`${file} is no export of a stack: ${HOW}`);
  }
  if (!VERSIONS.includes(content["version"])) {
    const version = JSON.stringify(content["version"]);
    throw new ExportError(`${file} is an export of version ${version}, and versions 3 and 4 are read here`);
  }
  return content["deployment"];
}

function interrupted(file: string, pending: readonly unknown[]): string {
  const operations = pending.filter(isProperties).map(({ type, resource }) => {
    const urn = isProperties(resource) ? String(resource["urn"]) : "";
    return `${String(type)} ${keyOfUrn(urn)}`;
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

function runningResource({ urn, type, id = "", parent = "", ...rest }: Raw, root: string | undefined): RunningResource {
  return {
    type,
    name: urn.split("::")[3] ?? "",
    parent: parent === "" || parent === root ? null : keyOfUrn(parent),
    id,
    inputs: plainProperties(rest.inputs),
    defaults: isProperties(rest.inputs) ? texts({ inputs: rest.inputs }, "__defaults") : [],
    outputs: plainProperties(rest.outputs),
    protect: rest.protect === true,
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRaw(value: unknown): value is Raw {
  return isProperties(value) && typeof value["urn"] === "string" && typeof value["type"] === "string";
}
