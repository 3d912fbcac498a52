import type { Plan } from "../plan";
import { alike, namesInShort, routeTables } from "../view/routes";
import { section, WIDTH, wrapped } from "./lines";
import type { Paint } from "./paint";

/** Each route table in words; tables that say the same share a line. */
export function routesSection(plan: Plan, paint: Paint): string[] {
  const entries = plan.flatMap((stack) =>
    alike(routeTables(stack)).map(({ names, words }) => ({ title: namesInShort(names), words })),
  );
  const width = Math.max(0, ...entries.map(({ title }) => title.length));
  const lines = entries.flatMap(({ title, words }) =>
    wrapped(words, ";", WIDTH - width - 4).map((line, index) => `${(index === 0 ? title : "").padEnd(width)}  ${line}`),
  );
  return section("Routes of the subnets", lines, paint);
}
