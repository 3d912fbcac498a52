import { type Paint, type Style, widthOf, wrapped } from "../../io/terminal";
import { type Card, type Cell, cellText, type Entry, type Section, SIGNS, type Table } from "../view/section";
import { aligned, fitted, indented, item, type Screen, section, table } from "./lines";

/** A section under its heading. */
export function sectionLines(shown: Section, screen: Screen): string[] {
  const inner = { ...screen, width: screen.width - 2 };
  const blocks = [
    shown.table === undefined ? [] : tableLines(shown.table, inner),
    fitted(cardLines(shown.cards ?? [], inner), inner),
    (shown.notes ?? []).flatMap((note) => item(note, inner)),
  ].filter((lines) => lines.length > 0);
  return section(
    shown.title,
    blocks.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines])),
    screen.paint,
  );
}

/** A table, or its narrow form where the screen has too few columns. */
export function tableLines({ columns, rows, total, narrow }: Table, { paint, width }: Screen): string[] {
  const shown = columns.flatMap((column, index) => (column.onPageOnly === true ? [] : [index]));
  const cells = [...rows, ...(total === undefined ? [] : [total])].map((row) =>
    shown.map((index) => row[index] ?? "").map((cell) => styled(cell, paint)),
  );
  const lines = (most: number): string[] =>
    table(
      shown.flatMap((index) => columns[index] ?? []),
      cells,
      paint,
      most,
    );
  if (narrow === undefined) return lines(width);
  const whole = lines(Infinity);
  return whole.every((line) => widthOf(line) <= width)
    ? whole
    : narrowLines(narrow, { paint, width }).map((line) => withSigns(line, paint));
}

/** In columns where they have room. */
function narrowLines(entries: readonly Entry[], screen: Screen): string[] {
  if (entries.some(({ lines }) => lines.length !== 1)) return fitted(entryLines(entries, screen.paint), screen);
  const rows = aligned(
    entries.map(({ term, lines }) => [term, ...lines]),
    [{}, {}],
  );
  if (rows.every((line) => widthOf(line) <= screen.width)) return rows;
  return fitted(
    entries.map(({ term, lines }) => [term, ...lines].join(": ")),
    screen,
  );
}

const ACTIONS: Readonly<Record<string, Style>> = { create: "green", update: "yellow", replace: "red", delete: "red" };

export function styled(cell: Cell, paint: Paint): string {
  const text = cellText(cell);
  if (typeof cell !== "object") return text;
  if ("action" in cell) return paint(ACTIONS[cell.action] ?? "red", text);
  return "passed" in cell ? withSigns(text, paint) : text;
}

function withSigns(line: string, paint: Paint): string {
  return line
    .replaceAll(SIGNS.passed, paint("green", SIGNS.passed))
    .replaceAll(SIGNS.failed, paint("red", SIGNS.failed));
}

/** `TITLE: SUMMARY`, and the table and entries below. Cards without a summary form one list. */
function cardLines(cards: readonly Card[], screen: Screen): string[] {
  if (cards.every(({ summary }) => summary === undefined)) {
    return entryColumns(
      cards.flatMap(({ entries = [] }) => entries),
      screen,
    );
  }
  return cards.flatMap(({ title, summary = "", table: below, entries = [] }) => [
    `${screen.paint("bold", title)}: ${summary}`,
    ...indented(below === undefined ? [] : tableLines(below, { ...screen, width: screen.width - 2 })),
    ...indented(entryLines(entries, screen.paint)),
  ]);
}

/** `TERM: LINE`, or the lines of a term below it. */
function entryLines(entries: readonly Entry[], paint: Paint): string[] {
  return entries.flatMap(({ term, lines: [first = "", ...more], isWarning = false }) => {
    if (more.length > 0) return [term, ...indented([first, ...more])];
    return `${term}: ${isWarning ? paint("yellow", first) : first}`;
  });
}

/** Columns that lines need beside their terms. */
const ROOM = 40;
/** Longer lines are hard to read, however wide the terminal is. */
const MOST = 118;

/** Terms and their lines side by side, as `TERM  LINE; LINE`. */
function entryColumns(entries: readonly Entry[], screen: Screen): string[] {
  const width = Math.min(screen.width, MOST);
  const terms = Math.max(0, ...entries.map(({ term }) => term.length));
  const room = width - terms - 2;
  return entries.flatMap(({ term, lines }) =>
    room < ROOM
      ? [term, ...indented(wrapped(lines, ";", width - 2))].flatMap((line) => fitted([line], { ...screen, width }))
      : wrapped(lines, ";", room).map((line, index) => `${(index === 0 ? term : "").padEnd(terms)}  ${line}`),
  );
}
