import { counted } from "../view/words";
import { literal } from "./literal";
import type { Costs } from "./plan-file";
import { table } from "./table";

const CENTS = 100;

/** What a month costs, and whether something has no price and is not in it. */
interface Sum {
  readonly known: number;
  readonly whole: boolean;
}

/** The sentence about costs that a reviewer reads first: the difference, and what all stacks then cost. */
export function costsHeadline(base: Costs | undefined, head: Costs | undefined): string[] {
  if (head === undefined) return ["The plan of this merge has no costs.", ""];
  const after = dollars(ofAll(head));
  if (base === undefined) {
    return [`**${after} a month** before traffic; the plan of the base branch has no costs to compare with.`, ""];
  }
  const more = difference(ofAll(base), ofAll(head));
  const change = more === "" ? "no change" : `${more}`;
  return [`**${after} a month** before traffic (${change}).`, ""];
}

/** Monthly costs before traffic of the stacks whose costs differ, of the others together, and of all. */
export function costsPart(base: Costs | undefined, head: Costs | undefined): string[] {
  if (head === undefined || base === undefined) return [];
  const names = [...new Set([...base.stacks, ...head.stacks].map(({ name }) => name))];
  const stacks = names.map((name) => ({ name, before: ofStack(base, name), after: ofStack(head, name) }));
  const isSame = ({ before, after }: { readonly before: Sum; readonly after: Sum }): boolean =>
    before.whole === after.whole && cents(before) === cents(after);
  const differing = stacks.filter((stack) => !isSame(stack));
  if (differing.length === 0) return [];
  const others = stacks.filter(isSame).map(({ after }) => after);
  const row = (label: string, before: Sum, after: Sum): string[] => [
    label,
    dollars(before),
    dollars(after),
    difference(before, after),
  ];
  return [
    "#### Monthly cost before traffic",
    "",
    ...table(
      ["Stack", "Base", "This merge", "Difference"],
      [
        ...differing.map(({ name, before, after }) => row(literal(name), before, after)),
        ...(others.length === 0 ? [] : [row(counted(others.length, "other stack"), added(others), added(others))]),
        row("total", ofAll(base), ofAll(head)),
      ],
    ),
    "",
    ...head.notes.map((note) => `<sub>${literal(note)}</sub>`),
    "",
  ];
}

function ofStack({ stacks }: Costs, name: string): Sum {
  const { total, unknown } = stacks.find((stack) => stack.name === name) ?? { total: 0, unknown: undefined };
  return { known: total, whole: (unknown ?? []).length === 0 };
}

function ofAll({ stacks }: Costs): Sum {
  return added(stacks.map(({ total, unknown = [] }) => ({ known: total, whole: unknown.length === 0 })));
}

/** A sum in whole cents. */
function added(sums: readonly Sum[]): Sum {
  return {
    known: sums.reduce((all, sum) => all + cents(sum), 0) / CENTS,
    whole: sums.every(({ whole }) => whole),
  };
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
