import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { plan, type Plan } from "../../../tools/planner/plan";
import { plainPaint } from "../../../tools/io/terminal";
import { main } from "../../../tools/verify/verify";
import { Copy, type Result } from "../cli/start";
import { project, withConfig } from "../../support/plans";
import { type ExportFile, deployedExports } from "./support/exports";
import { countInAws } from "./support/verify";

let planned: Plan;
let files: Record<string, ExportFile>;
before(async () => {
  planned = await plan(project);
  files = deployedExports(planned);
});

describe("npm run verify", () => {
  let copy: Copy;
  beforeEach(() => {
    copy = new Copy();
  });
  afterEach(() => {
    copy.remove();
  });

  async function verify(...argv: readonly string[]): Promise<Result> {
    let [out, err] = ["", ""];
    const code = await main(argv, {
      folder: copy.folder,
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      paint: plainPaint,
    });
    return { code, out, err };
  }

  /** Writes exports into the project's folder, and returns the names of the files. */
  function written(stacks: readonly string[], from = files): string[] {
    return stacks.map((stack) => {
      writeFileSync(copy.path(`${stack}.json`), JSON.stringify(from[stack]));
      return `${stack}.json`;
    });
  }

  /** Writes the export of dev as it would be with another subnet. */
  function drifted(): string[] {
    const [hub = "", dev = ""] = written(["hub", "dev"]);
    writeFileSync(copy.path(dev), JSON.stringify(files["dev"]).replaceAll("10.1.0.0/18", "10.1.0.0/19"));
    return [hub, dev];
  }

  it("exits with 0 if all checks pass and nothing has drifted, and lists the verified stacks", async () => {
    const { code, out, err } = await verify(...written(["prod", "hub", "dev"]));
    expect([code, err]).to.deep.equal([0, ""]);
    const lines = out.split("\n");
    expect(lines.slice(0, 7)).to.deep.equal([
      "3 exported stacks, verified against the checks and the plan.",
      "Last updated or refreshed: hub 2026-11-25 07:12 UTC, dev 2026-11-25 07:12 UTC,",
      "  prod 2026-11-25 07:12 UTC",
      "Skipped, without an export: staging",
      "",
      "Checks",
      "  Check                            hub  dev  prod",
    ]);
    expect(out).not.to.contain("FAILED");
    expect(lines.slice(-6)).to.deep.equal([
      "",
      "Drift from the plan",
      ...["hub", "dev", "prod"].map((name) => `  ${name}: no drift; ${countInAws(planned, name)} resources as planned`),
      "",
    ]);
  });

  it("exits with 1 if something has drifted, even if all checks pass", async () => {
    const { code, out } = await verify(...drifted());
    expect(code).to.equal(1);
    expect(out).to.contain("cidrBlock: planned 10.1.0.0/18, is 10.1.0.0/19\n");
  });

  it("exits with 1 if a check fails, even if everything is as planned", async () => {
    copy.configure(
      "hub",
      "aws:region: ap-southeast-3",
      "piksel-network:az-count: 3",
      "piksel-network:shared-endpoints: []",
    );
    const withoutEndpoints = deployedExports(await plan(withConfig(project, "hub", { "shared-endpoints": [] })));
    const { code, out } = await verify(...written(["hub", "dev"], withoutEndpoints));
    expect(code).to.equal(1);
    expect(out).to.contain("  FAILED  image-pulls-are-private\n");
    expect(out).to.match(/ {2}hub: no drift; .*\n {2}dev: no drift; /);
  });

  it("shows the evidence of a check for the exported stacks", async () => {
    const { code, out } = await verify(...written(["hub", "dev"]), "--why", "flow-logs-reach-the-archive");
    expect(code).to.equal(0);
    expect(out.split("\n").slice(1, 2)).to.deep.equal(["flow-logs-reach-the-archive"]);
    expect(out.split("\n").slice(-7)).to.deep.equal([
      "Evidence",
      "  hub: passes",
      "    VPC hub: flow log → hub-logs",
      "    transit gateway hub: flow log → hub-logs",
      "  dev: passes",
      "    VPC dev: flow log → hub-logs",
      "",
    ]);
  });

  it("writes JSON with the report, or instead of it", async () => {
    const given = drifted();
    const beside = await verify(...given, "--json", "found.json");
    expect(beside.out).to.contain("Drift from the plan");
    const found = JSON.parse(readFileSync(copy.path("found.json"), "utf8")) as Record<string, unknown[]>;
    const { code, out } = await verify(...given, "--json", "-");
    expect(code).to.equal(1);
    expect(JSON.parse(out)).to.deep.equal(found);
    expect(Object.keys(found)).to.deep.equal(["version", "stacks", "skipped", "checks", "drift"]);
    expect([found["version"], found["skipped"]]).to.deep.equal([2, ["staging", "prod"]]);
    expect(found["stacks"]?.[0]).to.deep.equal({ name: "hub", time: "2026-11-25T07:12:04Z" });
    expect(found["checks"]?.[0]).to.have.keys("name", "stack", "passed", "evidence");
    expect(found["drift"]?.[1]).to.deep.equal({
      stack: "dev",
      same: countInAws(planned, "dev") - 1,
      missing: [],
      unplanned: [],
      differing: [
        {
          resource: "aws:ec2/subnet:Subnet::dev-private-1",
          properties: [{ path: "cidrBlock", planned: "10.1.0.0/18", running: "10.1.0.0/19", concern: "reach" }],
        },
      ],
      added: [],
      leftovers: [],
      unknown: [],
    });
  });

  it("prints its usage", async () => {
    const { code, out } = await verify("--help");
    expect(code).to.equal(0);
    expect(out).to.contain("pulumi stack export --stack hub --file hub.json\n");
    expect(out.split("\n").filter((line) => line.length > 100)).to.deep.equal([]);
  });

  for (const [argv, sentence] of [
    [[], "FILE is missing: an export of one stack; that of the hub is always required."],
    [["--bogus"], "Unknown option '--bogus'"],
    [["hub.json", "--why", "world-peace"], "There is no check world-peace; checks are spokes-reach-the-hub, "],
  ] as const) {
    it(`calls ${argv.join(" ") || "nothing at all"} wrong usage, in a sentence`, async () => {
      const { code, out, err } = await verify(...argv);
      expect([code, out]).to.deep.equal([2, ""]);
      expect(err).to.satisfy((text: string) => text.startsWith(sentence));
      expect(err).to.contain("Run npm run verify -- --help for usage.\n");
    });
  }

  it("exits with 2 and a sentence if a file or the configuration cannot be read", async () => {
    const [hub = ""] = written(["hub"]);
    writeFileSync(copy.path("text.json"), "text");
    expect(await verify(hub, "text.json")).to.deep.equal({
      ...{ code: 2, out: "" },
      err: "text.json is not JSON: pulumi stack export --stack STACK --file FILE writes one\n",
    });
    const absent = await verify(hub, "absent.json");
    expect([absent.code, absent.out]).to.deep.equal([2, ""]);
    expect(absent.err).to.equal(
      "absent.json does not exist: pulumi stack export --stack STACK --file FILE writes it\n",
    );
    copy.configure("dev", "aws:region: ap-southeast-3", "piksel-network:az-count: 4");
    const refused = await verify(hub);
    expect([refused.code, refused.out]).to.deep.equal([2, ""]);
    expect(refused.err).to.match(/^The configuration cannot be deployed:\n {2}dev\n {4}- az-count is 4/);
    rmSync(copy.path("Pulumi.yaml"));
    expect((await verify(hub)).code).to.equal(2);
  });
});
