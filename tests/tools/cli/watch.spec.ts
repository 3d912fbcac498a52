import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { planInChild, type Planned, reasonOf, watchCommand, watchFiles, watchProject } from "../../../tools/cli/watch";
import { servePage } from "../../../tools/cli/page-server";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { plainPaint } from "../../../tools/io/terminal";
import { verdictInWords, verdictOf } from "../../../tools/report/view/checks";
import { Copy } from "./start";
import { ask, PAGE, SLOW, until } from "./watching";

describe("watching files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "watch-"));
    for (const name of ["components", "tests", "out", "node_modules", ".git"]) mkdirSync(join(folder, name));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("reports configuration, code and new folders, changes that belong together once, and nothing else", async () => {
    let count = 0;
    const files = watchFiles(folder, () => (count += 1));
    const wait = (): Promise<void> => new Promise((done) => setTimeout(done, 600));
    try {
      for (const name of [
        "tests/a.ts",
        "out/plan.html",
        "out/b.json",
        "node_modules/c.js",
        ".git/d.json",
        "notes.txt",
      ]) {
        writeFileSync(join(folder, name), "x");
      }
      await wait();
      expect(count).to.equal(0);
      writeFileSync(join(folder, "Pulumi.dev.yaml"), "config: {}");
      writeFileSync(join(folder, "Pulumi.hub.yaml"), "config: {}");
      writeFileSync(join(folder, "components", "hub.ts"), "x");
      await until("the change of configuration", () => count === 1);
      await wait();
      expect(count).to.equal(1);
      mkdirSync(join(folder, "components", "new"));
      await until("the new folder", () => count === 2);
      writeFileSync(join(folder, "components", "new", "prices.json"), "{}");
      await until("the file in the new folder", () => count === 3);
      writeFileSync(join(folder, "components", "new", "page.css"), "");
      await until("the style of the page", () => count === 4);
      rmSync(join(folder, "components", "new"), { recursive: true });
      await until("the folder that is gone", () => count === 5);
    } finally {
      files.close();
    }
  });
});

describe("npm start -- --watch", () => {
  const vpc = (cidrBlock: string): PlannedResource => ({
    ...{ type: "aws:ec2/vpc:Vpc", name: "dev", parent: null, inputs: { cidrBlock }, dependsOn: [] },
    inputDependencies: {},
    options: { protect: false, ignoreChanges: [], provider: null },
  });
  const good = (cidr: string, passed = true): Planned => ({
    html: PAGE.replace("the plan", `the plan of ${cidr}`),
    checks: [
      { name: "cidrs-do-not-overlap", stack: "dev", passed, evidence: [] },
      { name: "spokes-are-isolated", stack: "dev", passed: true, evidence: [] },
    ],
    stacks: [{ name: "dev", resources: [vpc(cidr)] }],
  });

  it("prints the verdict and the changes since the start, keeps the last good page on an error, and ends cleanly", async () => {
    const folder = mkdtempSync(join(tmpdir(), "watch-"));
    const plans: Planned[] = [
      good("10.1.0.0/16"),
      good("10.9.0.0/16", false),
      { error: "az-count is 9" },
      good("10.1.0.0/16"),
    ];
    let [out, err] = ["", ""];
    const ended = new AbortController();
    const watching = watchProject(
      { planOnce: () => Promise.resolve(plans.shift() ?? { error: "no more" }), port: 0, signal: ended.signal },
      { folder, out: (text) => void (out += text), err: (text) => void (err += text), paint: plainPaint },
    );
    const change = (): void => {
      writeFileSync(join(folder, "Pulumi.yaml"), String(plans.length));
    };
    await until("the first plan", () => out.includes("2 of 2 checks pass"));
    const [, address = ""] = /(http:\S+) shows the plan\. Ctrl-C ends\./.exec(out) ?? [];
    const page = async (): Promise<string> => (await ask(address, "/")).body;
    expect(await page())
      .to.contain("the plan of 10.1.0.0/16")
      .and.not.to.contain('role="alert"');

    out = "";
    change();
    await until("the second plan", () => out !== "");
    expect(
      out
        .replace(/^\d\d:\d\d:\d\d/, "TIME")
        .split("\n")
        .slice(0, 4),
    ).to.deep.equal([
      "TIME  1 of 2 checks pass; cidrs-do-not-overlap fails in dev",
      "",
      "What changed since the start",
      "  dev: 1 to replace; nothing to create, update in place or delete",
    ]);
    expect(await page()).to.contain("the plan of 10.9.0.0/16");

    change();
    await until("the error", () => err !== "");
    expect(err.replace(/^\d\d:\d\d:\d\d/, "TIME")).to.equal("TIME  The plan failed. az-count is 9\n");
    const failed = await page();
    expect(failed)
      .to.contain('role="alert">The plan failed. az-count is 9</div>')
      .and.to.contain("the plan of 10.9.0.0/16");

    out = "";
    change();
    await until("the recovery", () => out !== "");
    expect(out.replace(/^\d\d:\d\d:\d\d/, "TIME")).to.equal("TIME  2 of 2 checks pass\n");
    expect(await page())
      .to.contain("the plan of 10.1.0.0/16")
      .and.not.to.contain('role="alert"');

    ended.abort();
    await watching;
    const error: unknown = await ask(address, "/").catch((reason: unknown) => reason);
    expect(error).to.have.property("code", "ECONNREFUSED");
    rmSync(folder, { recursive: true });
  });

  it("names no file for changes that are too many to list: the page shows the plan alone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "watch-"));
    const many = Array.from({ length: 21 }, (_, index) => ({ ...vpc("10.1.0.0/16"), name: `dev-${String(index)}` }));
    const plans: Planned[] = [
      good("10.1.0.0/16"),
      { ...good("10.1.0.0/16"), stacks: [{ name: "dev", resources: many }] },
    ];
    let out = "";
    const ended = new AbortController();
    const watching = watchProject(
      { planOnce: () => Promise.resolve(plans.shift() ?? { error: "no more" }), port: 0, signal: ended.signal },
      { folder, out: (text) => void (out += text), err: () => undefined, paint: plainPaint },
    );
    await until("the first plan", () => out.includes("2 of 2 checks pass"));
    writeFileSync(join(folder, "Pulumi.yaml"), "x");
    await until("the changes", () => out.includes("What changed since the start"));
    ended.abort();
    await watching;
    rmSync(folder, { recursive: true });
    expect(out)
      .to.match(/dev: 21 to create, 1 to delete; .+\n[^]*\n {2}These are too many AWS resources to list\.\n/)
      .and.not.to.contain("out/plan.html");
  });

  it("shows why a plan failed without the calls of a stack trace", () => {
    const trace =
      "\ntools/planner/plan.ts:3\nconst = 1;\n      ^\nSyntaxError: Unexpected token\n    at wrap (node:internal)\n    at load (a.ts:1:2)\n";
    expect(reasonOf(trace)).to.equal("tools/planner/plan.ts:3\nconst = 1;\n      ^\nSyntaxError: Unexpected token");
    expect(reasonOf("\n")).to.equal("The plan ended without a message.");
  });

  it("plans with the code as it is then, and says why a plan fails", async function () {
    this.timeout(SLOW);
    const copy = new Copy();
    try {
      const planOnce = planInChild(copy.folder, ["--set=dev:az-count=3", "--"]);
      const { signal } = new AbortController();
      const planned = await planOnce(signal);
      if ("error" in planned) throw new Error(planned.error);
      expect(planned.html).to.match(/^<!doctype html>/);
      expect(verdictInWords(verdictOf(planned.checks))).to.match(/^(\d+) of \1 checks pass$/);
      const dev = planned.stacks.find(({ name }) => name === "dev");
      expect(dev?.resources.map(({ name }) => name)).to.include("dev-private-3");
      copy.configure("dev", "aws:region: ap-southeast-3", "piksel-network:az-count: 9");
      const refused = await planInChild(copy.folder, [])(signal);
      expect(refused).to.have.property("error").that.contains("az-count is 9");
    } finally {
      copy.remove();
    }
  });

  it("is refused beside options that end with one plan, and so is a port that is none", async () => {
    const copy = new Copy();
    for (const [option, ...rest] of [
      ["--json", "-"],
      ["--picture", "x.svg"],
      ["--why", "cidrs-do-not-overlap"],
    ]) {
      const { code, err } = await copy.start("--watch", option ?? "", ...rest);
      expect([code, err.split("\n")[0]]).to.deep.equal([
        2,
        `${option ?? ""} and --watch exclude each other: a watch prints the verdict and serves the page.`,
      ]);
    }
    expect((await copy.start("--port", "8080")).err).to.match(/^--port requires --watch\.\n/);
    for (const port of ["65536", "-1", "http", "80.5", ""]) {
      const { code, err } = await copy.start("--watch", `--port=${port}`);
      expect([code, err.split("\n")[0]]).to.deep.equal([
        2,
        `--port is "${port}": must be a number from 0 to 65535; 0 is a free port.`,
      ]);
    }
    copy.remove();
    const io = { folder: ".", out: () => undefined, err: () => undefined, paint: plainPaint };
    const server = await servePage({ html: PAGE, error: undefined }, 0);
    const port = Number(new URL(server.address).port);
    const error: unknown = await watchCommand({ args: [], port }, io).catch((reason: unknown) => reason);
    expect(String(error)).to.contain(`Port ${String(port)} is in use: name another with --port, or leave --port out.`);
    await server.close();
  });
});
