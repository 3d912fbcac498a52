import {
  awsChanges,
  type ChangeAction,
  type Changes,
  type ChangeWarning,
  type WarningKind,
} from "../../planner/changes/changes";
import { labelOf } from "../../planner/engine/resource";
import { listed } from "./words";

/** What happens to one resource. */
export interface ChangeLine {
  readonly action: ChangeAction;
  readonly type: string;
  readonly name: string;
  /** Properties that change; of a replacement, those that force it. */
  readonly properties: readonly string[];
}

/** What happens to each AWS resource that changes: creations, updates in place, replacements, deletions. */
export function changeLines(changes: Changes): ChangeLine[] {
  const { create, update, replace, delete: gone } = awsChanges(changes);
  const line = (action: ChangeAction, resource: string, properties: readonly string[] = []): ChangeLine => ({
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

const ACTIONS: Readonly<Record<ChangeAction, string>> = {
  create: "create",
  update: "update in place",
  replace: "replace",
  delete: "delete",
};

/** `18 to create, 2 to update in place; nothing to replace or delete`, of AWS resources. */
export function changeSummary(changes: Changes): string {
  const counted = awsChanges(changes);
  const actions = Object.entries(ACTIONS) as [ChangeAction, string][];
  const some = actions.filter(([action]) => counted[action].length > 0);
  const none = actions.filter(([action]) => counted[action].length === 0);
  const counts = some.map(([action, words]) => `${String(counted[action].length)} to ${words}`);
  const rest =
    none.length === 0 ? [] : [`nothing to ${listed(none.map(([, words]) => words)).replace(" and ", " or ")}`];
  return [...(counts.length === 0 ? [] : [counts.join(", ")]), ...rest].join("; ");
}

const KINDS: Readonly<Record<WarningKind, string>> = {
  refused: "Refused",
  lost: "Lost",
  interrupted: "Interrupted",
  note: "Note",
};

/** A warning under one word that says what it is about. */
export interface WarningLine {
  readonly kind: WarningKind;
  /** `Refused`, `Lost`, `Interrupted` or `Note`. */
  readonly heading: string;
  readonly text: string;
}

/** What must be known before a change, the most important first. */
export function warningLines({ warnings = [] }: { readonly warnings?: readonly ChangeWarning[] }): WarningLine[] {
  return warnings.map(({ kind, text }) => ({ kind, heading: KINDS[kind], text }));
}
