import { spawnSync } from "node:child_process";
import { expect } from "chai";
import fc from "fast-check";
import { forTerminal, printable } from "../../../tools/io/terminal";
/** Any text, with escape sequences and other unseen characters often among it. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\u001b[2J", "\u001b]0;title\u0007", "\r", "\n", "\t", "\u009b31m", "\u202e", "\ud800", "\u2028"),
    ),
  )
  .map((parts) => parts.join(""));

// Review, low: terminal escapes in names, tags and keys.
describe("text for a terminal", () => {
  for (const [what, given, shown] of [
    ["an escape sequence that clears the screen", "a\u001b[2Jb", "a\\u001b[2Jb"],
    ["one that sets the title of the window", "\u001b]0;x\u0007", "\\u001b]0;x\\u0007"],
    ["a sequence that begins with one character", "\u009b2J", "\\u009b2J"],
    ["a return to the beginning of the line", "kept\rBROKEN", "kept\\u000dBROKEN"],
    ["a backspace and a delete", "a\bb\u007f", "a\\u0008b\\u007f"],
    ["a change of direction", "\u202egpj.exe", "\\u202egpj.exe"],
    ["characters without a width", "a\u200bb\ufeff", "a\\u200bb\\ufeff"],
    ["a tag character, outside of the basic plane", "\u{e0041}", "\\udb40\\udc41"],
    ["half of a character", "\ud800", "\\ud800"],
    ["a colour that is none of this program's", "\u001b[8mhidden", "\\u001b[8mhidden"],
  ] as const) {
    it(`shows ${what}`, () => {
      expect(forTerminal(given)).to.equal(shown);
    });
  }

  it("keeps lines, tabs, this program's styles and every other character", () => {
    const styled = "\u001b[1mhub\u001b[22m → dev ✓\n\t\u001b[31mBROKEN\u001b[39m \u001b[2mé漢😀\u001b[22m\n";
    expect(forTerminal(styled)).to.equal(styled);
  });

  it("contains nothing unseen but lines, tabs and styles", () => {
    fc.assert(
      fc.property(text, (given) => {
        const left = forTerminal(given).replace(/\u001b\[(?:1|2|22|31|32|33|39)m|[\n\t]/g, "");
        expect(left).not.to.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it("leaves JSON the same JSON", () => {
    fc.assert(
      fc.property(fc.array(text), (given) => {
        expect(JSON.parse(printable(JSON.stringify(given)))).to.deep.equal(given);
      }),
    );
  });

  it("is all that a command writes there", () => {
    const command = `(_argv, io) => { io.out("a\\u001b[2Jb\\n"); io.err("c\\rd\\n"); return 3; }`;
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--require", "./tools/cli/start.cjs", "-e", `require("./tools/io/terminal").onTerminal(${command})`],
      { encoding: "utf8" },
    );
    expect([stdout, stderr, status]).to.deep.equal(["a\\u001b[2Jb\n", "c\\u000dd\n", 3]);
  });
});
