/** Monthly cost in US dollars; null: no price is known, undefined: nothing to pay. */
export type Amount = number | null | undefined;

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
