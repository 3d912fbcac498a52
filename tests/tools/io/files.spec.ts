import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { planAsJson } from "../../../tools/report/outcome";
import type { UsageError } from "../../../tools/io/errors";
import { OUR_JSON, OUR_PICTURE, refuseToOverwrite } from "../../../tools/io/files";
import { Copy } from "../cli/start";

// Review F20: --json Pulumi.yaml overwrote it.
describe("a file that --json or --picture names", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "own-"));
    const files = {
      "Pulumi.yaml": "name: piksel-network\n",
      "package.json": '{\n  "name": "piksel-network",\n  "version": "0.1.0"\n}\n',
      "index.ts": 'import { Hub } from "./components/hub";\n',
      "export.json": '{\n    "version": 3,\n    "deployment": {}\n}\n',
      "list.json": "[1]\n",
      "plan.json": '{\n  "version": 2,\n  "stacks": {}\n}\n',
      "empty.json": "",
      "network.svg": '<svg xmlns="http://www.w3.org/2000/svg">\n</svg>\n',
      "logo.svg": '<?xml version="1.0"?>\n<html></html>\n',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, "docs"));
    symlinkSync("Pulumi.yaml", join(folder, "link.json"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const refusal = (...args: Parameters<typeof refuseToOverwrite>): string | undefined => {
    try {
      refuseToOverwrite(...args);
      return undefined;
    } catch (error) {
      return (error as UsageError).message;
    }
  };
  const json = (file: string) => refusal(folder, [{ option: "--json", file, begins: OUR_JSON }], ["out/plan.html"]);
  const picture = (file: string) => refusal(folder, [{ option: "--picture", file, begins: OUR_PICTURE }]);

  for (const file of [
    "Pulumi.yaml",
    "package.json",
    "index.ts",
    "export.json",
    "list.json",
    "network.svg",
    "link.json",
  ]) {
    it(`is not overwritten with JSON if it is ${file}`, () => {
      expect(json(file)).to.equal(
        `--json ${file}: the file exists and --json did not write it; choose another name, or remove the file`,
      );
    });
  }

  for (const file of ["Pulumi.yaml", "index.ts", "plan.json", "logo.svg"]) {
    it(`is not overwritten with a picture if it is ${file}`, () => {
      expect(picture(file)).to.match(/^--picture \S+: the file exists and --picture did not write it/);
    });
  }

  it("is refused in a folder that does not exist", () => {
    expect(json("missing/new.json")).to.equal(
      "--json missing/new.json: its folder does not exist; create it, or choose another name",
    );
  });

  for (const file of ["new.json", "plan.json", "empty.json", "docs/new.json", "-", "/dev/null"]) {
    it(`may be ${file}`, () => {
      expect(json(file)).to.equal(undefined);
    });
  }

  it("may be a picture that was written before", () => {
    expect(picture("network.svg")).to.equal(undefined);
    expect(OUR_PICTURE.test(readFileSync("docs/network.svg", "utf8"))).to.equal(true);
  });

  it("may be a plan that was written before", () => {
    const written = JSON.stringify(planAsJson([], undefined, { checks: [], costs: {} as never, quotas: [] }), null, 2);
    expect(OUR_JSON.test(written)).to.equal(true);
  });

  it("is no folder, and none that is written anyway", () => {
    expect(json("docs")).to.equal("--json docs: is a folder; give the name of a file");
    expect(json("")).to.equal("--json : is a folder; give the name of a file");
    expect(json("out/../out/plan.html")).to.match(
      /^--json \S+: the page is written to this file; choose another name$/,
    );
    const both = [
      { option: "--json", file: "a", begins: OUR_JSON },
      { option: "--picture", file: "./a", begins: OUR_PICTURE },
    ];
    expect(refusal(folder, both)).to.equal("--picture ./a: --json is written to this file; choose another name");
  });

  it("is refused by npm start with exit code 2", async () => {
    const copy = new Copy();
    try {
      const before = readFileSync(copy.path("Pulumi.yaml"), "utf8");
      const { code, out, err } = await copy.start("--json", "Pulumi.yaml");
      expect([code, out, err.split("\n")[0]]).to.deep.equal([
        2,
        "",
        "--json Pulumi.yaml: the file exists and --json did not write it; choose another name, or remove the file",
      ]);
      expect(readFileSync(copy.path("Pulumi.yaml"), "utf8")).to.equal(before);
    } finally {
      copy.remove();
    }
  });
});
