import { amount, sum } from "../view/amounts";
import type { CostView, StackCosts } from "../view/costs";
import { explanations, joining, whatIfRows } from "../view/what-if";
import { section, table, WIDTH, wrapped } from "./lines";
import { plainPaint, type Paint } from "./paint";

/** What the stacks cost a month at rest, part by part, and what would add to it. */
export function costsSection(view: CostView, shown: readonly string[], paint: Paint): string[] {
  const stacks = view.stacks.filter(({ name }) => shown.includes(name));
  return section(
    "Costs at rest",
    [
      ...fitting(stacks, paint, (some, painted) => costTable(view, some, painted)),
      ...fitting(stacks, paint, (some, painted) => whatIfTable(view, some, painted)),
      ...explanations(view.whatIf).flatMap(broken),
      ...view.notes.flatMap(broken),
    ],
    paint,
  );
}

function costTable({ parts, stacks }: CostView, some: readonly StackCosts[], paint: Paint): string[] {
  const columns = figures("A month", [...some.map(({ name }) => name), "all stacks"]);
  const rows = parts.map((part) => [
    part,
    ...some.map(({ byPart }) => amount(byPart[part])),
    sum(stacks.map(({ byPart }) => byPart[part])),
  ]);
  const inAll = (of: readonly StackCosts[]): string => sum(of.flatMap(({ byPart }) => Object.values(byPart)));
  return table(columns, [...rows, ["in all", ...some.map((stack) => inAll([stack])), inAll(stacks)]], paint);
}

function whatIfTable({ whatIf }: CostView, some: readonly StackCosts[], paint: Paint): string[] {
  const rows = whatIfRows(whatIf);
  if (rows.length === 0) return [];
  const names = [...some.map(({ name }) => name), ...joining(whatIf)];
  return [
    "",
    ...table(
      figures("A month more", [...names, "all stacks"]),
      rows.map(({ title, cells, all }) => [title, ...names.map((name) => cells[name] ?? ""), all]),
      paint,
    ),
    "",
  ];
}

function figures(title: string, names: readonly string[]): { title: string; align?: "right" }[] {
  return [{ title }, ...names.map((name) => ({ title: name, align: "right" as const }))];
}

/** The table of as many stacks as have room beside each other; sums are of all in any case. */
function fitting(
  stacks: readonly StackCosts[],
  paint: Paint,
  lines: (some: readonly StackCosts[], paint: Paint) => string[],
): string[] {
  const first = stacks.findIndex((_stack, index) => !fits(lines(stacks.slice(0, index + 1), plainPaint)));
  return lines(first === -1 ? stacks : stacks.slice(0, first), paint);
}

function fits(lines: readonly string[]): boolean {
  return lines.every((line) => line.length <= WIDTH - INDENT);
}

/** Columns that a section stands in from the margin. */
const INDENT = 2;

function broken(sentence: string): string[] {
  return wrapped(sentence.split(" "), "", WIDTH - INDENT);
}
