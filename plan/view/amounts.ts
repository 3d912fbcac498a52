/** A cost a month; null: no price is known, undefined: nothing to pay. */
type Amount = number | null | undefined;

/** `1,234`; less than 1 as `0.50`; an empty text for nothing, and a question mark for what has no price. */
export function amount(monthly: Amount): string {
  if (monthly === undefined) return "";
  if (monthly === null) return "?";
  return monthly > 0 && monthly < 1 ? monthly.toFixed(2) : monthly.toLocaleString("en", { maximumFractionDigits: 0 });
}

/** The sum of amounts: `1,234`, or `1,234 + ?` where one of them has no price. */
export function sum(amounts: readonly Amount[]): string {
  const known = amounts.filter((each) => typeof each === "number");
  const text = known.length === 0 ? [] : [amount(known.reduce((left, right) => left + right, 0))];
  return [...text, ...(amounts.includes(null) ? ["?"] : [])].join(" + ");
}
