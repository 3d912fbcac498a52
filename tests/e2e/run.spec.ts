import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { checkIsEmpty, main, type RunEnvironment } from "../../e2e/run";
import { readAccountMap, Refused } from "../../e2e/settings";
import { FIXTURE } from "../support/fixture";

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run e2e -- ARGV`, by default with both CLIs and with credentials of account 999999999999. */
async function runCommand(argv: readonly string[], environment: Partial<RunEnvironment> = {}): Promise<Result> {
  let [out, err] = ["", ""];
  const code = await main(argv, {
    folder: FIXTURE,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    has: () => true,
    emulator: true,
    account: () => Promise.resolve("999999999999"),
    interrupted: new AbortController().signal,
    ...environment,
  });
  return { code, out, err };
}

describe("npm run e2e", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "e2e-refusals-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const accountMap = (text: string): string => {
    const file = join(folder, "account-map.yaml");
    writeFileSync(file, text);
    return file;
  };
  const line = (name: string, block: number, account: string): string =>
    `${name}: { cidr: 10.${String(block)}.0.0/16, account: "${account}" }\n`;

  it("refuses a machine without the Pulumi CLI, and links to its installation", async () => {
    const has = (command: string): boolean => command !== "pulumi";
    expect(await runCommand([], { has })).to.deep.equal({
      code: 1,
      out: "",
      err:
        "The Pulumi CLI is not on the PATH: install it (https://www.pulumi.com/docs/install/). " +
        "npm start plans the network without it.\n",
    });
  });

  it("refuses clusters on a machine without the AWS CLI", async () => {
    const has = (command: string): boolean => command !== "aws";
    const { code, err } = await runCommand(["--cluster"], { has });
    expect([code, err]).to.deep.equal([
      1,
      "The AWS CLI is not on the PATH, but eks.Cluster needs it: install it, or omit --cluster.\n",
    ]);
    expect((await runCommand([], { has })).err).to.match(/^The credentials belong to account 999999999999/);
  });

  it("refuses a kubeconfig without clusters, and one that does not exist while AWS is an emulator", async () => {
    const missing = join(folder, "no-kubeconfig");
    expect((await runCommand(["--kubeconfig", missing])).err).to.equal(
      "--kubeconfig is for the platform of a spoke with a cluster: pass --cluster, too.\n",
    );
    expect((await runCommand(["--cluster", "--kubeconfig", missing])).err).to.equal(
      `${missing} does not exist: pass a kubeconfig of an API server that runs.\n`,
    );
    const inAws = await runCommand(["--cluster", "--kubeconfig", missing], { emulator: false });
    expect(inAws.err).to.match(/^The credentials belong to account 999999999999/);
  });

  it("refuses credentials for which AWS returns no account, with the reason", async () => {
    const account = (): Promise<string> => Promise.reject(new Error("The security token included is invalid."));
    expect(await runCommand([], { account })).to.deep.equal({
      code: 1,
      out: "",
      err: "AWS does not return the account of the credentials: Error: The security token included is invalid.\n",
    });
  });

  it("refuses an account that is not in the account map", async () => {
    expect(await runCommand([])).to.deep.equal({
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
    const { code, err } = await runCommand(["--networks", accountMap(mixed.join(""))]);
    expect([code, err.split(". ")[0]]).to.deep.equal([
      1,
      "The credentials belong to account 999999999999, but the account map has another account for prod",
    ]);
  });

  it("refuses Pulumi.yaml, which contains an account map but is none", async () => {
    const { code, err } = await runCommand(["--networks", "Pulumi.yaml"]);
    expect(code).to.equal(1);
    expect(err).to.match(/^Pulumi\.yaml cannot be used as an account map:\n {2}- /);
  });

  it("refuses an account map with faults, and lists all of them", async () => {
    const faulty = accountMap(line("hub", 0, "1") + line("dev", 0, "999999999999"));
    expect(await runCommand(["--networks", faulty])).to.deep.equal({
      code: 1,
      out: "",
      err: [
        `${faulty} cannot be used as an account map:`,
        '  - networks.hub.account is "1": must be the 12 digits of an AWS account, in quotes, such as "222222222222"',
        '  - networks.dev.cidr is "10.0.0.0/16": overlaps networks.hub.cidr, "10.0.0.0/16"; give one of the two another CIDR',
        "",
      ].join("\n"),
    });
  });

  it("refuses an account map without a network that it deploys", async () => {
    const short = accountMap(line("hub", 0, "999999999999") + line("dev", 1, "999999999999"));
    expect((await runCommand(["--networks", short])).err).to.equal(
      `${short} has no prod, qa, but the run deploys it.\n`,
    );
  });

  it("refuses a file that is not an account map, is not YAML, or is missing", async () => {
    const list = accountMap("- hub");
    expect((await runCommand(["--networks", list])).err).to.equal(
      `${list} is not an account map: it must have lines NAME: { cidr, account }.\n`,
    );
    const broken = accountMap("hub: [");
    const { code, err } = await runCommand(["--networks", broken]);
    expect([code, err.split(":")[0]]).to.deep.equal([1, `${broken} is not YAML`]);
    expect((await runCommand(["--networks", join(folder, "nope.yaml")])).err).to.contain("nope.yaml");
  });

  it("refuses an account that already has such a network", () => {
    const refusal = (leftovers: readonly string[]): string | undefined => {
      try {
        checkIsEmpty(leftovers);
        return undefined;
      } catch (error) {
        return error instanceof Refused ? error.message : String(error);
      }
    };
    expect(refusal([])).to.equal(undefined);
    expect(refusal(["VPC vpc-1", "zone piksel.internal"])).to.equal(
      [
        "The account already has resources of this program, by tags and names, but a run needs an empty account:",
        "  VPC vpc-1",
        "  zone piksel.internal",
        "If an earlier run left them, pass its folder with --take-down FOLDER. Otherwise, delete them manually.",
      ].join("\n"),
    );
  });

  it("takes down only the folder of an earlier run, with the account map of that run", async () => {
    const { err } = await runCommand(["--take-down", folder]);
    expect(err).to.equal(`${folder} is not the folder of an earlier run. A run prints its folder in the first line.\n`);
    writeFileSync(
      join(folder, "networks.yaml"),
      ["hub", "dev", "prod", "qa"].map((name, index) => line(name, index, "222222222222")).join(""),
    );
    expect((await runCommand(["--take-down", folder])).err).to.match(
      /^The credentials belong to account 999999999999, but/,
    );
  });

  it("rejects an option that is unknown, lacks its value or excludes another, in a sentence", async () => {
    for (const argv of [["--bogus"], ["--networks"], ["dev"], ["--take-down", folder, "--keep"]]) {
      const { code, out, err } = await runCommand(argv);
      expect([code, out], argv.join(" ")).to.deep.equal([2, ""]);
      expect(err).to.match(/^.+\nRun npm run e2e -- --help for usage\.\n$/);
    }
  });

  it("shows every option with --help", async () => {
    const { code, out, err } = await runCommand(["--help"]);
    expect([code, err]).to.deep.equal([0, ""]);
    expect(out.match(/^ {2}--[a-z-]+/gm)).to.deep.equal([
      "  --networks",
      "  --cluster",
      "  --kubeconfig",
      "  --keep",
      "  --take-down",
      "  --help",
    ]);
  });

  it("has its own account map, with the default account of emulators", () => {
    const networks = readAccountMap("e2e/networks.yaml", {
      addressSpace: "10.0.0.0/8",
      kubernetesServiceCidr: "172.20.0.0/16",
    });
    expect(Object.values(networks).map(({ name, cidr, account }) => [name, cidr, account])).to.deep.equal([
      ["hub", "10.0.0.0/16", "123456789012"],
      ["dev", "10.1.0.0/16", "123456789012"],
      ["prod", "10.3.0.0/16", "123456789012"],
      ["qa", "10.4.16.0/20", "123456789012"],
    ]);
  });
});
