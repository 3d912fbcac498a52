/** IPv4 addresses from `first` to `last`, both included, as integers from 0 to 2^32 - 1. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** A set of IPv4 addresses: its ranges are sorted, and no two of them overlap or adjoin. */
export type Ranges = readonly Range[];

export const NONE: Ranges = [];
export const ALL: Ranges = [{ first: 0, last: 2 ** 32 - 1 }];

/** The addresses of some CIDRs; any other text, such as a name or an IPv6 CIDR, adds none. */
export function rangesOf(cidrs: readonly string[]): Ranges {
  return normalized(cidrs.flatMap((cidr) => parseBlock(cidr) ?? []));
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
  let index = indexFrom(other, one[0]?.first ?? 0);
  for (const { first, last } of one) {
    for (;;) {
      const there = other[index];
      if (there === undefined) return common;
      if (there.first > last) break;
      if (there.last >= first) common.push({ first: Math.max(first, there.first), last: Math.min(last, there.last) });
      // A range that continues may also contain addresses of the next one.
      if (there.last > last) break;
      index += 1;
    }
  }
  return common;
}

/** Addresses of `one` that are not in `other`. */
export function subtract(one: Ranges, other: Ranges): Ranges {
  const left: Range[] = [];
  for (const { first, last } of one) {
    let next = first;
    for (let index = indexFrom(other, first); next <= last; index += 1) {
      const there = other[index];
      if (there === undefined || there.first > last) break;
      if (there.first > next) left.push({ first: next, last: there.first - 1 });
      next = Math.max(next, there.last + 1);
    }
    if (next <= last) left.push({ first: next, last });
  }
  return left;
}

/** Whether two sets share an address. */
export function meet(one: Ranges, other: Ranges): boolean {
  return one.some(({ first, last }) => (other[indexFrom(other, first)]?.first ?? Infinity) <= last);
}

/** Whether every address of `inner` is in `outer`. */
export function covers(outer: Ranges, inner: Ranges): boolean {
  return inner.every(({ first, last }) => {
    const there = outer[indexFrom(outer, first)];
    return there !== undefined && there.first <= first && last <= there.last;
  });
}

/** Index of the first range that does not end before an address. */
function indexFrom(ranges: Ranges, address: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.last ?? 0) < address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An IPv4 CIDR as integers: its first and last address, and the length of its prefix in bits. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

const known = new Map<string, Block | undefined>();

/**
 * The block of a CIDR, whose host bits are ignored, or of an address, which is a /32; undefined for any other text, such
 * as a name or an IPv6 CIDR.
 */
export function parseBlock(text: string): Block | undefined {
  if (!known.has(text)) known.set(text, parsed(text));
  return known.get(text);
}

function parsed(text: string): Block | undefined {
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})(?:\/(\d{1,2}))?$/.exec(text);
  if (match === null) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const prefix = Number(match[5] ?? 32);
  if (prefix > 32 || octets.some((octet) => octet > 255)) return undefined;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1, prefix };
}

/** Whether one CIDR contains another; false unless both are IPv4. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [parseBlock(outer), parseBlock(inner)];
  return a !== undefined && b !== undefined && a.first <= b.first && b.last <= a.last;
}

/** Whether two CIDRs share an address; false unless both are IPv4. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [parseBlock(one), parseBlock(other)];
  return a !== undefined && b !== undefined && a.first <= b.last && b.first <= a.last;
}

/** Whether two CIDRs are the same block; false unless both are IPv4. */
export function isSameBlock(one: string, other: string): boolean {
  const [a, b] = [parseBlock(one), parseBlock(other)];
  return a !== undefined && b !== undefined && a.first === b.first && a.last === b.last;
}

/** `10.0.0.1` for an address as an integer. */
function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join(".");
}

/**
 * Blocks that no internet gateway routes: private addresses (RFC 1918), shared address space (RFC 6598), "this network"
 * and loopback (RFC 1122), link-local (RFC 3927), multicast (RFC 5771) and reserved addresses (RFC 1112).
 */
const NOT_PUBLIC = rangesOf([
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
  ...["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"],
]);

/** Every address that an internet gateway routes. */
export const PUBLIC = subtract(ALL, NOT_PUBLIC);

/** Display name of all public addresses. */
const THE_INTERNET = "the internet";

/** Number of CIDRs that are listed; the others are only counted. */
const MOST = 4;

/** `10.1.0.0/18, 10.1.64.0/19`, `the internet`; for long lists, the first CIDRs and the number of others. */
export function describeRanges(ranges: Ranges): string {
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
    cidrs.push(prefix === 32 ? formatAddress(next) : `${formatAddress(next)}/${String(prefix)}`);
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

/** An item, such as a route, for a CIDR. */
interface ForBlock {
  /** An IPv4 CIDR; with any other text, the item applies to no address. */
  readonly destination: string;
}

/** Addresses, and the item for them. */
export interface Share<T> {
  /** Undefined: no item applies to these addresses. */
  readonly item: T | undefined;
  readonly ranges: Ranges;
}

interface Piece<T> extends Range {
  readonly item: T | undefined;
}

/**
 * All addresses, cut wherever a CIDR begins or ends. Each piece has the item with the longest matching prefix; of equal
 * prefixes, the first item. All addresses of a piece behave alike, so no result depends on sample addresses.
 */
export class Partition<T extends ForBlock> {
  private readonly pieces: readonly Piece<T>[];

  constructor(items: readonly T[]) {
    this.pieces = piecesOf(items);
  }

  /** The items for some addresses, in the order of the addresses. */
  split(ranges: Ranges): Share<T>[] {
    const found = new Map<T | undefined, Range[]>();
    const from = ranges[0]?.first ?? 0;
    for (let index = indexFrom(this.pieces, from); index < this.pieces.length; index += 1) {
      const piece = this.pieces[index];
      if (piece === undefined || piece.first > (ranges.at(-1)?.last ?? -1)) break;
      const common = intersection(ranges, [piece]);
      if (common.length === 0) continue;
      const before = found.get(piece.item);
      if (before === undefined) found.set(piece.item, [...common]);
      else before.push(...common);
    }
    return [...found].map(([item, ranges]) => ({ item, ranges: normalized(ranges) }));
  }
}

/**
 * CIDRs are nested or disjoint, so one pass in the order of their first addresses, the wider CIDR first, with a stack of
 * open CIDRs finds every piece in O(n log n).
 */
function piecesOf<T extends ForBlock>(items: readonly T[]): Piece<T>[] {
  const open: { item: T; last: number }[] = [];
  const pieces: Piece<T>[] = [];
  let next = 0;
  const upTo = (last: number): void => {
    if (next > last) return;
    pieces.push({ first: next, last, item: open.at(-1)?.item });
    next = last + 1;
  };
  const closeBefore = (address: number): void => {
    for (let top = open.at(-1); top !== undefined && top.last < address; top = open.at(-1)) {
      upTo(top.last);
      open.pop();
    }
  };
  const blocks = items.flatMap((item) => {
    const at = parseBlock(item.destination);
    return at === undefined ? [] : [{ item, ...at }];
  });
  // Of two items for one CIDR the first must be opened last, because the last one opened counts; sort is stable.
  const inOrder = blocks.reverse().sort((a, b) => a.first - b.first || a.prefix - b.prefix);
  for (const { item, first, last } of inOrder) {
    closeBefore(first);
    upTo(first - 1);
    open.push({ item, last });
  }
  closeBefore(2 ** 32);
  upTo(2 ** 32 - 1);
  return pieces;
}
