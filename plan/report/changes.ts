import { awsChanges, isEmpty, type Changes } from "../changes";
import { changeLines, changeSummary, warningLines, type ChangeLine, type WarningLine } from "../view/changes";
import { indented, section, WIDTH, wrapped } from "./lines";
import type { Paint, Style } from "./paint";

const STYLES: Readonly<Record<ChangeLine["action"], Style>> = {
  create: "green",
  update: "yellow",
  replace: "red",
  delete: "red",
};

/** What `--set` would change in stacks that run as they are configured now. */
export function changesSection(changes: Readonly<Record<string, Changes>>, paint: Paint): string[] {
  const stacks = Object.entries(changes);
  const changed = stacks.filter(([, each]) => !isEmpty(awsChanges(each)));
  const unchanged = stacks.filter(([, each]) => isEmpty(awsChanges(each))).map(([name]) => name);
  const lines = [
    ...changed.flatMap(([name, each]) => [
      `${paint("bold", name)}: ${changeSummary(each)}`,
      ...warningLines(each).flatMap((warning) => indented(warningText(warning, paint))),
      ...indented(changeTable(changeLines(each), paint)),
    ]),
    ...(unchanged.length === 0 ? [] : ["no change", ...indented(wrapped(unchanged, ",", WIDTH - 4))]),
  ];
  return section("What --set changes", lines, paint);
}

const WARNING_STYLES: Readonly<Record<WarningLine["kind"], Style>> = {
  refused: "red",
  lost: "red",
  interrupted: "yellow",
  note: "dim",
};

/** `Refused: pulumi up refuses ...`, in lines of the report's width. */
function warningText({ kind, heading, text }: WarningLine, paint: Paint): string[] {
  const [first = "", ...rest] = wrapped(`${heading}: ${text}`.split(" "), "", WIDTH - 6);
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
