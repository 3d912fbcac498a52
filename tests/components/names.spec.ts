import { readFileSync } from "node:fs";
import { expect } from "chai";
import { repositoryFiles } from "../support/files";

/** Types of components, `piksel:FOLDER:NAME`, are in the URNs of deployed networks and never change; so is their package. */
const TYPE = /"piksel:[a-z]+:[A-Z][A-Za-z0-9]+"/;
const PACKAGE: Readonly<Record<string, string>> = {
  "tools/model/topology/unsupported/coverage.ts": '  ...["awsx", "eks", "piksel"],',
  "tools/checks/data-and-access-are-protected.ts": "const MAKES_NOTHING = /^(?:piksel|pulumi|awsx|eks):/;",
};

// Review, first contact 2.
describe("the names of a project", () => {
  it("are in no code: each comes from the project's name and from the key prefix", () => {
    const code = repositoryFiles().filter((file) => /\.m?ts$|\.mjs$/.test(file) && !file.startsWith("tests/"));
    const found = code.flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => /piksel/i.test(line.replace(TYPE, "")) && line !== PACKAGE[file])
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(found).to.deep.equal([]);
  });

  it("are in no file as a placeholder that pulumi new would fill in on copying it", () => {
    const placeholder = new RegExp(["PROJECT", "DESCRIPTION"].map((name) => `\\$\\{${name}\\}`).join("|"));
    const files = repositoryFiles().filter((file) => placeholder.test(readFileSync(file, "utf8")));
    expect(files).to.deep.equal([]);
  });
});
