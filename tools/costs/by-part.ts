import { inCents, type CostItem, type CostPart } from "./costs";

/** Monthly cost by part; null where a price is missing, absent where there is nothing to pay. */
export type CostByPart = Readonly<Partial<Record<CostPart, number | null>>>;

export function byPart(items: readonly CostItem[]): CostByPart {
  return Object.fromEntries(items.map(({ part, monthly }) => [part, monthly]));
}

/** The cost of `after` minus the cost of `before`, in whole cents; parts that cost the same are absent. */
export function difference(before: readonly CostItem[], after: readonly CostItem[]): CostByPart {
  const parts = new Set([...before, ...after].map(({ part }) => part));
  const differing = [...parts].flatMap((part) => {
    const old = ofPart(before, part);
    const now = ofPart(after, part);
    if (old.count === now.count && old.monthly === now.monthly) return [];
    const unpriced = old.monthly === null || now.monthly === null;
    return [[part, unpriced ? null : inCents(now.monthly - old.monthly)] as const];
  });
  return Object.fromEntries(differing);
}

/** Sum of what has a price, in whole cents. */
export function total(costs: CostByPart): number {
  return sumInCents(Object.values(costs).map((monthly) => monthly ?? 0));
}

/** A sum rounded to whole cents, which removes what adding binary fractions leaves. */
export function sumInCents(amounts: readonly number[]): number {
  return inCents(amounts.reduce((left, right) => left + right, 0));
}

/** Parts that {@link total} leaves out because they have no price. */
export function unknownParts(costs: CostByPart): CostPart[] {
  return (Object.entries(costs) as [CostPart, number | null][]).flatMap(([part, monthly]) =>
    monthly === null ? [part] : [],
  );
}

function ofPart(items: readonly CostItem[], part: CostPart): Pick<CostItem, "count" | "monthly"> {
  return items.find((item) => item.part === part) ?? { count: 0, monthly: 0 };
}
