import { rmSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { Copy } from "./start";

describe("npm start, with a configuration that cannot be deployed,", () => {
  let copy: Copy;
  beforeEach(() => {
    copy = new Copy();
  });
  afterEach(() => {
    copy.remove();
  });

  it("tells the faults of all stacks, those that they share once", async () => {
    copy.configure("dev", "aws:region: ap-southeast-3", "piksel-network:az-count: 4");
    copy.configure("prod", "aws:region: ap-southeast-3", "piksel-network:az-count: three");
    const { code, out, err } = await copy.start("--set", "*:domain=internal", "--set", "hub:nope=1");
    expect([code, out]).to.deep.equal([1, ""]);
    expect(err.split("\n").map((line) => line.replace(/: .+/, ""))).to.deep.equal([
      "The configuration cannot be deployed:",
      "  dev, hub, staging",
      '    - domain is "internal"',
      "  dev",
      "    - az-count is 4",
      "  hub",
      '    - nope is "1"',
      "  prod",
      '    - az-count is "three"',
      "",
    ]);
  });

  it("tells of every spoke that does not fit the hub", async () => {
    const { code, err } = await copy.start("--set", "dev:aws:region=eu-west-1", "--set", "prod:aws:region=eu-west-1");
    expect(code).to.equal(1);
    expect(err.match(/^ {2}\S.*$/gm)).to.deep.equal(["  dev", "  prod"]);
  });

  it("plans a setting that mends a configuration, though there is nothing to compare with", async () => {
    copy.configure("dev", "aws:region: ap-southeast-3", "piksel-network:az-count: 4");
    const { code, out, err } = await copy.start("--set", "dev:az-count=3");
    expect(code).to.equal(0);
    expect(err).to.match(/^Without --set the configuration cannot be deployed/);
    expect(out).not.to.contain("What --set changes");
  });

  it("says so when the hub's configuration is missing", async () => {
    rmSync(copy.path("Pulumi.hub.yaml"));
    const { code, err } = await copy.start();
    expect(code).to.equal(1);
    expect(err).to.contain("there is no Pulumi.hub.yaml");
  });

  it("names a file that is not there or is no YAML, without a stack trace", async () => {
    writeFileSync(copy.path("Pulumi.dev.yaml"), "config: [");
    const broken = await copy.start();
    expect(broken.code).to.equal(1);
    // Review F17.
    expect(broken.err).to.match(/^Pulumi\.dev\.yaml is not YAML that can be read: line 1, column 10: [^\n]+\n$/);
    rmSync(copy.path("Pulumi.yaml"));
    const { code, err } = await copy.start();
    expect([code, err.split("\n").length]).to.deep.equal([1, 2]);
    expect(err).to.contain("Pulumi.yaml");
  });
});
