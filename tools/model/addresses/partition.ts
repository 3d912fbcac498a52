import { parseBlock, intersection, normalized, type Range, type Ranges } from "./ranges";

/** Something that is for a block of addresses. */
export interface ForBlock {
  /** An IPv4 CIDR. What has another destination is for no address. */
  readonly destination: string;
}

/** What some addresses are for. */
export interface Share<T> {
  /** Undefined: no item is for these addresses. */
  readonly item: T | undefined;
  readonly ranges: Ranges;
}

interface Piece<T> extends Range {
  readonly item: T | undefined;
}

/**
 * All addresses, cut wherever a block begins or ends, each piece with the item that the longest prefix match chooses for
 * it: of equal prefixes the first item. Whatever is asked about an address has one answer for a whole piece, so pieces
 * take the place of samples.
 */
export class Partition<T extends ForBlock> {
  private readonly pieces: readonly Piece<T>[];

  constructor(items: readonly T[]) {
    this.pieces = piecesOf(items);
  }

  /** What each of some addresses is for, item by item in the order of their addresses. */
  split(asked: Ranges): Share<T>[] {
    const found = new Map<T | undefined, Range[]>();
    const from = asked[0]?.first ?? 0;
    for (let index = this.indexOf(from); index < this.pieces.length; index += 1) {
      const piece = this.pieces[index];
      if (piece === undefined || piece.first > (asked.at(-1)?.last ?? -1)) break;
      const common = intersection(asked, [piece]);
      if (common.length === 0) continue;
      const before = found.get(piece.item);
      if (before === undefined) found.set(piece.item, [...common]);
      else before.push(...common);
    }
    return [...found].map(([item, ranges]) => ({ item, ranges: normalized(ranges) }));
  }

  private indexOf(address: number): number {
    let [low, high] = [0, this.pieces.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.pieces[middle]?.last ?? 0) < address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Blocks are nested or apart, never half and half, so one pass in the order of their beginnings, the wider first, with
 * the open blocks on a stack, finds every piece: n items in n log n.
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
  // Of two for the same block the later one is put under the earlier: sort is stable, and the last one opened counts.
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
