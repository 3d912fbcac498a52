import type { Plan } from "../../planner/plan";
import { differences, type Difference } from "../view/configuration";
import { namesShortened } from "../view/words";
import { indented, section, table } from "./lines";
import { fitted, type Screen } from "./screen";

/** The keys that differ between the spokes: a column for each stack, or by value when that is too wide. */
export function configurationSection(plan: Plan, screen: Screen): string[] {
  const { stacks, rows } = differences(plan);
  if (stacks.length < 2) return [];
  const title = "Configuration that differs between the spokes";
  if (rows.length === 0) return section(title, ["none"], screen.paint);
  const inner = { ...screen, width: screen.width - 2 };
  const columns = ["Key", ...stacks].map((name) => ({ title: name }));
  const lines = table(
    columns,
    rows.map(({ key, values }) => [key, ...values]),
    screen.paint,
    Infinity,
  );
  const fits = fitted(lines, inner).length === lines.length;
  return section(title, fits ? lines : fitted(byValue(stacks, rows), inner), screen.paint);
}

function byValue(stacks: readonly string[], rows: readonly Difference[]): string[] {
  return rows.flatMap(({ key, values }) => [
    key,
    ...indented(
      [...new Set(values)].map((value) => {
        const those = stacks.filter((_stack, index) => values[index] === value);
        return `${value}: ${namesShortened(those)}`;
      }),
    ),
  ]);
}
