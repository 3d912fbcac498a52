import type { Plan } from "../plan";
import { amount, costs } from "../view/costs";
import { section, table, WIDTH } from "./lines";
import type { Paint } from "./paint";

/** Columns that the names of the parts and the sum take. */
const AROUND = 36;
/** Columns of a figure, at least. */
const FIGURE = 6;

/** What the stacks cost a month at rest, part by part. */
export function costsSection(plan: Plan, shown: readonly string[], paint: Paint): string[] {
  const view = costs(plan);
  const stacks = view.stacks.filter(({ name }) => shown.includes(name)).filter(fits());
  const columns = [
    { title: "A month" },
    ...stacks.map(({ name }) => ({ title: name, align: "right" as const })),
    { title: "all stacks", align: "right" as const },
  ];
  const rows = view.parts.map((part) => [
    part,
    ...stacks.map(({ byPart }) => amount(byPart[part])),
    amount(view.stacks.reduce((sum, { byPart }) => sum + (byPart[part] ?? 0), 0)),
  ]);
  const sum = ["in all", ...stacks.map((stack) => amount(stack.total)), amount(view.total)];
  return section("Costs at rest", [...table(columns, [...rows, sum], paint), ...view.notes], paint);
}

/** Takes stacks for as long as their columns fit beside each other; the sum is of all in any case. */
function fits(): (stack: { readonly name: string }) => boolean {
  let width = AROUND;
  return ({ name }) => {
    width += Math.max(name.length, FIGURE) + 2;
    return width <= WIDTH;
  };
}
