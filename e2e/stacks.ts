import type { EngineEvent } from "@pulumi/pulumi/automation";
import { keyOfUrn } from "../tools/planner/engine/resource";

/** The stacks of a run. */
export interface Stacks {
  /** Names of the stacks that exist. */
  names(): Promise<readonly string[]>;
  /** Sets some keys of a stack, and creates the stack if it does not exist. */
  configure(name: string, config: ConfigValues): Promise<void>;
  /** Returns what an update would change. */
  preview(name: string): Promise<readonly StackChange[]>;
  /** Updates a stack, and returns what changed. */
  up(name: string): Promise<readonly StackChange[]>;
  /** Removes the lock that a killed operation left. */
  unlock(name: string): Promise<void>;
  /** Removes `protect` in a stack's state only, for a stack that cannot be updated. */
  unprotect(name: string): Promise<void>;
  /** Destroys a stack and removes its state. */
  destroy(name: string): Promise<void>;
}

/** Keys of the project's namespace, without the namespace, to values. */
export type ConfigValues = Readonly<Record<string, string | number | boolean>>;

/** What an update changes in a resource. */
export interface StackChange {
  /** Operation of the Pulumi engine: `create`, `update`, `replace`, `delete`, ... */
  readonly operation: string;
  /** `TYPE::NAME`. */
  readonly resource: string;
  /** Properties that differ. */
  readonly properties: readonly string[];
}

/** Operations that leave a resource as it is. */
const UNCHANGED = ["same", "read", "refresh"];

/** A resource's own tags, and those with the provider's default tags. */
const TAGS = ["tags", "tagsAll"];

/** The change that an event of the engine announces, if any. */
export function changesIn({ resourcePreEvent }: EngineEvent): StackChange[] {
  if (resourcePreEvent === undefined || UNCHANGED.includes(resourcePreEvent.metadata.op)) return [];
  const { op, urn, diffs, keys } = resourcePreEvent.metadata;
  return [{ operation: op, resource: keyOfUrn(urn), properties: [...new Set([...(keys ?? []), ...(diffs ?? [])])] }];
}

/** The error in an event of the engine, if any, with its resource. */
export function errorsIn({ diagnosticEvent }: EngineEvent): string[] {
  if (diagnosticEvent?.severity !== "error") return [];
  const { urn, message } = diagnosticEvent;
  return [`${urn === undefined || urn === "" ? "" : `${keyOfUrn(urn)}: `}${message.trim()}`];
}

/** Formats a change: `update aws:ec2/route:Route::dev-private-2 (natGatewayId)`. */
export function formatChange({ operation, resource, properties }: StackChange): string {
  return `${operation} ${resource}${properties.length === 0 ? "" : ` (${properties.join(", ")})`}`;
}

/** Counts changes by operation: `create 12, update 2`. */
export function formatCounts(changes: readonly StackChange[]): string {
  const counts = new Map<string, number>();
  for (const { operation } of changes) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return [...counts].map(([operation, count]) => `${operation} ${String(count)}`).join(", ") || "nothing to do";
}

/** Whether a change updates only tags. */
export function isTagUpdate({ operation, properties }: StackChange): boolean {
  return operation === "update" && properties.length > 0 && properties.every((property) => TAGS.includes(property));
}
