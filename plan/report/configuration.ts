import type { Plan } from "../plan";
import { differences, type Difference } from "../view/configuration";
import { indented, section, table, WIDTH, wrapped } from "./lines";
import type { Paint } from "./paint";

/** The keys that differ between the spokes: a column a stack, or by value when that is too wide. */
export function configurationSection(plan: Plan, paint: Paint): string[] {
  const { stacks, rows } = differences(plan);
  if (stacks.length < 2) return [];
  const title = "Configuration that differs between the spokes";
  if (rows.length === 0) return section(title, ["none"], paint);
  const columns = ["Key", ...stacks].map((name) => ({ title: name }));
  const lines = table(
    columns,
    rows.map(({ key, values }) => [key, ...values]),
    (_style, text) => text,
  );
  const fits = lines.every((line) => line.length <= WIDTH - 2);
  return section(title, fits ? [paint("dim", lines[0] ?? ""), ...lines.slice(1)] : byValue(stacks, rows), paint);
}

function byValue(stacks: readonly string[], rows: readonly Difference[]): string[] {
  return rows.flatMap(({ key, values }) => [
    key,
    ...indented(
      [...new Set(values)].flatMap((value) => {
        const those = stacks.filter((_stack, index) => values[index] === value);
        return [value, ...indented(wrapped(those, ",", WIDTH - 6))];
      }),
    ),
  ]);
}
