import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";

const json = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;

describe("the folder of the policy pack", () => {
  it("has the project's version, which a pack reads from its own package.json", () => {
    expect(json("policy/package.json")["version"]).to.equal(json("package.json")["version"]);
  });

  it("is loaded as the program is, without type checks, which would cost seconds of every preview", () => {
    const main = join("policy", String(json("policy/package.json")["main"]));
    const { runtime } = parse(readFileSync("Pulumi.yaml", "utf8")) as {
      readonly runtime: { readonly options: unknown };
    };
    expect(runtime.options).to.deep.equal({ typescript: false, nodeargs: "--require ./tools/cli/start.cjs" });
    expect(readFileSync(main, "utf8")).to.contain('require("../tools/cli/start.cjs")');
  });

  it("starts as the CLI starts it, without a stack, and prints its port", async () => {
    const runner = resolve("node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js");
    const pack = spawn(process.execPath, [runner, "127.0.0.1:1", "."], { cwd: "policy" });
    try {
      const outputs = [once(pack.stdout, "data"), once(pack.stderr, "data")];
      const [output] = (await Promise.race(outputs)) as [Buffer];
      expect(output.toString().trim()).to.match(/^\d{4,5}$/);
    } finally {
      pack.kill();
    }
  });
});
