import { spawnSync } from "node:child_process";
import { AwsFailure } from "../e2e/aws/failure";
import { Refused } from "../plan/refusals";

/** What a command of another program did. */
export interface Ran {
  /** Undefined where there is no such program. */
  readonly code: number | null | undefined;
  readonly out: string;
  readonly err: string;
}

export type Run = (command: "aws" | "pulumi", words: readonly string[]) => Ran;

/** An export of a large stack, or the roles of a large account. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Runs a command and waits for its end. */
export const run: Run = (command, words) => {
  const { status, stdout, stderr, error } = spawnSync(command, words, { encoding: "utf8", maxBuffer: MAX_BYTES });
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return { code: undefined, out: "", err: "" };
  if (error !== undefined) throw error;
  return { code: status, out: stdout, err: stderr };
};

/**
 * What an AWS CLI command answers.
 *
 * @throws AwsFailure where there is no AWS CLI, or with its reason
 */
export function awsCli(runner: Run, words: readonly string[]): unknown {
  const { code, out, err } = runner("aws", [...words, "--output", "json"]);
  if (code === undefined) {
    throw new AwsFailure("There is no AWS CLI on the PATH, which lists IAM roles, log groups and keys: install it.");
  }
  if (code !== 0) throw new AwsFailure(`aws ${words.join(" ")} failed: ${lastLine(err)}`);
  return JSON.parse(out === "" ? "{}" : out);
}

/**
 * What `pulumi stack export` writes.
 *
 * @throws Refused where there is no Pulumi CLI, or with its reason
 */
export function stackExport(runner: Run, stack: string): string {
  const instead = `or give an export: --export FILE`;
  const { code, out, err } = runner("pulumi", ["stack", "export", "--stack", stack, "--non-interactive"]);
  if (code === undefined) throw new Refused(`There is no Pulumi CLI on the PATH: install it, ${instead}.`);
  if (code !== 0)
    throw new Refused(`pulumi stack export --stack ${stack} failed: ${lastLine(err)} Mend that, ${instead}.`);
  return out;
}

function lastLine(text: string): string {
  const line = text.trim().split("\n").pop()?.trim() ?? "";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
