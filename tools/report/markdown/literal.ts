import { printable } from "../../io/terminal";

/** Characters that are shown of one text; a longer one ends with an ellipsis. */
const MAX_LENGTH = 300;

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
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" } as const;
  const escaped = printable(shortened(text)).replace(/[&<>"']/g, (found) => entities[found as keyof typeof entities]);
  return `<code>${escaped}</code>`;
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_LENGTH ? text : `${characters.slice(0, MAX_LENGTH - 1).join("")}…`;
}
