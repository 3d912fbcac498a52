import type { Plan } from "../../planner/plan";
import { alike, namesInShort, routeTables } from "../view/routes";
import { indented, section, wrapped } from "./lines";
import { fitted, type Screen } from "./screen";

/** Columns that routes need beside the names of their tables. */
const ROOM = 40;

/** Each route table in words; tables with the same routes share an entry. */
export function routesSection(plan: Plan, screen: Screen): string[] {
  const inner = { ...screen, width: Math.min(screen.width, 120) - 2 };
  const entries = plan.flatMap((stack) =>
    alike(routeTables(stack)).map(({ names, words }) => ({ title: namesInShort(names), words })),
  );
  const titles = Math.max(0, ...entries.map(({ title }) => title.length));
  const room = inner.width - titles - 2;
  const lines = entries.flatMap(({ title, words }) =>
    room < ROOM
      ? [title, ...indented(wrapped(words, ";", inner.width - 2))]
      : wrapped(words, ";", room).map((line, index) => `${(index === 0 ? title : "").padEnd(titles)}  ${line}`),
  );
  return section("Routes of the subnets", fitted(lines, inner), screen.paint);
}
