import { expect } from "chai";
import fc from "fast-check";
import { columns, plainPaint, widthOf } from "../../../tools/io/terminal";
import { folded, table } from "../../../tools/report/terminal/lines";

const word = fc.string({ minLength: 1, maxLength: 60 }).map((text) => text.replace(/\s|\u001b/g, "x"));
const styled = fc.oneof(
  word,
  word.map((text) => `\u001b[31m${text}\u001b[39m`),
);

describe("a line that is too long", () => {
  it("is broken between words, and further lines are indented", () => {
    expect(folded("  one two three four", 12)).to.deep.equal(["  one two", "    three", "    four"]);
    expect(folded("  one two three four", 12, 0)).to.deep.equal(["  one two", "  three four"]);
  });

  it("is broken inside of a word that is longer than a line", () => {
    expect(folded("a 0123456789abcdef z", 10)).to.deep.equal(["a", "  01234567", "  89abcdef", "  z"]);
  });

  it("stays where it has room, styles not counted", () => {
    const line = "\u001b[1mhub\u001b[22m  10.0.0.0/16";
    expect(folded(line, 16)).to.deep.equal([line]);
  });

  it("is nowhere wider than the terminal, and loses nothing but blanks", () => {
    fc.assert(
      fc.property(fc.array(styled), fc.integer({ min: 20, max: 120 }), fc.nat(8), (words, width, margin) => {
        const line = " ".repeat(margin) + words.join(" ");
        const lines = folded(line, width);
        for (const each of lines) expect(widthOf(each)).to.be.at.most(Math.max(width, 0));
        expect(lines.join("").replaceAll(" ", "")).to.equal(line.replaceAll(" ", ""));
      }),
    );
  });
});

describe("a table", () => {
  const COLUMNS = [{ title: "Stack" }, { title: "CIDR" }, { title: "$/month", align: "right" }] as const;
  const ROWS = [
    ["dev", "10.1.0.0/16", "$330.34"],
    ["2 stacks", "", "$1,330.34"],
  ];

  it("has its columns beside each other where there is room", () => {
    expect(table(COLUMNS, ROWS, plainPaint, 32)).to.deep.equal([
      "Stack     CIDR           $/month",
      "dev       10.1.0.0/16    $330.34",
      "2 stacks               $1,330.34",
    ]);
  });

  it("has the other columns below, each with the first, where there is not", () => {
    expect(table(COLUMNS, ROWS, plainPaint, 31)).to.deep.equal([
      "Stack     CIDR",
      "dev       10.1.0.0/16",
      "2 stacks",
      "",
      "Stack       $/month",
      "dev         $330.34",
      "2 stacks  $1,330.34",
    ]);
  });

  it("becomes a few lines a row where no two columns have room", () => {
    expect(table(COLUMNS, ROWS, plainPaint, 18)).to.deep.equal([
      "dev",
      "  CIDR:",
      "    10.1.0.0/16",
      "  $/month: $330.34",
      "2 stacks",
      "  $/month:",
      "    $1,330.34",
    ]);
  });

  it("is nowhere wider than the terminal", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { minLength: 3, maxLength: 3 })),
        fc.integer({ min: 20, max: 120 }),
        (rows, width) => {
          for (const line of table(COLUMNS, rows, plainPaint, width)) expect(widthOf(line)).to.be.at.most(width);
        },
      ),
    );
  });
});

// Review F21: `COLUMNS=40` did not wrap.
describe("the width of the report", () => {
  for (const [what, asked, terminal, width] of [
    ["what COLUMNS asks for", "40", 160, 40],
    ["that of the terminal", undefined, 160, 160],
    ["100 without a terminal", undefined, undefined, 100],
    ["100 where the terminal has none", undefined, 0, 100],
    ["20 at least", "3", 160, 20],
    ["that of the terminal where COLUMNS is no number", "wide", 80, 80],
  ] as const) {
    it(`is ${what}`, () => {
      expect(columns(asked, terminal)).to.equal(width);
    });
  }
});
