import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect } from "chai";

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const { scripts, dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as Package;
const packages = Object.keys(dependencies);

// Review F21: a missing node_modules gave Node's raw error.
describe("a command of a folder without its packages", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "start-"));
    mkdirSync(join(folder, "tools/cli"), { recursive: true });
    cpSync("tools/cli/start.cjs", join(folder, "tools/cli/start.cjs"));
    cpSync("package.json", join(folder, "package.json"));
    writeFileSync(join(folder, "command.ts"), "process.exitCode = 7;");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const start = () => {
    const argv = ["--require", "./tools/cli/start.cjs", "command.ts"];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: "utf8" });
    return [status, stdout, stderr];
  };
  const install = (name: string) => {
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
    writeFileSync(join(folder, "node_modules", name, "package.json"), "{}");
  };

  it("ends with a sentence and exit code 2", () => {
    expect(start()).to.deep.equal([
      2,
      "",
      `Packages of this project are not installed (${String(packages.length)} packages): ` +
        "run npm ci, then the command again.\n",
    ]);
  });

  it("names the package where only one is missing", () => {
    for (const name of packages.filter((each) => each !== "yaml")) install(name);
    expect(start()).to.deep.equal([
      2,
      "",
      "Packages of this project are not installed (yaml): run npm ci, then the command again.\n",
    ]);
  });
});

describe("the loader", () => {
  const run = (code: string, inFolder = ".", env: Readonly<Record<string, string>> = {}) => {
    const folder = mkdtempSync(join(tmpdir(), "loader-"));
    try {
      const file = join(folder, inFolder, "command.ts");
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, code);
      const argv = ["--require", resolve("tools/cli/start.cjs"), file];
      return spawnSync(process.execPath, argv, { encoding: "utf8", env: { ...process.env, ...env } });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it("leaves every line in its place, for stack traces", () => {
    const code = ["interface A {", "  readonly b: string;", "}", "", "export const fail = ({ b }: A): never => {"];
    const { stderr } = run([...code, "  throw new Error(b);", "};", 'fail({ b: "on line 6" });'].join("\n"));
    expect(stderr).to.match(/command\.ts:6\b[^]*Error: on line 6\n {4}at fail \([^)]*command\.ts:6:\d+\)/);
    expect(stderr).to.match(/command\.ts:8:\d+\)/);
  });

  it("loads what @pulumi/pulumi seldom uses when it is used", () => {
    const { stdout, stderr } = run(`
      const packages = ${JSON.stringify(resolve("node_modules"))};
      const files = (): number => Object.keys(require.cache).filter((file) => /arborist.lib|typescript.lib/.test(file)).length;
      require(packages + "/@pulumi/pulumi");
      const before: number = files();
      const { Arborist } = require(packages + "/@npmcli/arborist");
      console.log(before, Arborist.name, files() > 10, require(packages + "/typescript").version);
    `);
    expect([stderr, stdout]).to.deep.equal(["", `2 Arborist true ${String(dependencies["typescript"])}\n`]);
  });

  const AS_THE_CLI = "@pulumi/pulumi/cmd/run";
  const FINDS_OUT = `
    const sdk = ${JSON.stringify(resolve("node_modules/@pulumi/pulumi"))};
    const promise = Promise.resolve();
    void require(sdk + "/runtime/debuggable").debuggablePromise(promise, "");
    const { newSpan } = require(sdk + "/cmd/run/tracing");
    const frames = promise._debugStackTrace.split("\\n").length - 1;
    const exporters = Object.keys(require.cache).some((file) => file.includes("exporter-zipkin"));
    console.log(frames > 0, exporters, typeof newSpan("a").end, new Error().stack.split("\\n").length > 1);
  `;

  it("saves the CLI stack traces of promises and exporters of traces, which it does not print", () => {
    const { stdout, stderr } = run(FINDS_OUT, AS_THE_CLI);
    expect([stderr, stdout]).to.deep.equal(["", "false false function true\n"]);
  });

  for (const [what, env, expected] of [
    ["the stack traces if promises are debugged", { PULUMI_DEBUG_PROMISE_LEAKS: "1" }, "true false function true\n"],
    [
      "the exporters if the CLI asks for traces",
      { TRACEPARENT: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
      "false true function true\n",
    ],
  ] as const) {
    it(`leaves the CLI ${what}`, () => {
      const { stdout, stderr } = run(FINDS_OUT, AS_THE_CLI, env);
      expect([stderr, stdout]).to.deep.equal(["", expected]);
    });
  }

  it("changes nothing of these in other commands", () => {
    const { stdout, stderr } = run(FINDS_OUT);
    expect([stderr, stdout]).to.deep.equal(["", "true true function true\n"]);
  });
});

describe("every script that runs TypeScript", () => {
  it("looks for the packages first", () => {
    const ours = Object.values(scripts).filter((script) => /\.ts\b/.test(script) && !script.startsWith("mocha"));
    expect(ours.length).to.be.above(6);
    for (const script of ours)
      expect(script).to.match(/^node --require \.\/tools\/cli\/start\.cjs( --max-semi-space-size=96)? [\w/-]+\.ts$/);
  });

  it("is started by it", () => {
    const { status, stdout } = spawnSync("npm", ["run", "--silent", "comment"], { encoding: "utf8" });
    expect([status, stdout]).to.deep.equal([2, ""]);
  });
});
