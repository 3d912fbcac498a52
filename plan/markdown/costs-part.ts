import { literal } from "./literal";
import type { Costs } from "./plan-file";
import { table } from "./table";

const CENTS = 100;

/** What a month costs, and whether something has no price and is not in it. */
interface Sum {
  readonly known: number;
  readonly whole: boolean;
}

/**
 * What the merge costs a month at rest, where both plans tell costs: the stacks whose costs differ, and the sum.
 */
export function costsPart(base: Costs | undefined, head: Costs | undefined): string[] {
  if (head === undefined) return [];
  const title = ["#### Costs a month, at rest", ""];
  const all = dollars(inAll(head));
  if (base === undefined) return [...title, `${all}; the base branch tells no costs.`, ""];
  const names = [...new Set([...base.stacks, ...head.stacks].map(({ name }) => name))];
  const row = (label: string, before: Sum, after: Sum): string[] => [
    label,
    dollars(before),
    dollars(after),
    difference(before, after),
  ];
  const rows = names
    .map((name) => [name, ofStack(base, name), ofStack(head, name)] as const)
    .filter(([, before, after]) => before.whole !== after.whole || cents(before) !== cents(after))
    .map(([name, before, after]) => row(literal(name), before, after));
  if (rows.length === 0) return [...title, `${all}, as before.`, ""];
  return [
    ...title,
    ...table(["Stack", "Base", "This", "Difference"], [...rows, row("all stacks", inAll(base), inAll(head))]),
    "",
    ...head.notes.map((note) => `<sub>${literal(note)}</sub>`),
    "",
  ];
}

function ofStack({ stacks }: Costs, name: string): Sum {
  const { total, unknown } = stacks.find((stack) => stack.name === name) ?? { total: 0, unknown: undefined };
  return { known: total, whole: (unknown ?? []).length === 0 };
}

function inAll({ stacks, total }: Costs): Sum {
  return { known: total, whole: stacks.every(({ unknown }) => (unknown ?? []).length === 0) };
}

function cents({ known }: Sum): number {
  return Math.round(known * CENTS);
}

/** `$1,234.50`, and `$1,234.50 + ?` where something has no price. */
function dollars({ known, whole }: Sum): string {
  return `${known.toLocaleString("en-US", { style: "currency", currency: "USD" })}${whole ? "" : " + ?"}`;
}

/** `+$12.00`, empty for none; a question mark beside it where one of the two is not known as a whole. */
function difference(before: Sum, after: Sum): string {
  const more = cents(after) - cents(before);
  const whole = before.whole && after.whole;
  if (more === 0) return whole ? "" : "?";
  return `${more < 0 ? "-" : "+"}${dollars({ known: Math.abs(more) / CENTS, whole })}`;
}
