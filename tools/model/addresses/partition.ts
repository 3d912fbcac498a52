import { indexFrom, intersection, normalized, parseBlock, type Range, type Ranges } from "./ranges";

/** An item, such as a route, for a CIDR. */
export interface ForBlock {
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
