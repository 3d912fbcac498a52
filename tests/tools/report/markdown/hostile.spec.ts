import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { comment, main } from "../../../../tools/cli/comment";
import { readPlanFile } from "../../../../tools/report/markdown/plan-file";
import { literal, literalHtml } from "../../../../tools/report/markdown/comment-parts";
import { outsideOfCode } from "./outside-of-code";
import { BASE, fileText, HEAD, hostileText, type Tree } from "./spoiled-plans";

// Review, low: headings, mentions and links get through.
describe("text of a plan in Markdown", () => {
  it("is shown on one line, and is nothing but code", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(literal(text)).to.match(/^`[^`|\n\r]+`$/);
        expect(literal(text)).not.to.match(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(literalHtml(text)).to.match(/^<code>[^<>\n\r"']*<\/code>$/);
      }),
      { numRuns: 2000 },
    );
  });

  it("is shown as it stands where it does nothing", () => {
    expect(literal("10.1.0.0/16 → transit gateway; *")).to.equal("`10.1.0.0/16 → transit gateway; *`");
    expect(literalHtml("a & b")).to.equal("<code>a &amp; b</code>");
  });

  for (const [what, text, shown] of [
    ["a backtick, which would end the code", "a`b", "`a\\u0060b`"],
    ["a pipe, which would end the cell, also after a backslash", "a\\|b", "`a\\\\u007cb`"],
    ["the end of a line", "a\nb", "`a\\u000ab`"],
    ["nothing", "", '`""`'],
    ["text that is too long, cut", "é".repeat(301), `\`${"é".repeat(299)}…\``],
  ] as const) {
    it(`shows ${what}`, () => {
      expect(literal(text)).to.equal(shown);
    });
  }
});

describe("a plan file that somebody has spoiled", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hostile-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("gives a comment in which none of its text does anything, or one sentence and exit code 2", async () => {
    const [base, head] = [join(folder, "base.json"), join(folder, "head.json")];
    const seen = { comments: 0, refusals: 0 };
    await fc.assert(
      fc.asyncProperty(fileText(BASE), fileText(HEAD), async (before, after) => {
        writeFileSync(base, before);
        writeFileSync(head, after);
        let [out, err] = ["", ""];
        const code = await main([base, head], { out: (text) => void (out += text), err: (text) => void (err += text) });
        if (code === 0) {
          seen.comments++;
          expect(err).to.equal("");
          expect(Buffer.byteLength(out)).to.be.below(65_000);
          expect(outsideOfCode(out)).to.deep.equal([]);
        } else {
          seen.refusals++;
          expect([code, out]).to.deep.equal([2, ""]);
          expect(err).to.match(/^\S+(base|head)\.json is not (a plan: |JSON; )[^\n]*\n$/);
        }
      }),
      { numRuns: 1000 },
    );
    // Both happen, or nothing was tried.
    expect(seen.comments).to.be.above(100);
    expect(seen.refusals).to.be.above(100);
  });

  it("is found out where its text is not shown as code", () => {
    const file = (tree: Tree) => readPlanFile(JSON.stringify(tree), "a plan");
    const text = comment(file(BASE), file(HEAD));
    expect(outsideOfCode(text)).to.deep.equal([]);
    for (const hostile of [
      "@octocat",
      "#1",
      "https://evil.example",
      "[x](y)",
      "<img src=x>",
      "`",
      "\u001b",
      "# heading",
    ]) {
      for (const place of ["`broken`", "`n`", "`z`", "`route53.Zone`", "<code>dev</code>"]) {
        expect(text).to.contain(place);
        expect(outsideOfCode(text.replace(place, hostile)), `${hostile} for ${place}`).not.to.deep.equal([]);
      }
    }
  });
});
