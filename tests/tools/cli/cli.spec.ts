import { existsSync, readFileSync, rmSync } from "node:fs";
import { expect } from "chai";
import { Copy } from "./start";

describe("npm start", () => {
  let copy: Copy;
  beforeEach(() => {
    copy = new Copy();
  });
  afterEach(() => {
    copy.remove();
  });

  // Review, first contact 3 and 4.
  it("prints one screen that begins and ends with the verdict, and writes the page", async () => {
    const { code, out, err } = await copy.start();
    expect([code, err]).to.deep.equal([0, ""]);
    const lines = out.split("\n");
    expect(lines.length).to.be.at.most(40);
    expect(lines[0]).to.match(/^hub \+ 3 spokes in ap-southeast-3: \d+ AWS resources, \$1,457 a month before traffic$/);
    expect(lines[1]).to.equal("29 of 29 checks pass");
    expect(lines.slice(-3)).to.deep.equal(["The page is out/plan.html", "29 of 29 checks pass", ""]);
    expect(readFileSync(copy.path("out", "plan.html"), "utf8")).to.match(/^<!doctype html>/);
  });

  it("shows only the stacks that are named, planned with the hub they read", async () => {
    const { code, out } = await copy.start("dev", "--details=routes");
    expect(code).to.equal(0);
    expect(out).to.match(/^dev +10\.1\.0\.0\/16 /m);
    expect(out).to.contain("dev-private-1");
    expect(out).not.to.match(/^prod /m);
    expect(out).not.to.contain("prod-private-1");
  });

  it("refuses a stack that does not exist, and names those that do", async () => {
    const { code, out, err } = await copy.start("dev", "qa");
    expect([code, out]).to.deep.equal([2, ""]);
    expect(err).to.match(/^There is no stack qa; stacks are dev, hub, prod, staging\.\n/);
  });

  for (const argv of [
    ["--bogus"],
    ["--json"],
    ["--set", "dev"],
    ["--set", "qa:az-count=3"],
    ["--why", "world-peace"],
    ["--details=nothing"],
    ["--details="],
    // Review F14, and its siblings.
    ["--json", "-", "--why", "spokes-are-isolated"],
    ["--json", "-", "--checks"],
    ["--json", "-", "--details"],
    ["--why", "spokes-are-isolated", "--details=routes"],
    ["--why", "spokes-are-isolated", "--checks"],
    ["--checks", "--details"],
    ["--json", "a", "--picture", "a"],
  ]) {
    it(`refuses ${argv.join(" ")} in a sentence, and writes nothing`, async () => {
      const { code, out, err } = await copy.start(...argv);
      expect([code, out]).to.deep.equal([2, ""]);
      expect(err).not.to.contain("    at ");
      expect(err.split("\n")).to.have.length.within(2, 3);
      expect(existsSync(copy.path("out"))).to.equal(false);
    });
  }

  it("says which options exclude each other, and which sections there are", async () => {
    expect((await copy.start("--json", "-", "--why", "spokes-are-isolated")).err).to.equal(
      "--json - and --why exclude each other: each is printed in place of the other.\n" +
        "Run npm start -- --help for usage.\n",
    );
    expect((await copy.start("--details=routes,paths")).err).to.contain(
      "There is no section paths; sections are addresses, routes, transit, dns, platform, costs, quotas, configuration.\n",
    );
  });

  // Review F20: `--json Pulumi.yaml` overwrote the project's configuration.
  for (const [option, file] of [
    ["--json", "Pulumi.yaml"],
    ["--picture", "Pulumi.dev.yaml"],
  ] as const) {
    it(`does not overwrite ${file} with ${option}`, async () => {
      const before = readFileSync(copy.path(file), "utf8");
      const { code, err } = await copy.start(option, file);
      expect(code).to.equal(2);
      expect(err).to.match(
        /: the file exists and --(json|picture) did not write it; choose another name, or remove the file\n/,
      );
      expect(readFileSync(copy.path(file), "utf8")).to.equal(before);
    });
  }

  it("shows why a check matters and its evidence, then the verdict, when asked", async () => {
    const { code, out } = await copy.start("prod", "dev", "--why", "flow-logs-reach-the-archive");
    expect(code).to.equal(0);
    const lines = out.split("\n");
    expect(lines.slice(0, 1)).to.deep.equal(["flow-logs-reach-the-archive"]);
    expect(lines.slice(3, 13)).to.deep.equal([
      "Why it matters",
      "  After an incident the flow logs show who talked to whom. The archive is in the hub's account,",
      "  where a spoke's administrators cannot delete it.",
      "",
      "  Decision record: docs/adr/0007-flow-log-archive.md",
      "",
      "Evidence",
      "  dev, prod: passes",
      "    VPC *: flow log → hub-logs",
      "",
    ]);
    expect(lines.slice(-3)).to.deep.equal(["The page is out/plan.html", "29 of 29 checks pass", ""]);
  });

  it("ends with 1 when a check fails, and begins and ends with its name and stacks", async () => {
    const { code, out } = await copy.start("--set", "hub:shared-endpoints=[]");
    expect(code).to.equal(1);
    const verdict = "28 of 29 checks pass; image-pulls-are-private fails in dev, staging, prod";
    const lines = out.split("\n");
    expect([lines[1], lines.at(-2)]).to.deep.equal([verdict, verdict]);
    expect(lines[3]).to.equal("FAILED  image-pulls-are-private");
    expect(lines.slice(5, 9)).to.deep.equal([
      "  dev: authorization: dev-private-1 → the internet: 0.0.0.0/0 → NAT gateway;",
      "    NAT gateway dev-1: sends from dev-public-1; dev-public-1: 0.0.0.0/0 → internet gateway;",
      "    delivered to the internet",
      "  and 13 more findings: npm start -- --why image-pulls-are-private",
    ]);
  });

  it("names the checks that exist where one does not", async () => {
    const { err } = await copy.start("--why", "world-peace");
    expect(err).to.contain("There is no check world-peace; checks are spokes-reach-the-hub, ");
  });

  it("explains itself", async () => {
    const { code, out } = await copy.start("--help");
    expect(code).to.equal(0);
    expect(out).to.contain("--set STACK:KEY=VALUE");
    expect(existsSync(copy.path("out"))).to.equal(false);
  });

  it("shows what a setting changes, and what it costs each stack and all", async () => {
    const { code, out } = await copy.start("--set", "dev:one-nat-per-az=true");
    expect(code).to.equal(0);
    expect(out).to.contain("  dev: 2 to create, 1 to update in place; nothing to replace or delete\n");
    expect(out).to.contain("    create   ec2.NatGateway  dev-2\n");
    expect(out).to.match(/^dev .* \$377\.06 +\+\$46\.72$/m);
    expect(out).to.match(/^staging .* \$330\.34 +none$/m);
    expect(out).to.match(/^4 stacks .* \$1,503\.98 +\+\$46\.72$/m);
  });

  it("writes JSON to a file, beside the report, and overwrites it the next time", async () => {
    await copy.start("--json", "plan.json");
    const { code, out } = await copy.start("--json", "plan.json");
    expect(code).to.equal(0);
    const json = JSON.parse(readFileSync(copy.path("plan.json"), "utf8")) as Record<string, object>;
    expect(Object.keys(json)).to.deep.equal(["version", "verdict", "stacks", "checks", "costs", "quotas"]);
    expect(json["version"]).to.equal(2);
    expect(json["verdict"]).to.deep.equal({ passed: 29, total: 29, failed: [] });
    expect(Object.keys(json["stacks"] ?? {})).to.deep.equal(["hub", "dev", "staging", "prod"]);
    expect(out).to.contain("hub + 3 spokes");
  });

  // Review, first contact 8.
  it("counts AWS resources in one way, in the report, the page and JSON", async () => {
    const { out } = await copy.start("dev", "--json", "-");
    const { awsResources, resources } = (
      JSON.parse(out) as { stacks: Record<string, { awsResources: number; resources: { type: string }[] }> }
    ).stacks["dev"] ?? { awsResources: 0, resources: [] };
    expect(awsResources).to.equal(resources.filter(({ type }) => type.startsWith("aws:")).length);
    expect(awsResources).to.be.above(50).and.below(resources.length);
    const report = (await copy.start()).out;
    expect(report).to.match(new RegExp(`^dev .* ${String(awsResources)} +\\$`, "m"));
    const [, all = ""] = /: (\d+) AWS resources/.exec(report) ?? [];
    expect(readFileSync(copy.path("out", "plan.html"), "utf8")).to.contain(`${all} AWS resources`);
  });

  it("has in JSON what each stack costs, what additions would cost, prices per GB and break-evens", async () => {
    type Costs = { stacks: { name: string; unknown: string[] }[]; whatIf: { what: string; stack: string }[] };
    const costsOf = async (...argv: string[]) =>
      (JSON.parse((await copy.start(...argv, "--json", "-")).out) as { costs: Costs }).costs;
    type Whole = Costs & { perGb: { part: string }[]; breakEven: { kind: string; name: string; gb: number }[] };
    const told = ({ whatIf }: Costs) => whatIf.map(({ what, stack }) => `${what} ${stack}`);
    const all = await costsOf();
    expect(all.stacks.map(({ name, unknown }) => [name, unknown])).to.deep.equal(
      ["hub", "dev", "staging", "prod"].map((name) => [name, []]),
    );
    expect(told(all)).to.have.length(9).and.to.include("one-more-spoke new-spoke");
    const { perGb, breakEven } = all as Whole;
    expect(perGb.map(({ part }) => part)).to.include.members(["natGateway", "transitGateway", "betweenAzs"]);
    expect(breakEven.map(({ name, gb }) => `${name} ${String(gb)}`)).to.deep.equal([
      "ecr.api 1932", // ($28.47 + $0.50) / $0.015
      "ecr.dkr 1932",
      "dev 2336", // $46.72 / $0.02
      "staging 2336",
      "prod 4672",
    ]);
    expect(told(await costsOf("dev"))).to.deep.equal(["one-nat-per-az dev", "third-zone dev"]);
    const grown = await costsOf("dev", "--set", "dev:az-count=3");
    expect(grown.whatIf.map((each) => ({ ...each }))).to.deep.include({
      ...{ what: "third-zone", stack: "dev", byPart: {}, monthly: 0, unknown: [], note: "already enabled" },
    });
  });

  it("writes nothing but JSON to standard output when asked to, with what the changes cost", async () => {
    const { code, out, err } = await copy.start("dev", "--json", "-", "--set", "dev:az-count=3");
    const json = JSON.parse(out) as {
      stacks: object;
      changes: Record<string, { create: string[] }>;
      costChanges: object;
    };
    expect(code).to.equal(0);
    expect(Object.keys(json.stacks)).to.deep.equal(["dev"]);
    expect(Object.keys(json.changes)).to.deep.equal(["dev", "dev/platform"]);
    expect(json.changes["dev"]?.create).to.have.length(14);
    const difference = { before: 330.34, after: 409.6, difference: 79.26 };
    expect(json.costChanges).to.deep.equal({ stacks: [{ name: "dev", ...difference }], total: difference });
    expect(err).to.equal("\nThe page is out/plan.html\n29 of 29 checks pass\n");
  });

  it("says so when a network has no stack", async () => {
    for (const folder of ["", "platform"]) rmSync(copy.path(folder, "Pulumi.staging.yaml"));
    const { code, out } = await copy.start();
    expect(code).to.equal(0);
    expect(out).to.contain("\n  staging: in networks, but not planned: Pulumi.staging.yaml is missing\n");
  });
});
