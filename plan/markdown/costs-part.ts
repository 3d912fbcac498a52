import type { Costs } from "./plan-file";
import { literal, table } from "./table";

const CENTS = 100;

/**
 * What the merge costs a month at rest, where both plans tell costs: the stacks whose costs differ, and the sum.
 */
export function costsPart(base: Costs | undefined, head: Costs | undefined): string[] {
  if (head === undefined) return [];
  const title = ["#### Costs a month, at rest", ""];
  if (base === undefined) return [...title, `${dollars(head.total)}; the base branch tells no costs.`, ""];
  const of = ({ stacks }: Costs, name: string): number => stacks.find((stack) => stack.name === name)?.total ?? 0;
  const names = [...new Set([...base.stacks, ...head.stacks].map(({ name }) => name))];
  const row = (label: string, before: number, after: number): string[] => [
    label,
    dollars(before),
    dollars(after),
    difference(before, after),
  ];
  const rows = names
    .filter((name) => difference(of(base, name), of(head, name)) !== "")
    .map((name) => row(literal(name), of(base, name), of(head, name)));
  if (rows.length === 0) return [...title, `${dollars(head.total)}, as before.`, ""];
  return [
    ...title,
    ...table(["Stack", "Base", "This", "Difference"], [...rows, row("all stacks", base.total, head.total)]),
    "",
    ...head.notes.map((note) => `<sub>${note}</sub>`),
    "",
  ];
}

/** `$1,234.50`. */
function dollars(amount: number): string {
  return amount.toLocaleString("en-US", { style: "currency", currency: "USD" });
}

/** `+$12.00`; empty where it is less than a cent. */
function difference(before: number, after: number): string {
  const cents = Math.round(after * CENTS) - Math.round(before * CENTS);
  if (cents === 0) return "";
  return `${cents > 0 ? "+" : "-"}${dollars(Math.abs(cents) / CENTS)}`;
}
