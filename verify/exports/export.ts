import type { Properties } from "../../model/resource";

/** A value that the export does not tell: a secret. It is neither shown nor compared. */
export const UNKNOWN = Symbol("unknown");

/** What runs in one stack, as `pulumi stack export` wrote it. */
export interface StackExport {
  /** File it was read from, for messages. */
  readonly file: string;
  readonly stack: string;
  /** When the stack was last updated or refreshed, ISO 8601; empty where the file does not say. */
  readonly time: string;
  /** What the stack has made and looks after. */
  readonly resources: readonly RunningResource[];
  /** Resources that were replaced or removed, and that AWS still has: the next update deletes them. */
  readonly leftovers: readonly RunningResource[];
}

/** A resource as the engine keeps it. Values are plain, and {@link UNKNOWN} where they are secret. */
export interface RunningResource {
  /** Pulumi type token: `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** Logical name, what the program calls it. */
  readonly name: string;
  /** `TYPE::NAME` of what it is a part of; null at the top of the stack. */
  readonly parent: string | null;
  /** Physical id. */
  readonly id: string;
  /** What was asked for; after a refresh, what AWS has of it. */
  readonly inputs: Properties;
  /** Names of inputs that the provider has filled in. */
  readonly defaults: readonly string[];
  /** What AWS told, at the last update or refresh. */
  readonly outputs: Properties;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
}
