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

  it("reports, writes the page and says where", async () => {
    const { code, out, err } = await copy.start();
    expect([code, err]).to.deep.equal([0, ""]);
    expect(out).to.match(/^4 networks in ap-southeast-3: /);
    expect(out.trimEnd().split("\n").at(-1)).to.equal("The page is out/plan.html");
    expect(readFileSync(copy.path("out", "plan.html"), "utf8")).to.match(/^<!doctype html>/);
  });

  it("tells the costs that the README shows", async () => {
    const { out } = await copy.start();
    const [, shown = ""] = /^```\n(A month [\s\S]*?)\n```$/m.exec(readFileSync("README.md", "utf8")) ?? [];
    const section = out.slice(out.indexOf("Costs at rest\n")).split("\n");
    const lines = shown.split("\n").map((line) => (line === "" ? line : `  ${line}`));
    expect(section.slice(1, lines.length + 2)).to.deep.equal([...lines, ""]);
  });

  it("shows only the stacks that are named, planned with the hub they read", async () => {
    const { code, out } = await copy.start("dev");
    expect(code).to.equal(0);
    expect(out).to.contain("dev-private-1");
    expect(out).not.to.contain("prod-private-1");
  });

  it("refuses a stack that does not exist, and names those that do", async () => {
    const { code, out, err } = await copy.start("dev", "qa");
    expect([code, out]).to.deep.equal([2, ""]);
    expect(err).to.match(/^There is no stack qa; stacks are dev, hub, prod, staging\.\n/);
  });

  for (const argv of [["--bogus"], ["--json"], ["--set", "dev"], ["--set", "qa:az-count=3"]]) {
    it(`calls ${argv.join(" ")} a misuse, in a sentence`, async () => {
      const { code, out, err } = await copy.start(...argv);
      expect([code, out]).to.deep.equal([2, ""]);
      expect(err).not.to.contain("    at ");
      expect(err.split("\n")).to.have.length.within(2, 3);
    });
  }

  it("shows what a check is held by, when asked", async () => {
    const { code, out } = await copy.start("--why", "image-pulls-are-private");
    expect(code).to.equal(0);
    expect(out.split("\n").slice(1, 4)).to.deep.equal([
      "Why: Images are authorised and fetched, manifest and layers, without a hop on the internet.",
      "  dev holds",
      "    authorisation: dev-private-1: 10.0.0.0/8 → transit gateway;",
    ]);
  });

  it("shows it of the stacks that are named alone", async () => {
    const { out } = await copy.start("prod", "--why", "flow-logs-reach-the-archive");
    expect(out.split("\n").slice(2, 5)).to.deep.equal(["  prod holds", "    prod → hub-logs", ""]);
  });

  it("ends with 1 when a check is broken, and says by what", async () => {
    const { code, out } = await copy.start("--set", "hub:shared-endpoints=[]");
    expect(code).to.equal(1);
    expect(out).to.contain(
      "  BROKEN  image-pulls-are-private\n" +
        "          Images are authorised and fetched, manifest and layers, without a hop on the internet.\n" +
        "          dev: authorisation: dev-private-1: 0.0.0.0/0 → NAT gateway;\n" +
        "            NAT gateway dev-1: sends from dev-public-1;\n" +
        "            dev-public-1: 0.0.0.0/0 → internet gateway: internet\n" +
        "          dev: and 3 more\n",
    );
  });

  it("refuses a check that does not exist, and names those that do", async () => {
    const { code, err } = await copy.start("--why", "world-peace");
    expect(code).to.equal(2);
    expect(err).to.contain("There is no check world-peace; checks are spokes-reach-the-hub, ");
  });

  it("explains itself", async () => {
    const { code, out } = await copy.start("--help");
    expect(code).to.equal(0);
    expect(out).to.contain("--set STACK:KEY=VALUE");
    expect(existsSync(copy.path("out"))).to.equal(false);
  });

  it("tells what a setting changes", async () => {
    const { code, out } = await copy.start("--set", "dev:one-nat-per-az=true");
    expect(code).to.equal(0);
    expect(out).to.contain("  dev: 2 to create, 1 to update in place; nothing to replace or delete\n");
    expect(out).to.contain("    create   ec2.NatGateway  dev-2\n");
    expect(out).to.contain("  no change\n    hub, staging, prod\n");
  });

  it("writes JSON to a file, beside the report", async () => {
    const { out } = await copy.start("--json", "plan.json");
    const json = JSON.parse(readFileSync(copy.path("plan.json"), "utf8")) as Record<string, object>;
    expect(json["version"]).to.equal(1);
    expect(Object.keys(json["stacks"] ?? {})).to.deep.equal(["hub", "dev", "staging", "prod"]);
    expect(json).not.to.have.property("changes");
    expect(out).to.contain("4 networks");
  });

  it("tells in JSON what each stack costs, and what one thing more would add to those that are named", async () => {
    type Costs = { stacks: { name: string; unknown: string[] }[]; whatIf: { what: string; stack: string }[] };
    const costsOf = async (...argv: string[]) =>
      (JSON.parse((await copy.start(...argv, "--json", "-")).out) as { costs: Costs }).costs;
    const told = ({ whatIf }: Costs) => whatIf.map(({ what, stack }) => `${what} ${stack}`);
    const all = await costsOf();
    expect(all.stacks.map(({ name, unknown }) => [name, unknown])).to.deep.equal(
      ["hub", "dev", "staging", "prod"].map((name) => [name, []]),
    );
    expect(told(all)).to.have.length(9).and.to.include("one-more-spoke new-spoke");
    expect(told(await costsOf("dev"))).to.deep.equal(["one-nat-per-az dev", "third-zone dev"]);
    const grown = await costsOf("dev", "--set", "dev:az-count=3");
    expect(grown.whatIf.map((each) => ({ ...each }))).to.deep.include({
      ...{ what: "third-zone", stack: "dev", byPart: {}, monthly: 0, unknown: [], note: "has it" },
    });
  });

  it("writes nothing but JSON to standard output when told so", async () => {
    const { code, out, err } = await copy.start("dev", "--json", "-", "--set", "dev:az-count=3");
    const json = JSON.parse(out) as Record<string, Record<string, Record<string, unknown[]>>>;
    expect(code).to.equal(0);
    expect(Object.keys(json["stacks"] ?? {})).to.deep.equal(["dev"]);
    expect(Object.keys(json["changes"] ?? {})).to.deep.equal(["dev"]);
    expect(json["changes"]?.["dev"]?.["create"]).to.have.length.above(10);
    expect(err).to.equal("\nThe page is out/plan.html\n");
  });

  it("says so when a network has no stack", async () => {
    rmSync(copy.path("Pulumi.staging.yaml"));
    const { code, out } = await copy.start();
    expect(code).to.equal(0);
    expect(out).to.contain("\nstaging: in the register networks, without Pulumi.staging.yaml, so not planned.\n");
  });
});
