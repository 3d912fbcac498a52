import { spawnSync } from "node:child_process";
import { AwsFailure } from "../io/aws";
import { UserError } from "../io/errors";

/** The result of an external command. */
export interface CommandResult {
  /** Undefined if the program is not installed. */
  readonly code: number | null | undefined;
  readonly out: string;
  readonly err: string;
}

export type RunCommand = (command: "aws" | "pulumi", words: readonly string[]) => CommandResult;

/** Enough for an export of a large stack, or the roles of a large account. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Runs a command and waits for it. */
export const runCommand: RunCommand = (command, words) => {
  const { status, stdout, stderr, error } = spawnSync(command, words, { encoding: "utf8", maxBuffer: MAX_BYTES });
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return { code: undefined, out: "", err: "" };
  if (error !== undefined) throw error;
  return { code: status, out: stdout, err: stderr };
};

/**
 * The JSON output of an AWS CLI command.
 *
 * @throws AwsFailure if the AWS CLI is not installed, or if the command fails
 */
export function awsCli(run: RunCommand, words: readonly string[]): unknown {
  const { code, out, err } = run("aws", [...words, "--output", "json"]);
  if (code === undefined) {
    throw new AwsFailure(
      "The AWS CLI is not on the PATH. It is needed to list IAM roles, log groups and KMS keys: install it.",
    );
  }
  if (code !== 0) throw new AwsFailure(`aws ${words.join(" ")} failed: ${lastLine(err)}`);
  return JSON.parse(out === "" ? "{}" : out);
}

/**
 * The output of `pulumi stack export`.
 *
 * @throws UserError if the Pulumi CLI is not installed, or if the command fails
 */
export function stackExport(run: RunCommand, stack: string): string {
  const instead = `or pass an export with --export FILE`;
  const { code, out, err } = run("pulumi", ["stack", "export", "--stack", stack, "--non-interactive"]);
  if (code === undefined) throw new UserError(`The Pulumi CLI is not on the PATH. Install it, ${instead}.`);
  if (code !== 0)
    throw new UserError(`pulumi stack export --stack ${stack} failed: ${lastLine(err)} Fix that, ${instead}.`);
  return out;
}

function lastLine(text: string): string {
  const line = text.trim().split("\n").pop()?.trim() ?? "";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
