import { isEmpty, type Changes } from "../changes";
import { changeLines, changeSummary, type ChangeLine } from "../view/changes";
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
  const changed = stacks.filter(([, each]) => !isEmpty(each));
  const unchanged = stacks.filter(([, each]) => isEmpty(each)).map(([name]) => name);
  const lines = [
    ...changed.flatMap(([name, each]) => [
      `${paint("bold", name)}: ${changeSummary(each)}`,
      ...indented(changeTable(changeLines(each), paint)),
    ]),
    ...(unchanged.length === 0 ? [] : ["no change", ...indented(wrapped(unchanged, ",", WIDTH - 4))]),
  ];
  return section("What --set changes", lines, paint);
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
