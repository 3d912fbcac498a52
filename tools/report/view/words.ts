/** `65,536`. */
export function grouped(count: number): string {
  return count.toLocaleString("en-GB");
}

/** `1 subnet`, `3 subnets`, `no subnets`. */
export function counted(count: number, noun: string): string {
  return `${count === 0 ? "no" : grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `dev, staging and prod`. */
export function listed(items: readonly string[]): string {
  const [last = "", ...others] = [...items].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
}

/** `38.3 %`; what one decimal cannot show is `< 0.1 %`. */
export function percentage(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 0.1 ? "< 0.1 %" : `${percent.toFixed(1)} %`;
}

/** Names that are listed in full. */
const MOST_NAMES = 5;

/** `dev, staging, prod`; of many names the first three, and the number of the others. */
export function namesShortened(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return names.join(", ");
  const shown = MOST_NAMES - 2;
  return `${names.slice(0, shown).join(", ")} and ${grouped(names.length - shown)} more`;
}
