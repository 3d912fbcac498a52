import type { EngineEvent } from "@pulumi/pulumi/automation";
import { keyOfUrn } from "../tools/planner/engine/resource";

/** What an update does to a resource, or would do. */
export interface Change {
  /** The engine's word: `create`, `update`, `replace`, `delete`, ... */
  readonly operation: string;
  /** `TYPE::NAME`. */
  readonly resource: string;
  /** Properties that differ. */
  readonly properties: readonly string[];
}

/** Operations that leave a resource as it is. */
const NOTHING = ["same", "read", "refresh"];

/** Properties that hold the tags of a resource: its own, and all with the provider's. */
const TAGS = ["tags", "tagsAll"];

/** What an event of the engine says that is done; nothing for most. */
export function changesIn({ resourcePreEvent }: EngineEvent): Change[] {
  if (resourcePreEvent === undefined || NOTHING.includes(resourcePreEvent.metadata.op)) return [];
  const { op, urn, diffs, keys } = resourcePreEvent.metadata;
  return [{ operation: op, resource: keyOfUrn(urn), properties: [...new Set([...(keys ?? []), ...(diffs ?? [])])] }];
}

/** The errors that the engine tells, each with the resource it is of. */
export function errorsIn({ diagnosticEvent }: EngineEvent): string[] {
  if (diagnosticEvent?.severity !== "error") return [];
  const { urn, message } = diagnosticEvent;
  return [`${urn === undefined || urn === "" ? "" : `${keyOfUrn(urn)}: `}${message.trim()}`];
}

/** `update aws:ec2/route:Route::dev-private-2 (natGatewayId)`. */
export function changeInWords({ operation, resource, properties }: Change): string {
  return `${operation} ${resource}${properties.length === 0 ? "" : ` (${properties.join(", ")})`}`;
}

/** `create 12, update 2`. */
export function countInWords(changes: readonly Change[]): string {
  const counts = new Map<string, number>();
  for (const { operation } of changes) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return [...counts].map(([operation, count]) => `${operation} ${String(count)}`).join(", ") || "nothing to do";
}

/** An update of tags and of nothing else. */
export function isOfTags({ operation, properties }: Change): boolean {
  return operation === "update" && properties.length > 0 && properties.every((property) => TAGS.includes(property));
}
