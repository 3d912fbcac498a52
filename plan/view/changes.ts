import type { Changes } from "../changes";
import { labelOf } from "./resources";
import { listed } from "./words";

/** What happens to one resource. */
export interface ChangeLine {
  readonly action: keyof Changes;
  readonly type: string;
  readonly name: string;
  /** Properties that change; of a replacement, those that force it. */
  readonly properties: readonly string[];
}

/** What happens to each resource that changes: creations, updates in place, replacements, deletions. */
export function changeLines({ create, update, replace, delete: gone }: Changes): ChangeLine[] {
  const line = (action: keyof Changes, resource: string, properties: readonly string[] = []): ChangeLine => ({
    action,
    ...labelOf(resource),
    properties,
  });
  return [
    ...create.map((resource) => line("create", resource)),
    ...update.map(({ name, properties }) => line("update", name, properties)),
    ...replace.map(({ name, properties }) => line("replace", name, properties)),
    ...gone.map((resource) => line("delete", resource)),
  ];
}

const ACTIONS: Readonly<Record<keyof Changes, string>> = {
  create: "create",
  update: "update in place",
  replace: "replace",
  delete: "delete",
};

/** `18 to create, 2 to update in place; nothing to replace or delete`. */
export function changeSummary(changes: Changes): string {
  const actions = Object.entries(ACTIONS) as [keyof Changes, string][];
  const some = actions.filter(([action]) => changes[action].length > 0);
  const none = actions.filter(([action]) => changes[action].length === 0);
  const counts = some.map(([action, words]) => `${String(changes[action].length)} to ${words}`);
  const rest =
    none.length === 0 ? [] : [`nothing to ${listed(none.map(([, words]) => words)).replace(" and ", " or ")}`];
  return [...(counts.length === 0 ? [] : [counts.join(", ")]), ...rest].join("; ");
}
