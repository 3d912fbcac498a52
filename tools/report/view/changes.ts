import { listed } from "../../io/words";
import {
  deployedChanges,
  type Change,
  type ChangeAction,
  type Changes,
  type WarningKind,
} from "../../planner/changes/changes";
import { labelOf } from "../../planner/engine/resource";
import { platformOf } from "../../planner/project/project";
import type { Card, Row, Section, Table, Warning } from "./section";

/** What `--set` changes in stacks that are deployed as they are configured now. */
export function changedStacks(changes: Readonly<Record<string, Changes>>): Section {
  const { cards, unchanged } = changeCards(changes);
  const notes = unchanged.length === 0 ? [] : [`No change: ${listed(unchanged)}.`];
  return { id: "changes", title: "What --set changes", cards, notes };
}

/** Cards of the stacks that change, and names of the stacks that do not; one that does not stands for its platform, too. */
export function changeCards(changes: Readonly<Record<string, Changes>>): {
  readonly cards: readonly ChangeCard[];
  readonly unchanged: readonly string[];
} {
  const all = Object.entries(changes).map(([stack, each]): ChangeCard => {
    const warnings = (each.warnings ?? []).map(({ kind, text }) => ({ kind, heading: HEADINGS[kind], text }));
    return {
      title: stack,
      summary: changeSummary(each),
      warnings,
      table: { ...changeTable(each), caption: `Changes of ${stack}` },
    };
  });
  const isChanged = ({ warnings, table }: ChangeCard): boolean => warnings.length + table.rows.length > 0;
  const unchanged = all.filter((card) => !isChanged(card)).map(({ title }) => title);
  const withStack = new Set(unchanged.map(platformOf));
  return { cards: all.filter(isChanged), unchanged: unchanged.filter((name) => !withStack.has(name)) };
}

export interface ChangeCard extends Card {
  readonly summary: string;
  /** What must be known before the change, the most important first. */
  readonly warnings: readonly (Warning & { readonly kind: WarningKind })[];
  readonly table: Table;
}

const HEADINGS: Readonly<Record<WarningKind, string>> = {
  refused: "Refused",
  lost: "Lost",
  interrupted: "Interrupted",
  note: "Note",
};

const ACTIONS: Readonly<Record<ChangeAction, string>> = {
  create: "create",
  update: "update in place",
  replace: "replace",
  delete: "delete",
};

/**
 * What happens to each AWS resource that changes; of a replacement, with the properties that force it.
 *
 * @param order in which the actions are listed
 */
export function changeTable(changes: Changes, order = Object.keys(ACTIONS) as readonly ChangeAction[]): Table {
  const counted = deployedChanges(changes);
  const row = (action: ChangeAction, change: Change | string): Row => {
    const { name: resource, properties } = typeof change === "string" ? { name: change, properties: [] } : change;
    const { type, name } = labelOf(resource);
    return [{ action }, type, name, { names: properties }];
  };
  return {
    columns: ["Action", "Type", "Name", "Properties"].map((title) => ({ title })),
    rows: order.flatMap((action) => counted[action].map((change) => row(action, change))),
    header: 2,
  };
}

/** `18 to create, 2 to update in place; nothing to replace or delete`, of AWS resources. */
export function changeSummary(changes: Changes): string {
  const counted = deployedChanges(changes);
  const actions = Object.entries(ACTIONS) as [ChangeAction, string][];
  const some = actions.filter(([action]) => counted[action].length > 0);
  const none = actions.filter(([action]) => counted[action].length === 0);
  const counts = some.map(([action, words]) => `${String(counted[action].length)} to ${words}`);
  const rest =
    none.length === 0 ? [] : [`nothing to ${listed(none.map(([, words]) => words)).replace(" and ", " or ")}`];
  return [...(counts.length === 0 ? [] : [counts.join(", ")]), ...rest].join("; ");
}
