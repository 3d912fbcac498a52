import { awsChanges, isEmpty, type Changes } from "../../planner/changes/changes";
import { changeLines, changeSummary, warningLines, type ChangeLine, type WarningLine } from "../view/changes";
import { indented, section, wrapped } from "./lines";
import { WIDTH } from "../../io/terminal";
import type { Paint, Style } from "./paint";

const STYLES: Readonly<Record<ChangeLine["action"], Style>> = {
  create: "green",
  update: "yellow",
  replace: "red",
  delete: "red",
};

/** AWS resources that are listed one by one where not everything is asked for. */
const MOST_LISTED = 20;

export interface ChangesOptions {
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
  const stacks = Object.entries(changes).map(([name, each]) => [name, awsChanges(each)] as const);
  const changed = stacks.filter(([, each]) => !isEmpty(each) || warningLines(each).length > 0);
  const unchanged = stacks.filter((stack) => !changed.includes(stack)).map(([name]) => name);
  const isShort = changed.reduce((sum, [, each]) => sum + changeLines(each).length, 0) <= MOST_LISTED;
  const shortened = changed.some(([, each]) => warningLines(each).some(isShortened));
  const told = new Set<string>();
  const lines = [
    ...changed.flatMap(([name, each]) => [
      `${paint("bold", name)}: ${changeSummary(each)}`,
      // What several stacks share is told once.
      ...warningLines(each)
        .filter(({ text }) => all || !told.has(text))
        .flatMap((warning) => {
          told.add(warning.text);
          return indented(warningText(warning, paint, all));
        }),
      ...(all || isShort ? indented(changeTable(changeLines(each), paint)) : []),
    ]),
    ...(all ? [] : leftOut({ resources: !isShort, sentences: shortened, onPage })),
    ...(unchanged.length === 0 ? [] : ["no change", ...indented(wrapped(unchanged, ",", WIDTH - 4))]),
  ];
  return section(title, lines, paint);
}

const WARNING_STYLES: Readonly<Record<WarningLine["kind"], Style>> = {
  refused: "red",
  lost: "red",
  interrupted: "yellow",
  note: "dim",
};

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

const sentencesOf = (text: string): readonly string[] => text.split(/(?<=\.) (?=[A-Z])/);

const isShortened = ({ text }: WarningLine): boolean => sentencesOf(text).length > 1;

/** `Refused: pulumi up refuses ...`, in lines of the report's width. */
function warningText({ kind, heading, text }: WarningLine, paint: Paint, all: boolean): string[] {
  const [firstSentence = ""] = sentencesOf(text);
  const [first = "", ...rest] = wrapped(`${heading}: ${all ? text : firstSentence}`.split(" "), "", WIDTH - 6);
  return [paint(WARNING_STYLES[kind], heading) + first.slice(heading.length), ...indented(rest)];
}

/** Columns as wide as their cells, but for names that leave no room for the properties: those go below. */
function changeTable(lines: readonly ChangeLine[], paint: Paint): string[] {
  const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length));
  const actions = "replace".length;
  const types = longest(lines.map(({ type }) => type));
  const properties = lines.map((line) => line.properties.join(", "));
  const room = WIDTH - 4 - actions - types - longest(properties) - 6;
  const names = Math.min(longest(lines.map(({ name }) => name)), room);
  return lines.flatMap(({ action, type, name }, index) => {
    const start = `${paint(STYLES[action], action.padEnd(actions))}  ${type.padEnd(types)}  `;
    const property = properties[index] ?? "";
    if (property === "" || name.length <= names) return `${start}${name.padEnd(names)}  ${property}`.trimEnd();
    return [start + name, " ".repeat(actions + types + names + 6) + property];
  });
}
