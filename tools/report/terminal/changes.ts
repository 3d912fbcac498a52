import { type Paint, type Style, WIDTH, wrapped } from "../../io/terminal";
import type { Changes } from "../../planner/changes/changes";
import { type ChangeCard, changeCards } from "../view/changes";
import { cellText, type Warning } from "../view/section";
import { indented, section } from "./lines";
import { styled } from "./section";

/** AWS resources that are listed without the option `all`. */
const MOST_LISTED = 20;

interface ChangesOptions {
  /** Heading. @default "What --set changes" */
  readonly title?: string;
  /**
   * Every resource and every sentence, however many there are. @default false: the resources if they are few, and of each
   * warning what it says first
   */
  readonly all?: boolean;
  /** Whether the page lists these changes, too. @default true */
  readonly onPage?: boolean;
}

/** What a change does to stacks that are deployed as they are without it. */
export function changesSection(
  changes: Readonly<Record<string, Changes>>,
  paint: Paint,
  { title = "What --set changes", all = false, onPage = true }: ChangesOptions = {},
): string[] {
  const { cards, unchanged } = changeCards(changes);
  const isShort = cards.reduce((sum, { table }) => sum + table.rows.length, 0) <= MOST_LISTED;
  const isShortened = cards.some(({ warnings }) => warnings.some(({ text }) => sentencesOf(text).length > 1));
  const lines = [
    ...cards.flatMap((card, index) => [
      `${paint("bold", card.title)}: ${card.summary}`,
      ...indented(
        warningsToShow(card, all ? [] : cards.slice(0, index)).flatMap((each) => warningText(each, paint, all)),
      ),
      ...(all || isShort ? indented(changeTable(card, paint)) : []),
    ]),
    ...(all ? [] : leftOut({ resources: !isShort, sentences: isShortened, onPage })),
    ...(unchanged.length === 0 ? [] : ["no change", ...indented(wrapped(unchanged, ",", WIDTH - 4))]),
  ];
  return section(title, lines, paint);
}

/** The warnings of a stack that no stack before it has. */
function warningsToShow({ warnings }: ChangeCard, before: readonly ChangeCard[]): ChangeCard["warnings"] {
  const shown = before.flatMap((card) => card.warnings.map(({ text }) => text));
  return warnings.filter(({ text }) => !shown.includes(text));
}

interface LeftOut {
  readonly resources: boolean;
  readonly sentences: boolean;
  readonly onPage: boolean;
}

/** Where to find what the section leaves out. */
function leftOut({ resources, sentences, onPage }: LeftOut): string[] {
  if (!onPage) return resources ? ["These are too many AWS resources to list."] : [];
  const parts = [...(resources ? ["lists each resource"] : []), ...(sentences ? ["shows each warning in full"] : [])];
  return parts.length === 0 ? [] : [`The page ${parts.join(" and ")}.`];
}

const WARNING_STYLES: Readonly<Record<string, Style>> = {
  refused: "red",
  lost: "red",
  interrupted: "yellow",
  note: "dim",
};

/** `Refused: pulumi up refuses ...`, in lines of the report's width. @param all every sentence, or the first one */
function warningText({ kind, heading, text }: Warning, paint: Paint, all: boolean): string[] {
  const shown = all ? text : (sentencesOf(text)[0] ?? "");
  const [first = "", ...rest] = wrapped(`${heading}: ${shown}`.split(" "), "", WIDTH - 6);
  return [paint(WARNING_STYLES[kind] ?? "dim", heading) + first.slice(heading.length), ...indented(rest)];
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=\.) (?=[A-Z])/);
}

/** Columns are as wide as their cells. Properties without room after a long name are in the next line. */
function changeTable({ table }: ChangeCard, paint: Paint): string[] {
  const longest = (column: number): number =>
    Math.max(0, ...table.rows.map((row) => cellText(row[column] ?? "").length));
  const [actions, types] = ["replace".length, longest(1)];
  const room = WIDTH - 4 - actions - types - longest(3) - 6;
  const names = Math.min(longest(2), room);
  return table.rows.flatMap(([action = "", ...cells]) => {
    const [type = "", name = "", properties = ""] = cells.map(cellText);
    const gap = " ".repeat(actions - cellText(action).length);
    const start = `${styled(action, paint)}${gap}  ${type.padEnd(types)}  `;
    if (properties === "" || name.length <= names) return `${start}${name.padEnd(names)}  ${properties}`.trimEnd();
    return [start + name, " ".repeat(actions + types + names + 6) + properties];
  });
}
