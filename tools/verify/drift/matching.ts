/** Most pairs of items that are compared; longer lists are first reduced by textual equality. */
const MOST_PAIRS = 40_000;

type Same = (planned: unknown, running: unknown) => boolean;

interface Left {
  /** Each with its original index. */
  readonly planned: [number, unknown][];
  readonly running: unknown[];
}

/**
 * Two lists without the items that both have, in any order. Items that are equal in both directions are matched first,
 * because a partial item could also match a more complete one.
 */
export function withoutSame(planned: readonly unknown[], running: readonly unknown[], isSame: Same): Left {
  const whole: Left = { planned: [...planned.entries()], running: [...running] };
  const left = pairs(whole) > MOST_PAIRS ? withoutAlike(whole) : whole;
  if (pairs(left) > MOST_PAIRS) return left;
  return without(
    without(left, (item, each) => isSame(item, each) && isSame(each, item)),
    isSame,
  );
}

function pairs({ planned, running }: Left): number {
  return planned.length * running.length;
}

function without({ planned, running }: Left, isSame: Same): Left {
  const rest = [...running];
  const left = planned.filter(([, item]) => {
    const at = rest.findIndex((each) => isSame(item, each));
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return { planned: left, running: rest };
}

/** The lists without textually equal items. */
function withoutAlike({ planned, running }: Left): Left {
  const texts = [planned.map(([, item]) => written(item)), running.map(written)] as const;
  return { planned: minus(planned, texts[0], texts[1]), running: minus(running, texts[1], texts[0]) };
}

/** The items whose text is not in `others`; each entry of `others` removes one item. */
function minus<T>(items: readonly T[], texts: readonly string[], others: readonly string[]): T[] {
  const counts = new Map<string, number>();
  for (const text of others) counts.set(text, (counts.get(text) ?? 0) + 1);
  return items.filter((_item, index) => {
    const text = texts[index] ?? "";
    const count = counts.get(text) ?? 0;
    counts.set(text, count - 1);
    return count <= 0;
  });
}

function written(item: unknown): string {
  return `${typeof item} ${String(JSON.stringify(item))}`;
}
