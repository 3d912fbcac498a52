import { expect } from "chai";
import fc from "fast-check";
import {
  cidrsOf,
  covers,
  describeRanges,
  intersection,
  meet,
  normalized,
  parseBlock,
  Partition,
  PUBLIC,
  type Range,
  type Ranges,
  rangesOf,
  subtract,
  union,
} from "../../../../tools/model/addresses/ranges";

/** Few enough addresses for a plain set of them: the model that ranges are compared with. */
const SPACE = 64;
const addresses = Array.from({ length: SPACE }, (_, index) => index);

const lists: fc.Arbitrary<Range[]> = fc.array(
  fc
    .tuple(fc.nat(SPACE - 1), fc.nat(SPACE - 1))
    .map(([a, b]): Range => ({ first: Math.min(a, b), last: Math.max(a, b) })),
  { maxLength: 8 },
);

function members(ranges: readonly Range[]): number[] {
  return addresses.filter((each) => ranges.some(({ first, last }) => first <= each && each <= last));
}

/** Sorted, and neither overlapping nor adjoining. */
function isInOrder(ranges: Ranges): boolean {
  return ranges.every(({ first, last }, index) => first <= last && (ranges[index - 1]?.last ?? -2) + 1 < first);
}

describe("ranges of addresses", () => {
  it("hold what any of their parts holds, in order", () => {
    fc.assert(
      fc.property(lists, (list) => {
        expect(members(normalized(list))).to.deep.equal(members(list));
        expect(isInOrder(normalized(list))).to.equal(true);
      }),
    );
  });

  it("are joined, shared and taken away as sets of addresses are", () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const [one, other] = [normalized(a), normalized(b)];
        const [inOne, inOther] = [new Set(members(one)), new Set(members(other))];
        const results = [union(one, other), intersection(one, other), subtract(one, other)];
        expect(results.map(members)).to.deep.equal([
          addresses.filter((each) => inOne.has(each) || inOther.has(each)),
          addresses.filter((each) => inOne.has(each) && inOther.has(each)),
          addresses.filter((each) => inOne.has(each) && !inOther.has(each)),
        ]);
        expect(results.map(isInOrder)).to.deep.equal([true, true, true]);
        expect(meet(one, other)).to.equal(members(one).some((each) => inOther.has(each)));
        expect(covers(one, other)).to.equal(members(other).every((each) => inOne.has(each)));
      }),
    );
  });

  it("are written as the fewest CIDRs that hold just them", () => {
    fc.assert(
      fc.property(lists, (list) => {
        const cidrs = cidrsOf(normalized(list));
        expect(members(rangesOf(cidrs))).to.deep.equal(members(list));
        // Two halves of a block would be one CIDR.
        const blocks = cidrs.map((each) => parseBlock(each)!);
        const halves = blocks.filter(({ first, last, prefix }, index) => {
          const size = last - first + 1;
          return (
            blocks[index + 1]?.prefix === prefix && blocks[index + 1]?.first === last + 1 && first % (2 * size) === 0
          );
        });
        expect(halves).to.deep.equal([]);
      }),
    );
  });

  it("are named as a reader does: an address, CIDRs, the first of many, the internet", () => {
    const words = (...cidrs: readonly string[]): string => describeRanges(rangesOf(cidrs));
    expect(words("10.0.0.10")).to.equal("10.0.0.10");
    expect(words("10.0.64.0/18", "10.0.0.0/18", "10.0.128.0/18")).to.equal("10.0.0.0/17, 10.0.128.0/18");
    expect(words(...[1, 3, 5, 7, 9, 11].map((third) => `10.0.${String(third)}.0/24`))).to.equal(
      "10.0.1.0/24, 10.0.3.0/24, 10.0.5.0/24, 10.0.7.0/24 and 2 more CIDRs",
    );
    expect([describeRanges(PUBLIC), words("0.0.0.0/0"), words("s3", "::/0")]).to.deep.equal([
      "the internet",
      "0.0.0.0/0",
      "",
    ]);
  });
});

describe("a partition of addresses", () => {
  const blocks = fc.array(
    fc
      .tuple(fc.nat(SPACE - 1), fc.integer({ min: 26, max: 32 }))
      .map(([at, prefix]) => `0.0.0.${String(at)}/${String(prefix)}`),
    { maxLength: 8 },
  );

  it("gives every address to the longest prefix that holds it, and to the first of equals", () => {
    fc.assert(
      fc.property(blocks, lists, (cidrs, list) => {
        const items = cidrs.map((destination, index) => ({ destination, index, at: parseBlock(destination)! }));
        const asked = normalized(list);
        const shares = new Partition(items).split(asked);
        const chosen = (address: number): number | undefined =>
          items
            .filter(({ at: { first, last } }) => first <= address && address <= last)
            .sort((a, b) => b.at.prefix - a.at.prefix || a.index - b.index)[0]?.index;
        const found = new Map(
          shares.flatMap(({ item, ranges }) => members(ranges).map((address) => [address, item?.index] as const)),
        );
        expect([...found.keys()].sort((a, b) => a - b)).to.deep.equal(members(asked));
        for (const [address, index] of found) expect(index).to.equal(chosen(address));
        // Each item once, so that all that goes one way is one way.
        expect(new Set(shares.map(({ item }) => item)).size).to.equal(shares.length);
      }),
    );
  });

  it("gives names and IPv6 blocks no address", () => {
    const shares = new Partition([{ destination: "s3" }, { destination: "::/0" }]).split(rangesOf(["10.0.0.0/8"]));
    expect(shares).to.deep.equal([{ item: undefined, ranges: rangesOf(["10.0.0.0/8"]) }]);
  });
});
