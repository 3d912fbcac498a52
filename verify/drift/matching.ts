/** Pairs of items that are compared with each other; of longer lists those that are written alike are taken out first. */
const MOST_PAIRS = 40_000;

type Same = (planned: unknown, running: unknown) => boolean;

interface Left {
  /** With the place that each had. */
  readonly planned: [number, unknown][];
  readonly running: unknown[];
}

/**
 * What is left of two lists without the items that both have, whatever their order. Items that are the same whichever
 * is taken for planned are matched first: what one lacks may be in another.
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

/** Without items that are written alike. */
function withoutAlike({ planned, running }: Left): Left {
  const texts = [planned.map(([, item]) => written(item)), running.map(written)] as const;
  return { planned: minus(planned, texts[0], texts[1]), running: minus(running, texts[1], texts[0]) };
}

/** The items whose text is not among others, each of which takes one away. */
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
