import { expect } from "chai";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isEmpty } from "../../../tools/planner/changes/changes";
import { analyze, planAsJson } from "../../../tools/report/outcome";
import { plan } from "../../../tools/planner/plan";
import { plainPaint } from "../../../tools/io/terminal";
import { harm, main } from "../../../tools/upgrade/upgrade-check";
import { upgradeFrom } from "../../../tools/upgrade/upgrade";
import { project } from "../../support/plans";
import { Copy, type Result } from "../cli/start";
import { until } from "../cli/watching";

/** Release 0.1.0. */
const LAST_RELEASE = "59ee9b75cc32fab77025f485046820584a72bd85";

const git = (folder: string, ...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });

interface Resource {
  readonly type: string;
  readonly name: string;
  inputs: Record<string, unknown>;
}
interface Written {
  version: number;
  readonly stacks: Record<string, { resources: Resource[] }>;
}

/** The configuration of the project in a git repository, with code that writes a plan which a test bends. */
class OldRelease {
  readonly copy = new Copy();

  constructor(code: string, lock: object = {}) {
    const write = (name: string, text: string): void => {
      writeFileSync(this.copy.path(name), text);
    };
    write(
      "package.json",
      JSON.stringify({ scripts: { start: "node plan.js" }, dependencies: { "left-pad": "1.0.0" } }),
    );
    write("package-lock.json", JSON.stringify({ packages: lock }));
    write("plan.js", code);
    write(".gitignore", "node_modules\nout\n");
    mkdirSync(this.copy.path("node_modules"));
    git(this.copy.folder, "init", "--quiet");
    git(this.copy.folder, "add", ".");
    git(this.copy.folder, "commit", "--quiet", "--message", "A release");
  }

  remove(): void {
    rmSync(this.copy.folder, { recursive: true, force: true });
  }

  async check(...argv: string[]): Promise<Result> {
    let [out, err] = ["", ""];
    const code = await main(argv, {
      folder: this.copy.folder,
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      paint: plainPaint,
    });
    return { code, out, err };
  }
}

/** Milliseconds for what starts plans in other processes, on a machine that does much else. */
const SLOW = 240_000;

describe("npm run upgrade-check", function () {
  this.timeout(SLOW);
  let written: string;
  let release: OldRelease;

  /** Code that writes the present plan, bent. */
  const writes = (bend: (file: Written) => void): string => {
    const file = JSON.parse(written) as Written;
    bend(file);
    return `process.stdout.write(${JSON.stringify(JSON.stringify(file))})`;
  };
  const dev = (file: Written, type: string): Resource => {
    const found = file.stacks["dev"]?.resources.find((resource) => resource.type === type);
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  };

  before(async () => {
    const planned = await plan(project);
    written = JSON.stringify(planAsJson(planned, undefined, await analyze(project, planned)));
  });

  afterEach(() => {
    release.remove();
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("upgrade-check-"))).to.deep.equal([]);
  });

  it("shows nothing to do, in plans of both versions of the JSON form, where the code is the same", async () => {
    for (const version of [1, 2]) {
      release = new OldRelease(writes((file) => void (file.version = version)));
      const { code, out } = await release.check("HEAD");
      expect(out).to.contain("What the update changes\n  no change\n    hub, dev, staging, prod\n");
      expect(out.trimEnd().split("\n").at(-1)).to.equal("Nothing that must stay is replaced or deleted in 7 stacks.");
      expect(code).to.equal(0);
      if (version === 1) release.remove();
    }
  });

  it("exits with 1 and names what must stay, where the update replaces or deletes it", async () => {
    release = new OldRelease(
      writes((file) => {
        dev(file, "aws:ec2/natGateway:NatGateway").inputs["connectivityType"] = "private";
        const bucket = { type: "aws:s3/bucket:Bucket", name: "gone", parent: null, inputs: {}, dependsOn: [] };
        file.stacks["dev"]?.resources.push(bucket);
      }),
    );
    const { code, out } = await release.check("HEAD");
    expect(out.split("\n").slice(-4)).to.deep.equal([
      "The update replaces or deletes what must stay:",
      "  dev: replaces ec2.NatGateway dev-1 (connectivityType)",
      "  dev: deletes s3.Bucket gone",
      "",
    ]);
    expect(code).to.equal(1);
  });

  it("plans without keys that the other code does not know, and says so", async () => {
    release = new OldRelease(
      `const { readFileSync, writeFileSync } = require("node:fs");
       writeFileSync(${JSON.stringify(join(tmpdir(), "seen-by-old-code"))}, readFileSync("Pulumi.yaml") + "\\n---\\n" + readFileSync("Pulumi.dev.yaml"));
       ${writes(() => undefined)}`,
    );
    const seen = join(tmpdir(), "seen-by-old-code");
    const old = readFileSync(release.copy.path("Pulumi.yaml"), "utf8");
    writeFileSync(release.copy.path("Pulumi.yaml"), old.replace(/^ {2}dns-resolver:\n(?: {4}.*\n)+/m, ""));
    git(release.copy.folder, "commit", "--quiet", "--all", "--message", "The release before it");
    writeFileSync(release.copy.path("Pulumi.yaml"), old);
    release.copy.configure(
      "dev",
      "aws:region: ap-southeast-3",
      "piksel-network:dns-resolver: vpc",
      "piksel-network:az-count: 2",
    );
    const { code, out } = await release.check("HEAD");
    expect(out.split("\n")[1]).to.equal("  The code at HEAD does not know dns-resolver: planned without it.");
    expect(readFileSync(seen, "utf8")).to.contain("az-count:").and.not.to.contain("dns-resolver:");
    expect(code).to.equal(0);
    rmSync(seen);
  });

  it("names packages that the other code was released with", async () => {
    const lock = (version: string): object => ({ "node_modules/left-pad": { version } });
    release = new OldRelease(
      writes(() => undefined),
      lock("1.0.0"),
    );
    writeFileSync(release.copy.path("package-lock.json"), JSON.stringify({ packages: lock("1.3.0") }));
    const { out } = await release.check("HEAD");
    expect(out.split("\n").slice(1, 3)).to.deep.equal([
      "  The code at HEAD was released with other packages and is planned with the present ones:",
      "    left-pad 1.0.0, now 1.3.0",
    ]);
  });

  it("writes nothing into the repository", async () => {
    release = new OldRelease(writes(() => undefined));
    const { folder } = release.copy;
    const state = (): string[] => [
      git(folder, "status", "--porcelain", "--ignored"),
      git(folder, "worktree", "list"),
      ...readdirSync(join(folder, ".git")),
      ...readdirSync(folder),
    ];
    const before = state();
    await release.check("HEAD");
    expect(state()).to.deep.equal(before);
  });

  it("says in a sentence what is wrong with a REF, and exits with 2", async () => {
    release = new OldRelease("");
    for (const ref of ["nowhere", "HEAD:package.json", "-x"]) {
      const { code, out, err } = await release.check("--", ref);
      expect(err).to.match(/^There is no commit .* in this repository: name a tag, a branch or a hash/);
      expect([code, out]).to.deep.equal([2, ""]);
    }
    for (const argv of [[], ["HEAD", "HEAD"], ["--all"], [""]]) {
      const { code, err } = await release.check(...argv);
      expect(err).to.match(
        /^(REF is missing|There is one argument too many|Unknown option).*\nRun npm run upgrade-check -- --help for usage\.\n$/,
      );
      expect(code).to.equal(2);
    }
    const help = await release.check("--help");
    expect([help.code, help.err, help.out.split("\n")[0]]).to.deep.equal([
      0,
      "",
      "npm run upgrade-check -- REF [--help]",
    ]);
  });

  it("says in a sentence that the other code cannot plan, and exits with 1", async () => {
    const refusals = {
      'process.stderr.write("az-count is 9: must be 2 or 3"); process.exitCode = 1': "az-count is 9: must be 2 or 3",
      "": "it wrote no plan",
      'console.log("hello")': "what it wrote is not JSON",
      "console.log(JSON.stringify({ version: 3, stacks: {} }))":
        "what it wrote is not a plan: its version is not 1 or 2",
      "console.log(JSON.stringify({ version: 2, stacks: [] }))":
        "what it wrote is not a plan: stacks is a list: must be an object",
    };
    for (const [code, message] of Object.entries(refusals)) {
      release = new OldRelease(code);
      const result = await release.check("HEAD");
      expect(result.err).to.contain(`The code at HEAD cannot plan this configuration: ${message}`);
      expect(result.code).to.equal(1);
      release.remove();
    }
    release = new OldRelease("");
  });

  it("leaves nothing behind when a signal ends it, neither a folder nor a process", async () => {
    const own = mkdtempSync(join(tmpdir(), "signalled-"));
    const pidFile = join(own, "pid");
    release = new OldRelease(
      `require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setTimeout(() => {}, 600_000)`,
    );
    // The command needs the packages of this repository, and its own folder for temporary files.
    const child = spawn(
      process.execPath,
      ["--require", resolve("tools/cli/start.cjs"), resolve("tools/upgrade/upgrade-check.ts"), "HEAD"],
      {
        cwd: release.copy.folder,
        env: { ...process.env, TMPDIR: own },
        stdio: "ignore",
      },
    );
    const ended = new Promise<number | null>((done) =>
      child.on("exit", (code) => {
        done(code);
      }),
    );
    while (!existsSync(pidFile) && child.exitCode === null) await new Promise((done) => setTimeout(done, 50));
    const pid = Number(readFileSync(pidFile, "utf8"));
    child.kill("SIGTERM");
    expect(await ended).to.equal(143);
    expect(readdirSync(own).filter((name) => name.startsWith("upgrade-check-"))).to.deep.equal([]);
    // The system takes a moment to remove a process that was killed.
    await until("the end of the other code's process", () => !isRunning(pid));
    rmSync(own, { recursive: true });
  });
});

/** Whether a process exists. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("an update from the last release", function () {
  this.timeout(SLOW);
  let copy: Copy;
  before(() => (copy = new Copy()));
  after(() => {
    copy.remove();
  });

  it("replaces and deletes nothing that must stay, and reads the plan that the release writes", async function () {
    try {
      git(".", "cat-file", "-e", `${LAST_RELEASE}^{commit}`);
    } catch {
      // A shallow clone or a copy without history: there is no code to plan with.
      this.skip();
    }
    const { commit, changes, unknownKeys } = await upgradeFrom(LAST_RELEASE, ".", copy.folder);
    expect(commit).to.equal(LAST_RELEASE);
    expect(unknownKeys).to.include.members(["cluster-private-access-cidrs", "inbound-resolver"]);
    expect(harm(changes)).to.deep.equal([]);
    const spokes = ["dev", "staging", "prod"];
    expect(Object.keys(changes)).to.have.members(["hub", ...spokes, ...spokes.map((spoke) => `${spoke}/platform`)]);
    expect(Object.values(changes).filter(isEmpty)).to.deep.equal([]);
    const replaced = (changes["dev"]?.replace ?? []).map(({ name, properties }) => [name, ...properties]);
    expect(replaced).to.deep.equal(
      [1, 2].map((az) => [`aws:ec2/route:Route::dev-private-${String(az)}-transit`, "destinationCidrBlock"]),
    );
  });
});
