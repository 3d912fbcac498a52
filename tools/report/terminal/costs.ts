import { amount, sum, withUnknown } from "../view/amounts";
import type { CostView, StackCosts } from "../view/costs";
import { breakEvenSentences, perGbRow } from "../view/traffic";
import { explanations, joining, whatIfRows } from "../view/what-if";
import { counted, grouped } from "../view/words";
import { section, table, type Column } from "./lines";
import { item, prose, type Screen } from "./screen";

/** Monthly cost by stack and part, what additions cost, prices per GB, and where endpoints and NAT gateways pay. */
export function costsSection(view: CostView, shown: readonly string[], region: string, screen: Screen): string[] {
  const inner = { ...screen, width: screen.width - 2 };
  const stacks = view.stacks.filter(({ name }) => shown.includes(name));
  const breakEven = breakEvenSentences(
    view.breakEven.filter(({ kind, name }) => kind === "interface endpoint" || shown.includes(name)),
    region,
  );
  return [
    ...section(
      "Monthly costs, before traffic",
      [...costTable(view, stacks, inner), "", ...view.notes.flatMap((note) => prose(note, inner))],
      screen.paint,
    ),
    ...additions(view, stacks, inner),
    ...section("Prices per GB", perGbTable(view, inner), screen.paint),
    ...(breakEven.length === 0
      ? []
      : section(
          "Break-even",
          breakEven.flatMap((sentence) => item(sentence, inner)),
          screen.paint,
        )),
  ];
}

function costTable(view: CostView, stacks: readonly StackCosts[], { paint, width }: Screen): string[] {
  const parts = view.parts.filter((part) => stacks.some(({ byPart }) => byPart[part] !== undefined));
  const row = ({ name, byPart, total, unknown }: StackCosts): string[] => [
    name,
    withUnknown(total, unknown),
    ...parts.map((part) => amount(byPart[part])),
  ];
  const total = [
    shownOf(stacks.length, view.stacks.length),
    sum(stacks.flatMap(({ byPart }) => Object.values(byPart))),
    ...parts.map((part) => sum(stacks.map(({ byPart }) => byPart[part]))),
  ];
  const rows = stacks.map(row);
  return table(figures("Stack", ["total", ...parts]), stacks.length === 1 ? rows : [...rows, total], paint, width);
}

/** What one addition would add to each stack; the total is of the stacks that are shown. */
function additions(view: CostView, stacks: readonly StackCosts[], screen: Screen): string[] {
  const shown = stacks.map(({ name }) => name);
  const others = view.stacks.map(({ name }) => name).filter((name) => !shown.includes(name));
  const whatIf = view.whatIf.filter(({ stack }) => !others.includes(stack));
  const rows = whatIfRows(whatIf);
  if (rows.length === 0) return [];
  const names = [...shown, ...joining(whatIf)];
  const lines = names.map((name) => [name, ...rows.map(({ cells }) => cells[name] ?? "")]);
  const total = ["total", ...rows.map(({ all }) => all)];
  const titles = rows.map(({ title }) => title);
  return section(
    "Additional monthly cost of",
    [
      ...table(figures("Stack", titles), [...lines, total], screen.paint, screen.width),
      "",
      ...explanations(whatIf).flatMap((sentence) => item(sentence, screen)),
    ],
    screen.paint,
  );
}

function perGbTable({ perGb }: CostView, { paint, width }: Screen): string[] {
  const columns: Column[] = [{ title: "Usage" }, { title: "$/GB", align: "right" }, { title: "Price of" }];
  return table(columns, perGb.map(perGbRow), paint, width);
}

function shownOf(shown: number, all: number): string {
  return shown === all ? counted(all, "stack") : `${grouped(shown)} of ${counted(all, "stack")}`;
}

function figures(title: string, names: readonly string[]): Column[] {
  return [{ title }, ...names.map((name) => ({ title: name, align: "right" as const }))];
}
