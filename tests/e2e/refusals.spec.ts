import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { occupied } from "../../e2e/guard";
import { readRegister } from "../../e2e/register";
import { runIt } from "./run-it";

describe("npm run e2e", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "e2e-refusals-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const register = (text: string): string => {
    const file = join(folder, "register.yaml");
    writeFileSync(file, text);
    return file;
  };
  const line = (name: string, block: number, account: string): string =>
    `${name}: { cidr: 10.${String(block)}.0.0/16, account: "${account}" }\n`;

  it("refuses a machine without the Pulumi CLI, and says where to get it", async () => {
    const has = (command: string): boolean => command !== "pulumi";
    expect(await runIt([], { has })).to.deep.equal({
      code: 1,
      out: "",
      err:
        "The Pulumi CLI is not on the PATH: install it (https://www.pulumi.com/docs/install/). " +
        "npm start plans the network without it.\n",
    });
  });

  it("refuses clusters on a machine without the AWS CLI", async () => {
    const has = (command: string): boolean => command !== "aws";
    const { code, err } = await runIt(["--cluster"], { has });
    expect([code, err]).to.deep.equal([
      1,
      "The AWS CLI is not on the PATH, but eks.Cluster needs it: install it, or omit --cluster.\n",
    ]);
    expect((await runIt([], { has })).err).to.match(/^The credentials belong to account 999999999999/);
  });

  it("refuses credentials of which AWS does not say whose they are, with its reason", async () => {
    const account = (): Promise<string> => Promise.reject(new Error("The security token included is invalid."));
    expect(await runIt([], { account })).to.deep.equal({
      code: 1,
      out: "",
      err: "AWS does not return the account of the credentials: Error: The security token included is invalid.\n",
    });
  });

  it("refuses an account that is not in the account map", async () => {
    expect(await runIt([])).to.deep.equal({
      code: 1,
      out: "",
      err:
        "The credentials belong to account 999999999999, but the account map has another account for hub, dev, prod, qa. " +
        "If the account is a sandbox, write it to an account map and pass --networks FILE.\n",
    });
  });

  it("refuses an account that the account map has for only some networks", async () => {
    const mixed = ["hub", "dev", "prod", "qa"].map((name, index) =>
      line(name, index, name === "prod" ? "444444444444" : "999999999999"),
    );
    const { code, err } = await runIt(["--networks", register(mixed.join(""))]);
    expect([code, err.split(". ")[0]]).to.deep.equal([
      1,
      "The credentials belong to account 999999999999, but the account map has another account for prod",
    ]);
  });

  it("refuses Pulumi.yaml, which holds a register and is none", async () => {
    const { code, err } = await runIt(["--networks", "Pulumi.yaml"]);
    expect(code).to.equal(1);
    expect(err).to.match(/^Pulumi\.yaml cannot be used as an account map:\n {2}- /);
  });

  it("refuses a register with faults, all of them named", async () => {
    const faulty = register(line("hub", 0, "1") + line("dev", 0, "999999999999"));
    expect(await runIt(["--networks", faulty])).to.deep.equal({
      code: 1,
      out: "",
      err: [
        `${faulty} cannot be used as an account map:`,
        '  - networks.hub.account is "1": must be the 12 digits of an AWS account, in quotes, such as "222222222222"',
        '  - networks.dev.cidr is "10.0.0.0/16": overlaps networks.hub.cidr, "10.0.0.0/16"; give one of the two another /16',
        "",
      ].join("\n"),
    });
  });

  it("refuses a register without a network that it deploys", async () => {
    const short = register(line("hub", 0, "999999999999") + line("dev", 1, "999999999999"));
    expect((await runIt(["--networks", short])).err).to.equal(`${short} has no prod, qa, but the run deploys it.\n`);
  });

  it("refuses a file that is not an account map, is not YAML, or is missing", async () => {
    const list = register("- hub");
    expect((await runIt(["--networks", list])).err).to.equal(
      `${list} is not an account map: it must have lines NAME: { cidr, account }.\n`,
    );
    const broken = register("hub: [");
    const { code, err } = await runIt(["--networks", broken]);
    expect([code, err.split(":")[0]]).to.deep.equal([1, `${broken} is not YAML`]);
    expect((await runIt(["--networks", join(folder, "nope.yaml")])).err).to.contain("nope.yaml");
  });

  it("refuses an account where such a network stands: the two could not be told apart", () => {
    expect(occupied([])).to.equal(undefined);
    expect(occupied(["VPC vpc-1", "zone piksel.internal"])).to.equal(
      [
        "The account already has resources of this program, by tags and names, but a run needs an empty account:",
        "  VPC vpc-1",
        "  zone piksel.internal",
        "If an earlier run left them, pass its folder with --take-down FOLDER. Otherwise, delete them manually.",
      ].join("\n"),
    );
  });

  it("takes down no folder but that of an earlier run, and goes by its account", async () => {
    const { err } = await runIt(["--take-down", folder]);
    expect(err).to.equal(`${folder} is not the folder of an earlier run. A run prints its folder in the first line.\n`);
    writeFileSync(
      join(folder, "networks.yaml"),
      ["hub", "dev", "prod", "qa"].map((name, index) => line(name, index, "222222222222")).join(""),
    );
    expect((await runIt(["--take-down", folder])).err).to.match(/^The credentials belong to account 999999999999, but/);
  });

  it("calls an option that does not exist, lacks its value, or does not fit a misuse, in a sentence", async () => {
    for (const argv of [["--bogus"], ["--networks"], ["dev"], ["--take-down", folder, "--keep"]]) {
      const { code, out, err } = await runIt(argv);
      expect([code, out], argv.join(" ")).to.deep.equal([2, ""]);
      expect(err).to.match(/^.+\nRun npm run e2e -- --help for usage\.\n$/);
    }
  });

  it("explains itself, with every option", async () => {
    const { code, out, err } = await runIt(["--help"]);
    expect([code, err]).to.deep.equal([0, ""]);
    expect(out.match(/^ {2}--[a-z-]+/gm)).to.deep.equal([
      "  --networks",
      "  --cluster",
      "  --keep",
      "  --take-down",
      "  --help",
    ]);
  });

  it("has a register of its own, in the account that emulators make up", () => {
    const networks = readRegister("e2e/networks.yaml", readFileSync("e2e/networks.yaml", "utf8"), {
      addressSpace: "10.0.0.0/8",
      kubernetesServiceCidr: "172.20.0.0/16",
    });
    expect(Object.values(networks).map(({ name, cidr, account }) => [name, cidr, account])).to.deep.equal([
      ["hub", "10.0.0.0/16", "123456789012"],
      ["dev", "10.1.0.0/16", "123456789012"],
      ["prod", "10.3.0.0/16", "123456789012"],
      ["qa", "10.4.0.0/16", "123456789012"],
    ]);
  });
});
