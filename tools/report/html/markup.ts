import { type Card, type Cell, cellText, type Entry, type Row, type Section, type Table } from "../view/section";

/** Text that is markup already. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | readonly Markup[];

/** Markup from a template: what is filled in is escaped, unless it is markup itself. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(
    parts.map((part, index) => part + (index < values.length ? filledIn(values[index] ?? "") : "")).join(""),
  );
}

/** Nothing, where a template may have something. */
export const NOTHING = new Markup("");

function filledIn(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(({ text }) => text).join("");
  return escaped(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Attribute `class`; names may be empty. */
export function classes(names: readonly string[]): Markup {
  const some = names.filter((name) => name !== "");
  return some.length === 0 ? NOTHING : markup` class="${some.join(" ")}"`;
}

/** What a section says, below its heading. */
export function sectionBody({ id, title, note, table, cards = [], notes = [] }: Section): Markup {
  return markup`
${note === undefined ? NOTHING : markup`<p class="muted">${note}</p>`}
${table === undefined ? NOTHING : markup`<div class="card">${tableOf(table, id, title)}</div>`}
${cards.length === 0 ? NOTHING : markup`<div class="cards ${id}">${cards.map((each) => cardOf(each, id, openUpTo(cards.length)))}</div>`}
${notesBelow(notes)}`;
}

function notesBelow(notes: readonly string[]): Markup {
  if (notes.length === 0) return NOTHING;
  return notes.length === 1
    ? markup`<p class="below">${notes[0] ?? ""}</p>`
    : markup`<ul class="below">${notes.map((note) => markup`<li>${note}</li>`)}</ul>`;
}

/** Cards that are shown unfolded. */
const MOST_OPEN = 8;

/** Attribute of a `details` element: unfolded, unless there are too many cards to read in order. */
export function openUpTo(count: number): Markup {
  return count > MOST_OPEN ? NOTHING : markup` open`;
}

function cardOf({ title, summary, warnings = [], table, entries = [] }: Card, kind: string, open: Markup): Markup {
  return markup`
<details class="card"${open}>
<summary><h3>${title}</h3></summary>
${summary === undefined ? NOTHING : markup`<p>${capital(summary)}.</p>`}
${
  warnings.length === 0
    ? NOTHING
    : markup`<ul class="warnings">${warnings.map(
        ({ kind: about, heading, text }) => markup`<li><b class="${about}">${heading}:</b> ${text}</li>`,
      )}</ul>`
}
${table === undefined ? NOTHING : tableOf(table, kind, title)}
${entries.length === 0 ? NOTHING : markup`<dl>${entries.map(entryOf)}</dl>`}
</details>`;
}

function entryOf({ term, lines, isWarning = false }: Entry): Markup {
  const [first = "", ...more] = lines;
  return markup`
<dt>${term}</dt><dd${isWarning ? markup` class="warning"` : NOTHING}>${
    more.length === 0 ? first : markup`<ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`
  }</dd>`;
}

/** The main column comes right after the first, where a reader of a table that scrolls still sees it. */
function tableOf({ columns, rows, total, header = 0, caption }: Table, kind: string, title: string): Markup {
  const all = [...columns.entries()].map(([index, column]) => ({ ...column, index }));
  const [first, ...others] = all;
  const main = others.filter(({ isMain }) => isMain === true);
  const order = [...(first === undefined ? [] : [first]), ...main, ...others.filter((each) => !main.includes(each))];
  const classOf = ({ align, isMain }: (typeof all)[number], more = ""): Markup =>
    classes([align === "right" ? "number" : "", isMain === true ? "total" : "", more]);
  const rowOf = (row: Row): Markup => markup`
<tr>${order.map((column) => {
    const cell = row[column.index] ?? "";
    return column.index === header
      ? markup`<th scope="row">${cellText(cell)}</th>`
      : markup`<td${classOf(column, actionOf(cell))}>${cellText(cell)}</td>`;
  })}</tr>`;
  return scrolled(
    caption ?? title,
    markup`
<thead><tr>${order.map((column) => markup`<th scope="col"${classOf({ ...column, isMain: false })}>${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(rowOf)}</tbody>${
      total === undefined
        ? NOTHING
        : markup`
<tfoot>${rowOf(total)}</tfoot>`
    }`,
    kind,
  );
}

function actionOf(cell: Cell): string {
  return typeof cell === "object" && "action" in cell ? cell.action : "";
}

/** A table in a region that scrolls sideways when the page is too narrow. */
export function scrolled(caption: string, content: Markup, kind = ""): Markup {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="${kind}">
<caption class="hidden">${caption}</caption>
${content}
</table></div>`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
