/** Scans what the program would build with checkov: `npm run scan`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../../tools/io/command";
import { UserError } from "../../tools/io/errors";
import { onTerminal, type Io } from "../../tools/io/terminal";
import { plan } from "../../tools/planner/plan";
import { readProject } from "../../tools/planner/project/project";
import { ACCEPTED, CHECKOV } from "./accepted";
import { compare, findingsIn, report, type Scanned } from "./findings";
import { terraformPlan } from "./terraform-plan";

const USAGE = {
  command: "npm run scan",
  about: `Plans every stack offline, writes each as a Terraform plan, and compares the findings of checkov with
the list of accepted ones.`,
  exitCodes: `Exit code: 1 if a finding is not in the list or an entry of the list matches no finding, 2 if
checkov cannot be run.`,
  exitCodeOfRefusal: 2,
} as const;

function checkov(args: readonly string[]): string {
  const { stdout, stderr, error, status } = spawnSync("checkov", args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (error !== undefined) {
    throw new UserError(`checkov is not on PATH: pip install checkov==${CHECKOV}, in an environment of its own`);
  }
  if (status !== 0) throw new UserError(`checkov ended with ${String(status)}: ${stderr.trim().slice(-500)}`);
  return stdout;
}

function scanned(folder: string): Scanned {
  const output = checkov([
    ...["--directory", folder, "--framework", "terraform_plan", "--output", "json"],
    ...["--compact", "--quiet", "--soft-fail", "--skip-download"],
  ]);
  try {
    return findingsIn(output);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UserError(`checkov wrote no JSON: ${output.trim().slice(0, 200)}`);
    throw error;
  }
}

onTerminal(
  command(USAGE, {}, async (_given, io: Io) => {
    const version = checkov(["--version"]).trim();
    const folder = mkdtempSync(join(tmpdir(), "network-scan-"));
    try {
      for (const { name, resources } of await plan(readProject(io.folder))) {
        writeFileSync(join(folder, `${name}.json`), JSON.stringify(terraformPlan(resources)));
      }
      const { findings, passed } = scanned(folder);
      const compared = compare(findings, ACCEPTED);
      io.out(report({ version, passed, compared }));
      return compared.unlisted.length + compared.unused.length > 0 ? 1 : 0;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }),
);
