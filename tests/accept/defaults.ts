import { format } from "prettier";
import type { Json } from "../../tools/planner/engine/resource";
import { projectWithAlarms as project } from "../support/plans";
import { withOptions } from "./outputs";

/** Page whose tables show the defaults: columns `key` and `default`. */
export const CONFIGURATION = "docs/configuration.md";

/**
 * The page with its generated tables: the options of `npm start`, and the defaults of the fixture project, with what stacks
 * set instead in brackets.
 */
export async function withTables(file: string, text: string): Promise<string> {
  const tables = file === CONFIGURATION ? withDefaults(text) : withOptions(text);
  return tables === text ? text : format(tables, { parser: "markdown", printWidth: 120 });
}

function withDefaults(text: string): string {
  let column = -1;
  const lines = text.split("\n").map((line) => {
    if (!line.startsWith("|")) return line;
    const cells = line.split("|").map((cell) => cell.trim());
    if (cells[1] === "key") column = cells.indexOf("default");
    const [, key = ""] = /^`([\w:-]+)`$/.exec(cells[1] ?? "") ?? [];
    const shown = defaultOf(key);
    if (column < 0 || shown === undefined) return line;
    return cells
      .map((cell, index) => (index === column ? shown : cell))
      .join(" | ")
      .trim();
  });
  return lines.join("\n");
}

function defaultOf(key: string): string | undefined {
  const declared = project.declared[key]?.default;
  if (declared === undefined) return undefined;
  const others = Object.entries(project.stacks).flatMap(([stack, config]) => {
    const value = config[`${project.name}:${key}`];
    return value === undefined || JSON.stringify(value) === JSON.stringify(declared) ? [] : [{ stack, value }];
  });
  const values = [...new Set(others.map(({ value }) => shown(value)))];
  const said = values.map((value) => {
    const stacks = others.filter((each) => shown(each.value) === value).map(({ stack }) => stack);
    return `${stacks.join(", ")}: ${value}`;
  });
  return said.length === 0 ? shown(declared) : `${shown(declared)} (${said.join("; ")})`;
}

function shown(value: Json): string {
  if (value === "") return "none";
  if (Array.isArray(value)) return `\`[${value.map(String).join(", ")}]\``;
  if (value !== null && typeof value === "object") return Object.keys(value).join(", ") || "`{}`";
  return typeof value === "string" ? `\`${value}\`` : String(value);
}
