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
export class ExportError extends Error {
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
