import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a run of pre-run commands left behind. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines of the file that the operation takes its variables from. */
  readonly environment: readonly string[];
  /** What was called, in order: the command and its arguments. */
  readonly calls: readonly (readonly string[])[];
}

export interface RunOptions {
  readonly shell?: "sh" | "bash";
  /** Whether what is in the file wins over what was in the environment before. @default true */
  readonly handsOver?: boolean;
}

const READER = { AWS_ACCESS_KEY_ID: "READ", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" };

/**
 * Runs commands as Pulumi Deployments run pre-run commands: each in a shell of its own, with the lines of the file in its
 * environment, until one fails.
 */
export class Executor {
  private readonly folder = mkdtempSync(join(tmpdir(), "executor-"));
  private readonly environmentFile = join(this.folder, "PULUMI_ENV");
  private readonly noted = join(this.folder, "calls");

  /** @param programs shell code by name of the program that the commands call; each call is noted */
  constructor(programs: Readonly<Record<string, string>>) {
    for (const [name, code] of Object.entries(programs)) {
      const note = `{ printf '%s' ${name}; printf '\\t%s' "$@"; echo; } >> ${this.noted}`;
      writeFileSync(join(this.folder, name), `#!/bin/sh\n${note}\n${code}\n`);
      chmodSync(join(this.folder, name), 0o755);
    }
  }

  run(commandsFor: (file: string) => readonly string[], operation: string, options: RunOptions = {}): Ran {
    const { shell = "sh", handsOver = true } = options;
    let ended: Pick<Ran, "status" | "stdout" | "stderr"> = { status: 0, stdout: "", stderr: "" };
    for (const command of commandsFor(this.environmentFile)) {
      ended = spawnSync(shell, ["-c", command], {
        encoding: "utf8",
        // With a pipe bash takes itself for a remote shell, and reads the user's own files.
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: `${this.folder}:${process.env["PATH"] ?? ""}`,
          PULUMI_CI_OPERATION: operation,
          PULUMI_CI_STACK: "dev",
          PULUMI_CI_BUILD_NUMBER: "42",
          PULUMI_OIDC_TOKEN: "header.payload.signature",
          ...READER,
          ...(handsOver ? this.variables() : {}),
        },
      });
      if (ended.status !== 0) break;
    }
    const { status, stdout, stderr } = ended;
    const calls = this.lines(this.noted).map((line) => line.split("\t"));
    return { status, stdout, stderr, environment: this.lines(this.environmentFile), calls };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private variables(): Record<string, string> {
    return Object.fromEntries(
      this.lines(this.environmentFile).map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
  }

  private lines(file: string): string[] {
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  }
}

/** `aws`, which gives out credentials and says whose the given ones are; or refuses. */
export function awsProgram({ refuses = false } = {}): string {
  return `case "$2" in
  assume-role-with-web-identity) ${refuses ? "exit 254" : "printf 'AKIA\\tse/cr+et\\ttok==en\\n'"} ;;
  get-caller-identity)
    case "$AWS_ACCESS_KEY_ID" in AKIA) role=r-deployment ;; *) role=r-preview ;; esac
    printf 'arn:aws:sts::222222222222:assumed-role/%s/dev-update-42\\n' "$role" ;;
esac`;
}

/** The role that the tests' commands take. */
export const ROLE = {
  account: "222222222222",
  roleName: "r-deployment",
  roleArn: "arn:aws:iam::222222222222:role/pulumi-deployments/r-deployment",
  region: "ap-southeast-3",
  sessionSeconds: 7200,
};
