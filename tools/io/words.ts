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

/** `dev, staging, prod`; of more than five names the first three and a count. */
export function namesShortened(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return names.join(", ");
  const shown = MOST_NAMES - 2;
  return `${names.slice(0, shown).join(", ")} and ${grouped(names.length - shown)} more`;
}

/** Monthly cost in US dollars; null: no price is known, undefined: nothing to pay. */
type Amount = number | null | undefined;

/** `$1,234.50`; an empty text for nothing to pay, and a question mark for what has no price. */
export function amount(monthly: Amount): string {
  if (monthly === undefined) return "";
  return monthly === null ? "?" : dollars(monthly);
}

/** The sum of amounts: `$1,234.50`, or `$1,234.50 + ?` where one of them has no price. */
export function sum(amounts: readonly Amount[]): string {
  const known = amounts.filter((each) => typeof each === "number");
  const text = known.length === 0 ? [] : [dollars(known.reduce((left, right) => left + right, 0))];
  return [...text, ...(amounts.includes(null) ? ["?"] : [])].join(" + ");
}

/** `$1,234.50`, and `$1,234.50 + ?` where a part of it has no price. */
export function withUnknown(monthly: number, unknown: readonly unknown[]): string {
  return `${dollars(monthly)}${unknown.length === 0 ? "" : " + ?"}`;
}

/** `+$12.00` or `-$12.00`; `none` for no difference, `?` where it is unknown. */
export function difference(monthly: number | null): string {
  if (monthly === null) return "?";
  if (monthly === 0) return "none";
  return `${monthly < 0 ? "-" : "+"}${dollars(Math.abs(monthly))}`;
}

/** `$1,457`. */
export function wholeDollars(monthly: number): string {
  return `$${Math.round(monthly).toLocaleString("en-US")}`;
}

/** `$0.045`: at least two decimals, and as many as the price has. */
export function unitPrice(price: number): string {
  return `$${price.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 6 })}`;
}

function dollars(monthly: number): string {
  return monthly.toLocaleString("en-US", { style: "currency", currency: "USD" });
}

/** Items with the same key together, in the order of the first of each. */
export function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Pattern of a regular expression that matches exactly this text. */
export function patternOf(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A word, quoted for the shell if necessary. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
