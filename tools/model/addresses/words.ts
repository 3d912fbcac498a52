import { addressText } from "./blocks";
import { PUBLIC } from "./internet";
import type { Range, Ranges } from "./ranges";

/** Display name of all public addresses. */
export const THE_INTERNET = "the internet";

/** CIDRs that are listed; the others are only counted. */
const MOST = 4;

/** `10.1.0.0/18, 10.1.64.0/19`, `the internet`; for long lists, the first CIDRs and the number of others. */
export function rangesInWords(ranges: Ranges): string {
  if (isSame(ranges, PUBLIC)) return THE_INTERNET;
  const cidrs = cidrsOf(ranges);
  const more = cidrs.length - MOST;
  return more > 0 ? `${cidrs.slice(0, MOST).join(", ")} and ${String(more)} more CIDRs` : cidrs.join(", ");
}

/** The fewest CIDRs that cover exactly these addresses, in order; a single address has no /32. */
export function cidrsOf(ranges: Ranges): string[] {
  return ranges.flatMap((range) => blocksIn(range));
}

function blocksIn({ first, last }: Range): string[] {
  const cidrs: string[] = [];
  for (let next = first; next <= last;) {
    // The largest CIDR that starts here and ends within the range.
    let [size, prefix] = [1, 32];
    while (prefix > 0 && next % (size * 2) === 0 && next + size * 2 - 1 <= last) {
      size *= 2;
      prefix -= 1;
    }
    cidrs.push(prefix === 32 ? addressText(next) : `${addressText(next)}/${String(prefix)}`);
    next += size;
  }
  return cidrs;
}

function isSame(one: Ranges, other: Ranges): boolean {
  return (
    one.length === other.length &&
    one.every(({ first, last }, index) => other[index]?.first === first && other[index].last === last)
  );
}
