import type { CheckResult } from "../../checks";
import { printable } from "../../io/terminal";
import { counted, listed, withUnknown } from "../../io/words";
import { deployedChanges, type ChangeAction, type Changes, isEmpty } from "../../planner/changes/changes";
import { markup } from "../html/markup";
import { changeCards, changeSummary, changeTable } from "../view/changes";
import { checksTable, type FailedCheck, verdictOf } from "../view/checks";
import { type Cell, cellText, figures, type Row, type Table } from "../view/section";
import type { Costs } from "./plan-file";

/** Stacks that are named, and failed checks that are shown with evidence. */
const MAX_STACKS = 5;
const MAX_FAILED = 10;

/** The verdict, and the failed checks with their evidence: what a reviewer reads first. */
export function verdictPart(checks: readonly CheckResult[] | undefined): string[] {
  if (checks === undefined || checks.length === 0) return ["**The plan of this merge has no checks.**", ""];
  const { passed, total, failed } = verdictOf(checks);
  const failures = failed.map(({ name, stacks }) => `; ${literal(name)} fails in ${named(stacks)}`);
  const verdict = `**${String(passed)} of ${counted(total, "check")} ${total === 1 ? "passes" : "pass"}${failures.join("")}.**`;
  if (failed.length === 0) return [verdict, ""];
  return [verdict, "", "> [!CAUTION]", ...failed.slice(0, MAX_FAILED).map((check) => `> ${failure(check)}`), ""];
}

/** A failed check with its first piece of evidence; the report has all of it. */
function failure({ name, results }: FailedCheck): string {
  const [first] = results;
  const pieces = results.reduce((sum, { evidence }) => sum + evidence.length, 0);
  const [seen] = first?.evidence ?? [];
  const evidence = first === undefined || seen === undefined ? [] : [`${literal(first.stack)}: ${literal(seen)}`];
  const more = pieces > 1 ? [`and ${counted(pieces - 1, "more finding")}`] : [];
  return `${literal(name)}: ${[...evidence, ...more].join(", ") || "no evidence"}`;
}

function named(stacks: readonly string[]): string {
  const more = stacks.length - MAX_STACKS;
  return [...stacks.slice(0, MAX_STACKS).map(literal), ...(more > 0 ? [`${String(more)} more`] : [])].join(", ");
}

/** Each check by stack, folded. @param order names of the stacks, in the order of the columns */
export function checksPart(checks: readonly CheckResult[] | undefined, order: readonly string[]): string[] {
  if (checks === undefined || checks.length === 0) return [];
  const checked = new Set(checks.map(({ stack }) => stack));
  const stacks = [...new Set([...order, ...checked])].filter((stack) => checked.has(stack));
  return folded("Checks by stack", tableLines(checksTable(checks, stacks)));
}

/** What a merge does, by stack. */
type ChangesByStack = Readonly<Record<string, Changes>>;

/** The sentence about changes for the top of the comment, and a warning about replacements and deletions. */
export function changesHeadline(changes: ChangesByStack): string[] {
  const changed = Object.entries(changes)
    .map(([stack, each]) => [stack, deployedChanges(each)] as const)
    .filter(([, each]) => !isEmpty(each));
  if (changed.length === 0) return ["**No stack changes.**", ""];
  const harm = (["replace", "delete"] as const).flatMap((action) =>
    changed.flatMap(([stack, each]) => {
      const count = each[action].length;
      const noun = action === "replace" ? "replacement" : "deletion";
      return count === 0 ? [] : [`${literal(stack)}: ${counted(count, noun)}`];
    }),
  );
  const names = listed(changed.map(([stack]) => literal(stack)));
  const verb = changed.length === 1 ? "changes" : "change";
  if (harm.length === 0) return [`**${names} ${verb}.** Nothing is replaced or deleted.`, ""];
  return [
    `**${names} ${verb}.**`,
    "",
    "> [!WARNING]",
    `> ${harm.join("; ")}. Replaced and deleted resources lose their content, and what uses them is interrupted.`,
    "",
  ];
}

/** One line a stack: what the merge does, and how many resources the stack then has. */
export function stackTable(changes: ChangesByStack, resources: ReadonlyMap<string, number>): string[] {
  const count = (items: readonly unknown[], isLoud = false): Cell => ({
    ...{ words: items.length === 0 ? "" : String(items.length), isLoud: isLoud && items.length > 0 },
  });
  const rows = Object.entries(changes).map(([stack, each]): Row => {
    const { create, update, replace, delete: gone } = deployedChanges(each);
    return [stack, count(create), count(update), count(replace, true), count(gone, true), resources.get(stack) ?? 0];
  });
  const columns = figures("Stack", ["Create", "Update in place", "Replace", "Delete", "Resources after"]);
  return [...tableLines({ columns, rows }), ""];
}

/** What is refused, lost or interrupted, by stack; what several share is repeated for each. */
export function warningsPart(changes: ChangesByStack): string[] {
  const lines = changeCards(changes).cards.flatMap(({ title, warnings }) =>
    warnings.map(({ heading, text }) => `> - ${literal(title)}: **${heading}:** ${literal(text)}`),
  );
  return lines.length === 0 ? [] : ["> [!CAUTION]", "> Before the merge:", ...lines, ""];
}

/** Types of which it is not known what replaces them: what is called an update of one may be a replacement. */
export function unknownTypes(types: readonly string[]): string[] {
  if (types.length === 0) return [];
  return [
    "> [!WARNING]",
    `> The base branch does not know what replaces ${listed(types.map(literal))}: an update in place may be a replacement.`,
    "",
  ];
}

/** Each change, folded by stack; replacements and deletions first, because reviewers look for them. */
export function changeDetails(changes: ChangesByStack): string[] {
  const order: readonly ChangeAction[] = ["replace", "delete", "update", "create"];
  return Object.entries(changes).flatMap(([stack, each]) => {
    if (isEmpty(deployedChanges(each))) return [];
    const [, ...columns] = changeTable(each).columns;
    const table = { ...changeTable(each, order), columns: [{ title: "" }, ...columns] };
    return folded(`${literalHtml(stack)}: ${changeSummary(each)}`, tableLines(table));
  });
}

const CENTS = 100;

/** What a month costs, and whether everything in it has a price. */
interface Sum {
  readonly known: number;
  readonly whole: boolean;
}

/** The sentence about costs that a reviewer reads first: the difference, and what all stacks then cost. */
export function costsHeadline(base: Costs | undefined, head: Costs | undefined): string[] {
  if (head === undefined) return ["The plan of this merge has no costs.", ""];
  const after = dollars(ofAll(head));
  if (base === undefined) {
    return [`**${after} a month** before traffic; the plan of the base branch has no costs to compare with.`, ""];
  }
  return [`**${after} a month** before traffic (${difference(ofAll(base), ofAll(head)) || "no change"}).`, ""];
}

/** Monthly costs before traffic: a row for each stack whose costs change, one row for all other stacks, and the total. */
export function costsPart(base: Costs | undefined, head: Costs | undefined): string[] {
  if (head === undefined || base === undefined) return [];
  const names = [...new Set([...base.stacks, ...head.stacks].map(({ name }) => name))];
  const stacks = names.map((name) => ({ name, before: ofStack(base, name), after: ofStack(head, name) }));
  const isSame = ({ before, after }: { readonly before: Sum; readonly after: Sum }): boolean =>
    before.whole === after.whole && cents(before) === cents(after);
  const differing = stacks.filter((stack) => !isSame(stack));
  if (differing.length === 0) return [];
  const others = stacks.filter(isSame).map(({ after }) => after);
  const row = (label: Cell, before: Sum, after: Sum): Row => [
    label,
    ...[dollars(before), dollars(after), difference(before, after)].map((words) => ({ words })),
  ];
  const table = {
    columns: figures("Stack", ["Base", "This merge", "Difference"]),
    rows: [
      ...differing.map(({ name, before, after }) => row(name, before, after)),
      ...(others.length === 0
        ? []
        : [row({ words: counted(others.length, "other stack") }, added(others), added(others))]),
    ],
    total: row({ words: "total" }, ofAll(base), ofAll(head)),
  };
  return [
    "#### Monthly cost before traffic",
    "",
    ...tableLines(table),
    "",
    ...head.notes.map((note) => `<sub>${literal(note)}</sub>`),
    "",
  ];
}

/** A stack that is not there costs nothing. */
function ofStack({ stacks }: Costs, name: string): Sum {
  return added(
    stacks
      .filter((stack) => stack.name === name)
      .slice(0, 1)
      .map(sumOf),
  );
}

function ofAll({ stacks }: Costs): Sum {
  return added(stacks.map(sumOf));
}

function sumOf({ total, unknown = [] }: Costs["stacks"][number]): Sum {
  return { known: total, whole: unknown.length === 0 };
}

/** In whole cents. */
function added(sums: readonly Sum[]): Sum {
  return {
    known: sums.reduce((all, sum) => all + cents(sum), 0) / CENTS,
    whole: sums.every(({ whole }) => whole),
  };
}

function cents({ known }: Sum): number {
  return Math.round(known * CENTS);
}

/** `$1,234.50`, and `$1,234.50 + ?` where something has no price. */
function dollars({ known, whole }: Sum): string {
  return withUnknown(known, whole ? [] : ["?"]);
}

/** `+$12.00`, empty for none; a question mark beside it where one of the two has a part without a price. */
function difference(before: Sum, after: Sum): string {
  const more = cents(after) - cents(before);
  const whole = before.whole && after.whole;
  if (more === 0) return whole ? "" : "?";
  return `${more < 0 ? "-" : "+"}${dollars({ known: Math.abs(more) / CENTS, whole })}`;
}

/** A table as Markdown: names of the plan are code, and counts that are nothing are left out. */
function tableLines({ columns, rows, total }: Table): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const head = columns.map(({ title, isName }) => (isName === true ? literal(title) : title));
  const all: readonly Row[] = [...rows, ...(total === undefined ? [] : [total])];
  return [line(head), line(head.map(() => "---")), ...all.map((row) => line(row.map(cellMarkdown)))];
}

function cellMarkdown(cell: Cell): string {
  if (typeof cell === "string") return literal(cell);
  if (typeof cell === "number") return String(cell);
  if ("names" in cell) return cell.names.map(literal).join(", ");
  const text = cellText(cell);
  const isLoud = "passed" in cell ? cell.passed === false : "words" in cell && cell.isLoud === true;
  return isLoud ? `**${text}**` : text;
}

/** Lines that GitHub folds away under a summary. @param summary HTML */
function folded(summary: string, lines: readonly string[]): string[] {
  return ["<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>", ""];
}

/**
 * Text from a plan, as Markdown that shows it and does nothing else, in prose and in a cell of a table: a code span on
 * one line. In code GitHub makes no link, mention, reference, heading, image or HTML of a text (GitHub Flavored Markdown
 * Spec, "Code spans"; GitHub Docs, "Basic writing and formatting syntax").
 *
 * A backtick would end the span, and a pipe the cell: a backslash before it would not help where the text has one of its
 * own. So both are shown as control characters are.
 */
export function literal(text: string): string {
  return text === "" ? '`""`' : `\`${printable(shortened(text), "`|")}\``;
}

/** The same as HTML, for what is inside HTML and is not read as Markdown. */
export function literalHtml(text: string): string {
  return markup`<code>${printable(shortened(text))}</code>`.text;
}

/** Characters that are shown of one text; a longer one ends with an ellipsis. */
const MAX_LENGTH = 300;

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_LENGTH ? text : `${characters.slice(0, MAX_LENGTH - 1).join("")}…`;
}
