import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { pathFilters } from "../../../delivery/deployments/settings";

/** Pulumi's rule: a filter stands for the whole path, `*` for a part of a name, `**` for any number of folders. */
function passes(filters: readonly string[], path: string): boolean {
  return filters.some((filter) => {
    const source = filter
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("**", "\0")
      .replaceAll("*", "[^/]*")
      .replaceAll("\0", ".*");
    return new RegExp(`^${source}$`).test(path);
  });
}

/** Files of the repository that a file imports, and those that they import. */
function imported(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]*)"/g)) {
    const target = join(dirname(file), path);
    const found = [target, `${target}.ts`, `${target}/index.ts`].find(
      (each) => /\.\w+$/.test(each) && existsSync(each),
    );
    if (found === undefined) throw new Error(`${file} imports ${path}, which is not there`);
    imported(found, seen);
  }
  return seen;
}

describe("path filters", () => {
  for (const starts of [true, false]) {
    it(`name every file that the program is made of, for ${starts ? "the hub" : "a spoke"}`, () => {
      const files = [...imported("index.ts")];
      expect(files).to.have.length.above(40);
      expect(files.filter((file) => !passes(pathFilters("dev", starts), file))).to.deep.equal([]);
    });
  }

  it("name what decides how the program is run, and the text that it reads", () => {
    const others = [
      "package.json",
      "package-lock.json",
      ".npmrc",
      "tools/cli/start.cjs",
      ".nvmrc",
      "Pulumi.yaml",
      "Pulumi.README.md",
    ];
    for (const file of others) expect(existsSync(file), file).to.equal(true);
    expect(others.filter((file) => !passes(pathFilters("dev", false), file))).to.deep.equal([]);
  });

  it("let a push of any stack's configuration start the chain", () => {
    expect(["Pulumi.hub.yaml", "Pulumi.dev.yaml"].map((file) => passes(pathFilters("hub", true), file))).to.deep.equal([
      true,
      true,
    ]);
  });

  it("keep a spoke's previews to its own configuration", () => {
    const filters = pathFilters("dev", false);
    expect(["Pulumi.dev.yaml", "Pulumi.prod.yaml"].map((file) => passes(filters, file))).to.deep.equal([true, false]);
  });

  it("pass no documentation, test or plan", () => {
    const files = [
      "README.md",
      "docs/adr/README.md",
      "tests/components/stacks.spec.ts",
      "tools/cli/plan.ts",
      "delivery/deployments/index.ts",
    ];
    expect(files.filter((file) => passes(pathFilters("hub", true), file))).to.deep.equal([]);
  });
});
