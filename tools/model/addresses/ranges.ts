import { block } from "./blocks";

/** IPv4 addresses from `first` to `last`, both included, as integers from 0 to 2^32 - 1. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** A set of IPv4 addresses: its ranges are sorted, and no two of them overlap or adjoin. */
export type Ranges = readonly Range[];

export const NONE: Ranges = [];
export const ALL: Ranges = [{ first: 0, last: 2 ** 32 - 1 }];

/** The addresses of some CIDRs; what is no IPv4 CIDR, such as a name or an IPv6 block, adds none. */
export function rangesOf(cidrs: readonly string[]): Ranges {
  return normalized(cidrs.flatMap((cidr) => block(cidr) ?? []));
}

/** The addresses of any ranges, in any order and overlapping or not. */
export function normalized(ranges: readonly Range[]): Ranges {
  if (ranges.length < 2) return ranges.map(({ first, last }) => ({ first, last }));
  const merged: { first: number; last: number }[] = [];
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before !== undefined && first <= before.last + 1) before.last = Math.max(before.last, last);
    else merged.push({ first, last });
  }
  return merged;
}

export function union(...sets: readonly Ranges[]): Ranges {
  return normalized(sets.flat());
}

export function intersection(one: Ranges, other: Ranges): Ranges {
  const common: Range[] = [];
  let index = startOf(other, one[0]?.first ?? 0);
  for (const { first, last } of one) {
    for (;;) {
      const there = other[index];
      if (there === undefined) return common;
      if (there.first > last) break;
      if (there.last >= first) common.push({ first: Math.max(first, there.first), last: Math.min(last, there.last) });
      // A range that goes on may hold addresses of the next one too.
      if (there.last > last) break;
      index += 1;
    }
  }
  return common;
}

/** Addresses of `one` that are not in `other`. */
export function difference(one: Ranges, other: Ranges): Ranges {
  const left: Range[] = [];
  for (const { first, last } of one) {
    let next = first;
    for (let index = startOf(other, first); next <= last; index += 1) {
      const there = other[index];
      if (there === undefined || there.first > last) break;
      if (there.first > next) left.push({ first: next, last: there.first - 1 });
      next = Math.max(next, there.last + 1);
    }
    if (next <= last) left.push({ first: next, last });
  }
  return left;
}

export function isEmpty(ranges: Ranges): boolean {
  return ranges.length === 0;
}

/** Whether two sets share an address. */
export function meet(one: Ranges, other: Ranges): boolean {
  return one.some(({ first, last }) => (other[startOf(other, first)]?.first ?? Infinity) <= last);
}

/** Whether every address of `inner` is in `outer`. */
export function covers(outer: Ranges, inner: Ranges): boolean {
  return inner.every(({ first, last }) => {
    const there = outer[startOf(outer, first)];
    return there !== undefined && there.first <= first && last <= there.last;
  });
}

/** Index of the first range that does not end before an address. */
function startOf(ranges: Ranges, address: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.last ?? 0) < address) low = middle + 1;
    else high = middle;
  }
  return low;
}
