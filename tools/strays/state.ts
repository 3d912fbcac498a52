import { isProperties, textIn, type Properties } from "../model/resource";
import { keyOfUrn } from "../planner/engine/resource";
import { Refused } from "../cli/refusals";
import { deploymentIn } from "../verify/exports/read";

/** The state of a stack, even after an interrupted update. */
export interface KnownState {
  readonly stack: string;
  /** When it was last updated or refreshed, ISO 8601; empty if the export does not say. */
  readonly time: string;
  /** URNs of all resources, including components and providers. */
  readonly urns: ReadonlySet<string>;
  /** Physical ids by `TYPE::NAME`. */
  readonly ids: ReadonlyMap<string, string>;
  /** Physical ids and ARNs, including resources pending deletion. */
  readonly identifiers: ReadonlySet<string>;
  /** URNs of interrupted creations, by `TYPE::NAME`. */
  readonly pending: ReadonlyMap<string, string>;
}

/** Outputs with a resource's own ARN. */
const OWN_ARN = ["arn", "associationArn", "accessEntryArn"];

/**
 * Reads the output of `pulumi stack export`. Unlike for a verification, the state may be empty or interrupted, because that
 * is when strays occur.
 *
 * @param file - its name, for messages
 * @param stack - the expected stack; undefined: any
 * @throws ExportError for a file that is not an export
 * @throws Refused for an export of another project or stack, and for an empty one if no stack is named
 */
export function readState(text: string, file: string, project: string, stack?: string): KnownState {
  const deployment = deploymentIn(text, file);
  const resources = list(deployment["resources"]);
  const pending = list(deployment["pending_operations"])
    .filter((operation) => operation["type"] === "creating")
    .flatMap(({ resource }) => (isProperties(resource) ? [textIn(resource, "urn")] : []));
  const urns = resources.map((each) => textIn(each, "urn"));
  const found = stackOf([...urns, ...pending], file, project) ?? stack;
  if (found === undefined)
    throw new Refused(
      `${file} is the export of a stack without resources, so its stack is unknown: name exactly one stack.`,
    );
  if (stack !== undefined && found !== stack)
    throw new Refused(`${file} is the export of stack ${found}, not of ${stack}.`);

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

/** The stack of some URNs; undefined if there are none. */
function stackOf(urns: readonly string[], file: string, project: string): string | undefined {
  const [, stack, found] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urns[0] ?? "") ?? [];
  if (found !== undefined && found !== project) {
    throw new Refused(`${file} belongs to the project ${found}, but this project is ${project}.`);
  }
  return stack;
}

function list(value: unknown): readonly Properties[] {
  return Array.isArray(value) ? value.filter(isProperties) : [];
}
