import { expect } from "chai";
import fc from "fast-check";
import {
  contains,
  covers,
  meet,
  overlap,
  parseBlock,
  Partition,
  PUBLIC,
  rangesOf,
} from "../../../../tools/model/addresses/ranges";

/** 32 bits, as many of which as the prefix has are a block's own: no code of the model is used to judge it. */
interface Bits {
  readonly bits: string;
  readonly prefix: number;
}

const words = fc.array(fc.constantFrom("0", "1"), { minLength: 32, maxLength: 32 }).map((bits) => bits.join(""));
const prefixes = fc.integer({ min: 0, max: 32 });
const blocks: fc.Arbitrary<Bits> = fc.record({ bits: words, prefix: prefixes });
/** Two that have something to do with each other: the second begins as the first does, for a while. */
const pairs: fc.Arbitrary<readonly [Bits, Bits]> = fc
  .tuple(blocks, blocks, prefixes)
  .map(([one, other, alike]) => [one, { ...other, bits: one.bits.slice(0, alike) + other.bits.slice(alike) }]);

function address(bits: string): string {
  return [0, 8, 16, 24].map((start) => parseInt(bits.slice(start, start + 8), 2)).join(".");
}

function cidr({ bits, prefix }: Bits): string {
  return `${address(bits)}/${String(prefix)}`;
}

/** Whether the two begin with the same bits, as many as `length`. */
function alike(one: Bits, other: Bits, length: number): boolean {
  return one.bits.slice(0, length) === other.bits.slice(0, length);
}

function holds(outer: Bits, inner: Bits): boolean {
  return outer.prefix <= inner.prefix && alike(outer, inner, outer.prefix);
}

describe("an IPv4 block", () => {
  it("is its first and last address, whatever host bits it is written with", () => {
    fc.assert(
      fc.property(blocks, ({ bits, prefix }) => {
        const own = bits.slice(0, prefix);
        expect(parseBlock(cidr({ bits, prefix }))).to.deep.equal({
          ...{ first: parseInt(own.padEnd(32, "0"), 2), last: parseInt(own.padEnd(32, "1"), 2), prefix },
        });
      }),
    );
  });

  it("of a bare address is that address", () => {
    fc.assert(
      fc.property(words, (bits) => {
        expect(parseBlock(address(bits))).to.deep.equal(parseBlock(`${address(bits)}/32`));
      }),
    );
  });

  it("holds another when that begins with its bits and is no larger", () => {
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        expect(contains(cidr(one), cidr(other))).to.equal(holds(one, other));
        expect(contains(cidr(one), cidr(one))).to.equal(true);
      }),
    );
  });

  it("overlaps another when both begin with the same bits, for as long as the larger is written", () => {
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        const expected = alike(one, other, Math.min(one.prefix, other.prefix));
        expect(overlap(cidr(one), cidr(other))).to.equal(expected);
        expect(overlap(cidr(other), cidr(one))).to.equal(expected);
      }),
    );
  });

  it("shares its first and its last address with what begins or ends there", () => {
    const ends = ["10.0.0.0", "10.0.255.255"];
    expect(
      ends.map((end) => [contains("10.0.0.0/16", end), overlap("10.0.0.0/16", end), overlap(end, end)]),
    ).to.deep.equal(ends.map(() => [true, true, true]));
    const beyond = ["9.255.255.255", "10.1.0.0"];
    expect(beyond.map((each) => [contains("10.0.0.0/16", each), overlap(each, "10.0.0.0/16")])).to.deep.equal(
      beyond.map(() => [false, false]),
    );
  });

  it("holds and overlaps nothing that is no IPv4 block", () => {
    const cases = ["pl-63a5400a", "s3", "", "::/0", "fd00::/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0", "10.0.0.256"];
    const more = [" 10.0.0.0/8", "10.0.0.0/8 ", "10.0.0.0/-1", "10.0.0.0/8/8", "010.0.0.0/8", "0x0a.0.0.0/8", "${id}"];
    for (const text of [...cases, ...more]) {
      expect(parseBlock(text), text).to.equal(undefined);
      expect([contains("0.0.0.0/0", text), contains(text, "10.0.0.1"), overlap("0.0.0.0/0", text)], text).to.deep.equal(
        [...[false, false, false]],
      );
    }
  });

  it("is nothing of garbage, and garbage is no error", () => {
    const written = /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/;
    const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123456789./: ") }));
    fc.assert(
      fc.property(texts, (text) => {
        if (!written.test(text)) expect(parseBlock(text)).to.equal(undefined);
        expect(overlap(text, text)).to.equal(parseBlock(text) !== undefined);
      }),
    );
  });
});

/** The item that is for an address. */
function chosen<T extends { readonly destination: string }>(items: readonly T[], at: string): T | undefined {
  const shares = new Partition(items).split(rangesOf([at]));
  expect(shares).to.have.length(1);
  return shares[0]?.item;
}

describe("the most specific of routes", () => {
  const routes = fc.tuple(words, fc.array(fc.tuple(blocks, prefixes))).map(([bits, others]) => ({
    to: bits,
    // Many begin as the address does, so that there is something to choose from.
    routes: others.map(([other, length]) => ({ ...other, bits: bits.slice(0, length) + other.bits.slice(length) })),
  }));

  it("has the longest prefix of those that hold the address, and is the first of equals", () => {
    fc.assert(
      fc.property(routes, ({ to, routes: given }) => {
        const table = given.map((each, index) => ({ destination: cidr(each), index }));
        const there = given
          .map((each, index) => ({ prefix: each.prefix, index, isMet: holds(each, { bits: to, prefix: 32 }) }))
          .filter(({ isMet }) => isMet)
          .sort((a, b) => b.prefix - a.prefix || a.index - b.index);
        expect(chosen(table, address(to))?.index).to.equal(there[0]?.index);
      }),
    );
  });

  it("is none of names, of no routes, and for what is no address", () => {
    expect(chosen([{ destination: "s3" }], "10.0.0.1")).to.equal(undefined);
    expect(chosen([], "10.0.0.1")).to.equal(undefined);
    expect(new Partition([{ destination: "0.0.0.0/0" }]).split(rangesOf(["db.internal"]))).to.deep.equal([]);
  });
});

describe("a private address", () => {
  it("is one of RFC 1918 or of RFC 6598, from the first to the last, and is not public", () => {
    const edges: readonly (readonly [first: string, last: string])[] = [
      ["10.0.0.0", "10.255.255.255"],
      ["172.16.0.0", "172.31.255.255"],
      ["192.168.0.0", "192.168.255.255"],
      ["100.64.0.0", "100.127.255.255"],
    ];
    expect(edges.filter(([first, last]) => meet(PUBLIC, rangesOf([first, last])))).to.deep.equal([]);
    const beyond = ["9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0"];
    const others = [...beyond, "100.63.255.255", "100.128.0.0", "203.0.113.1"];
    expect(others.filter((each) => !covers(PUBLIC, rangesOf([each])))).to.deep.equal([]);
  });
});
