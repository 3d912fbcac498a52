import type { Properties } from "../../model/resource";

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
  readonly resources: readonly RunningResource[];
  /** Resources that were replaced or removed but still exist in AWS: the next update deletes them. */
  readonly leftovers: readonly RunningResource[];
}

/** A resource in the Pulumi state. Secrets are {@link UNKNOWN}; other values are plain. */
export interface RunningResource {
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
