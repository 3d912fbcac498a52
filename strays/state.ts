import { isProperties, textIn, type Properties } from "../model/resource";
import { keyOfUrn } from "../plan/engine/resource";
import { Refused } from "../plan/refusals";
import { deploymentIn } from "../verify/exports/read";

/** What a stack's state knows, however its last update ended. */
export interface KnownState {
  readonly stack: string;
  /** When it was last updated or refreshed, ISO 8601; empty where the export does not say. */
  readonly time: string;
  /** URNs of all that is in it, components and providers too. */
  readonly urns: ReadonlySet<string>;
  /** Physical ids by `TYPE::NAME`. */
  readonly ids: ReadonlyMap<string, string>;
  /** Physical ids and ARNs, of what the next update deletes too. */
  readonly identifiers: ReadonlySet<string>;
  /** URNs of the creations that the last update began and did not end, by `TYPE::NAME`. */
  readonly pending: ReadonlyMap<string, string>;
}

/** Outputs that hold a resource's own ARN. */
const OWN_ARN = ["arn", "associationArn", "accessEntryArn"];

/**
 * Reads what `pulumi stack export` wrote. Other than for a verification, a state may be empty or of an interrupted update:
 * that is when strays are looked for.
 *
 * @param file name of it, for messages
 * @param stack the stack that it must be of; undefined: whichever
 * @throws ExportError for a file that is no export
 * @throws Refused for an export of another project or stack, and for an empty one where no stack is named
 */
export function readState(text: string, file: string, project: string, stack?: string): KnownState {
  const deployment = deploymentIn(text, file);
  const resources = list(deployment["resources"]);
  const pending = list(deployment["pending_operations"])
    .filter((operation) => operation["type"] === "creating")
    .flatMap(({ resource }) => (isProperties(resource) ? [textIn(resource, "urn")] : []));
  const urns = resources.map((each) => textIn(each, "urn"));
  const found = stackOf([...urns, ...pending], file, project) ?? stack;
  if (found === undefined) throw new Refused(`${file} is of a stack without resources: name the stack instead.`);
  if (stack !== undefined && found !== stack)
    throw new Refused(`${file} is of the stack ${found}, and not of ${stack}.`);

  const real = resources.filter((each) => each["custom"] === true && each["external"] !== true);
  const current = real.filter((each) => each["delete"] !== true);
  const { manifest } = deployment;
  return {
    stack: found,
    time: isProperties(manifest) ? textIn(manifest, "time") : "",
    urns: new Set(urns),
    ids: new Map(current.map((each) => [keyOfUrn(textIn(each, "urn")), textIn(each, "id")])),
    identifiers: new Set(real.flatMap(identifiersOf)),
    pending: new Map(pending.map((urn) => [keyOfUrn(urn), urn])),
  };
}

function identifiersOf(resource: Properties): string[] {
  const { outputs } = resource;
  const arns = isProperties(outputs) ? OWN_ARN.map((name) => textIn(outputs, name)) : [];
  return [textIn(resource, "id"), ...arns].filter((each) => each !== "").map((each) => each.replace(/:\*$/, ""));
}

/** Name of the stack that URNs are of; undefined without any. */
function stackOf(urns: readonly string[], file: string, project: string): string | undefined {
  const [, stack, found] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urns[0] ?? "") ?? [];
  if (found !== undefined && found !== project) {
    throw new Refused(`${file} is of the project ${found}, and this is ${project}.`);
  }
  return stack;
}

function list(value: unknown): readonly Properties[] {
  return Array.isArray(value) ? value.filter(isProperties) : [];
}
