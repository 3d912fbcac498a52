import { grouped } from "../../io/words";
import type { ChangeAction } from "../../planner/changes/changes";

/** A part of the plan under its own heading, as the terminal, the page and a comment on a pull request show it. */
export interface Section {
  /** Anchor on the page. */
  readonly id: string;
  readonly title: string;
  /** Introduction, which only the page shows. */
  readonly note?: string;
  readonly table?: Table;
  readonly cards?: readonly Card[];
  /** Sentences below. */
  readonly notes?: readonly string[];
}

/** What a section says of one stack or of one route table. */
export interface Card {
  readonly title: string;
  /** Follows the title. In the terminal, cards without a summary form one list. */
  readonly summary?: string;
  readonly warnings?: readonly Warning[];
  readonly table?: Table;
  readonly entries?: readonly Entry[];
}

/** A sentence or more under one word, such as `Refused`. */
export interface Warning {
  readonly kind: string;
  readonly heading: string;
  readonly text: string;
}

/** A term, and what is said of it in one line or several. */
export interface Entry {
  readonly term: string;
  readonly lines: readonly string[];
  /** Whether a reader must notice it. */
  readonly isWarning?: boolean;
}

export interface Table {
  /** Name for screen readers. @default the title above it */
  readonly caption?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Sums. */
  readonly total?: Row | undefined;
  /** Column that names a row. @default 0 */
  readonly header?: number;
  /** Replaces the table in a terminal with too few columns. */
  readonly narrow?: readonly Entry[];
}

export interface Column {
  readonly title: string;
  readonly align?: "right";
  /** Whether the title is a name of the plan, such as that of a stack, and not a word of this program. */
  readonly isName?: boolean;
  /** Whether this is the main column, which the page shows in bold and next to the first. */
  readonly isMain?: boolean;
  /** Whether the terminal has no room for it. */
  readonly onPageOnly?: boolean;
}

export type Row = readonly Cell[];

/**
 * - a text: a name from the plan, which is untrusted
 * - a number: a count
 * - `words`: words of this program, such as an amount; `isLoud`: to be noticed
 * - `names`: several names from the plan
 * - `passed`: the result of a check; undefined: it does not apply
 */
export type Cell =
  | string
  | number
  | { readonly words: string; readonly isLoud?: boolean }
  | { readonly names: readonly string[] }
  | { readonly action: ChangeAction }
  | { readonly passed: boolean | undefined };

/** The signs of a check that passes and of one that fails. */
export const SIGNS = { passed: "✓", failed: "✗" } as const;

/** Columns of a table of figures: the first has names, all others are aligned to the right. @param main title of the main one */
export function figures(first: string, titles: readonly string[], main = ""): Column[] {
  return [{ title: first }, ...titles.map((title): Column => ({ title, align: "right", isMain: title === main }))];
}

/** A cell in plain words; the result of a check and a count as well. */
export function cellText(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (typeof cell === "number") return grouped(cell);
  if ("words" in cell) return cell.words;
  if ("names" in cell) return cell.names.join(", ");
  if ("action" in cell) return cell.action;
  if (cell.passed === undefined) return "";
  return cell.passed ? SIGNS.passed : SIGNS.failed;
}
