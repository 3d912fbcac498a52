/**
 * Scans what the program would build with checkov: `npm run scan`. It plans every stack offline, writes each as a
 * Terraform plan, and compares checkov's findings with the list of accepted ones. Exit code 1: a finding is not in the
 * list, or an entry matches no finding; 2: checkov cannot be run.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plan } from "../../tools/planner/plan";
import { readProject } from "../../tools/planner/project/project";
import { ACCEPTED, CHECKOV } from "./accepted";
import { compare, findingsIn, report, type Scanned } from "./findings";
import { terraformPlan } from "./terraform-plan";

/** A fault of the surroundings, in a sentence. */
class CannotScan extends Error {}

function checkov(args: readonly string[]): string {
  const { stdout, stderr, error, status } = spawnSync("checkov", args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (error !== undefined) {
    throw new CannotScan(`checkov is not on PATH: pip install checkov==${CHECKOV}, in an environment of its own`);
  }
  if (status !== 0) throw new CannotScan(`checkov ended with ${String(status)}: ${stderr.trim().slice(-500)}`);
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
    if (error instanceof SyntaxError) throw new CannotScan(`checkov wrote no JSON: ${output.trim().slice(0, 200)}`);
    throw error;
  }
}

async function main(): Promise<number> {
  const version = checkov(["--version"]).trim();
  const folder = mkdtempSync(join(tmpdir(), "network-scan-"));
  try {
    for (const { name, resources } of await plan(readProject("."))) {
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(terraformPlan(resources)));
    }
    const { findings, passed } = scanned(folder);
    const compared = compare(findings, ACCEPTED);
    process.stdout.write(report({ version, passed, compared }));
    return compared.unlisted.length + compared.unused.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main()
  .catch((error: unknown) => {
    if (!(error instanceof CannotScan)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  })
  .then((code) => {
    process.exitCode = code;
  });
