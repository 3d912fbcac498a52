import { printable } from "../../io/terminal";
import { markup } from "../html/markup";
import { type Cell, cellText, type Row, type Table } from "../view/section";

/** A table as Markdown: names of the plan are code, and counts that are nothing are left out. */
export function tableLines({ columns, rows, total }: Table): string[] {
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

/** What is shown when asked for. @param summary HTML */
export function folded(summary: string, lines: readonly string[]): string[] {
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
