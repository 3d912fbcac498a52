import { UserError } from "../../io/errors";
import { printable } from "../../io/terminal";
import { isProperties, type Properties } from "../../model/resource";

/** A value that the export does not contain: a secret. It is neither shown nor compared. */
export const UNKNOWN = Symbol("unknown");

/** One deployed stack, as exported by `pulumi stack export`. */
export interface StackExport {
  /** File it was read from, for messages. */
  readonly file: string;
  readonly stack: string;
  /** When the stack was last updated or refreshed, ISO 8601; empty if the file does not say. */
  readonly time: string;
  /** Resources that the stack manages. */
  readonly resources: readonly DeployedResource[];
  /** Resources that were replaced or removed but still exist in AWS: the next update deletes them. */
  readonly leftovers: readonly DeployedResource[];
}

/** A resource in the Pulumi state. Secrets are {@link UNKNOWN}; other values are plain. */
export interface DeployedResource {
  /** Pulumi type token: `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
  /** `TYPE::NAME` of its parent; null for the stack itself. */
  readonly parent: string | null;
  /** Physical id. */
  readonly id: string;
  /** Inputs as set; after a refresh, as AWS has them. */
  readonly inputs: Properties;
  /** Names of inputs that the provider has set by default. */
  readonly defaults: readonly string[];
  /** Outputs of AWS at the last update or refresh. */
  readonly outputs: Properties;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
}

/** A file that cannot be verified; the message is a sentence for the user, with control characters made visible. */
export class ExportError extends UserError {
  constructor(message: string) {
    super(printable(message));
  }
}

/**
 * The properties of a resource as AWS last returned them; properties that AWS never returns, as they were set.
 *
 * A refresh writes what it finds into the outputs, but only partly into the inputs: lists keep their length and maps their
 * keys there, so unmanaged items are only in the outputs (pulumi-terraform-bridge, extractInputs).
 */
export function liveProperties({ inputs, outputs }: Pick<DeployedResource, "inputs" | "outputs">): Properties {
  const returned = Object.entries(outputs).filter(([, value]) => value !== null && value !== undefined);
  return { ...inputs, ...Object.fromEntries(returned) };
}

/** AZ names by AZ ID, by stack: what the account of each stack calls the AZs of its subnets. */
export function zoneNamesIn(exports: readonly StackExport[]): Record<string, Record<string, string>> {
  return Object.fromEntries(
    exports.map(({ stack, resources }) => {
      const zones = resources.map(({ outputs }) => [outputs["availabilityZoneId"], outputs["availabilityZone"]]);
      const known = zones.filter((pair): pair is [string, string] => pair.every((each) => typeof each === "string"));
      return [stack, Object.fromEntries(known)];
    }),
  );
}

/** `2026-11-25 07:12 UTC` of an ISO 8601 time; `unknown` of any other text. */
export function minuteOf(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "unknown" : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Key that marks a special value in the Pulumi state (Pulumi's sdk/go/common/resource/sig); most are secrets. */
const MARK = "4dabf18193072939515e22adb298388d";

/** Whether a value is special: a secret, an asset or a resource reference. */
export function isSpecial(value: Properties): boolean {
  return Object.hasOwn(value, MARK);
}

/** Properties without Pulumi's internal keys, and with {@link UNKNOWN} for secrets, encrypted or not. */
export function plainProperties(properties: Properties): Properties {
  const own = Object.entries(properties).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(own.map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isProperties(value)) return value;
  return isSpecial(value) ? UNKNOWN : plainProperties(value);
}

/** Deepest nesting allowed in an export, and in JSON texts inside; AWS's own documents reach about 20 levels. */
export const MAX_NESTING = 100;

/** Nesting depth of a JSON text; in other text it counts brackets outside quotes. */
export function nesting(text: string): number {
  let [depth, deepest, isQuoted] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isQuoted) {
      if (character === BACKSLASH) at += 1;
      else if (character === QUOTE) isQuoted = false;
    } else if (character === QUOTE) isQuoted = true;
    else if (OPENING.includes(character)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.includes(character)) depth -= 1;
  }
  return deepest;
}

const codes = (characters: string): readonly number[] => [...characters].map((each) => each.charCodeAt(0));
const [QUOTE, BACKSLASH] = codes('"\\');
const OPENING = codes("[{");
const CLOSING = codes("]}");

/** The value of a JSON text; undefined for other text, or if it is nested too deeply. */
export function parseDocument(text: string): unknown {
  if (nesting(text) > MAX_NESTING) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Properties with a JSON document as text, of any resource type. */
const DOCUMENTS: readonly string[] = [
  "assumeRolePolicy",
  "eventPattern",
  "lifecyclePolicy",
  "policy",
  "repositoryPolicy",
];

/**
 * The fault in the documents of a resource, as part of a sentence; undefined if there is none. AWS rejects invalid policies,
 * so a file with one is not a genuine export.
 */
export function faultInDocuments(properties: Properties): string | undefined {
  const inline = [properties["inlinePolicies"]].flat().filter(isProperties);
  for (const each of [properties, ...inline]) {
    for (const name of DOCUMENTS) {
      const text = each[name];
      const fault = typeof text === "string" && text !== "" ? faultIn(name, text) : undefined;
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function faultIn(name: string, text: string): string | undefined {
  if (nesting(text) > MAX_NESTING) return `the ${name} is nested more than ${String(MAX_NESTING)} levels deep`;
  const document = parseDocument(text);
  if (!isProperties(document)) return `the ${name} is not a JSON object`;
  const statements = document["Statement"] === undefined ? [] : [document["Statement"]].flat();
  return statements.every(isStatement)
    ? undefined
    : `the ${name} has a statement that the IAM policy grammar does not allow`;
}

/** Whether a statement has the structure of the IAM User Guide, "Grammar of the IAM JSON policy language". */
function isStatement(value: unknown): boolean {
  if (!isProperties(value)) return false;
  const { Effect: effect, Sid: sid, Condition: condition = {} } = value;
  const lists = ["Action", "NotAction", "Resource", "NotResource"].map((name) => value[name]);
  const principals = [value["Principal"], value["NotPrincipal"]];
  return (
    typeof effect === "string" &&
    (sid === undefined || typeof sid === "string") &&
    lists.every((list) => list === undefined || isTexts(list)) &&
    principals.every((each) => each === undefined || typeof each === "string" || isRecordOf(each, isTexts)) &&
    isRecordOf(condition, (keys) => isRecordOf(keys, isScalars))
  );
}

function isRecordOf(value: unknown, is: (each: unknown) => boolean): boolean {
  return isProperties(value) && Object.values(value).every(is);
}

function isTexts(value: unknown): boolean {
  return [value].flat().every((each) => typeof each === "string");
}

function isScalars(value: unknown): boolean {
  return [value].flat().every((each) => ["string", "number", "boolean"].includes(typeof each));
}
