import { readFileSync } from "node:fs";
import { expect } from "chai";
import { KNOWN_KEYS } from "../../components/settings/fields";
import { expectedFile } from "../support/expected";
import { ARTEFACTS } from "./artefacts";
import { CONFIGURATION } from "./defaults";
import { difference } from "./difference";
import { regenerated } from "./outputs";

// Review, first contact 1.
describe("what is generated", () => {
  for (const { file, produce } of ARTEFACTS) {
    it(`${file} is as it would be generated today`, async () => {
      const current = readFileSync(file, "utf8");
      const now = await produce(current);
      const stale = now === current ? "" : `${difference(file, current, now)}\nrun npm run accept`;
      expect(stale).to.equal("");
    });
  }

  it("includes every list of resources, the picture, and the pages", () => {
    const files = ARTEFACTS.map(({ file }) => file);
    expect(files).to.include.members(["docs/network.svg", "README.md", CONFIGURATION, expectedFile("hub")]);
  });

  it("and the page of the configuration names every key", () => {
    const page = readFileSync(CONFIGURATION, "utf8");
    expect(KNOWN_KEYS.filter((key) => !page.includes(`\`${key}\``))).to.deep.equal([]);
  });
});

describe("a difference", () => {
  it("shows each change below the resource that it belongs to", () => {
    const before = "aws:kms/key:Key dev:\n  inputs:\n    days: 30\n    rotate: true\nother:\n  a: 1\n";
    expect(difference("dev.yaml", before, before.replace("30", "7"))).to.equal(
      [
        "dev.yaml: 1 lines added, 1 removed",
        "  @@ aws:kms/key:Key dev:",
        "     inputs:",
        "  -    days: 30",
        "  +    days: 7",
        "       rotate: true",
      ].join("\n"),
    );
  });
});

describe("a block of a page", () => {
  const refuse = (line: string): Error => new Error(line);
  const output = ["title", "  dev: 14 to create", "", "  prod: 2 to create, at $1,457 a month", "end"];

  it("gets the numbers that are printed now, and keeps its indent and what it leaves out", () => {
    const lines = ["   ...", "   dev: 9 to create", "   prod: 3 to create, at $99.50 a month"];
    expect(regenerated(lines, output, refuse)).to.deep.equal([
      "   ...",
      "   dev: 14 to create",
      "   prod: 2 to create, at $1,457 a month",
    ]);
  });

  it("is refused when a line is not printed, or not in this order", () => {
    expect(() => regenerated(["qa: 9 to create"], output, refuse)).to.throw("qa: 9 to create");
    expect(() => regenerated(["end", "title"], output, refuse)).to.throw("title");
  });
});
