import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { credentialCommands } from "../../deploy/credentials";

const ROLE = {
  account: "222222222222",
  roleName: "r-deployment",
  roleArn: "arn:aws:iam::222222222222:role/pulumi-deployments/r-deployment",
  region: "ap-southeast-3",
  sessionSeconds: 7200,
};
const READER = { AWS_ACCESS_KEY_ID: "READ", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" };

/** `aws`, which notes its arguments, gives out credentials and tells whose the given ones are; or refuses. */
const AWS = (noted: string, refuses: boolean): string => `#!/bin/sh
printf '%s\\n' "$@" >> ${noted}
case "$2" in
  assume-role-with-web-identity) ${refuses ? "exit 254" : "printf 'AKIA\\tse/cr+et\\ttok==en\\n'"} ;;
  get-caller-identity)
    case "$AWS_ACCESS_KEY_ID" in AKIA) role=r-deployment ;; *) role=r-preview ;; esac
    printf 'arn:aws:sts::222222222222:assumed-role/%s/dev-update-42\\n' "$role" ;;
esac
`;

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly environment: readonly string[];
  readonly asked: readonly string[];
}

/** The commands as Pulumi Deployments run them, each in a shell of its own, the file's lines in its environment. */
class Executor {
  readonly folder = mkdtempSync(join(tmpdir(), "executor-"));
  private readonly environmentFile = join(this.folder, "PULUMI_ENV");
  private readonly noted = join(this.folder, "asked");

  constructor({ refuses = false } = {}) {
    writeFileSync(join(this.folder, "aws"), AWS(this.noted, refuses));
    chmodSync(join(this.folder, "aws"), 0o755);
  }

  /** @param handsOver whether what is in the file wins over what was in the environment before */
  run(operation: string, { shell = "sh", handsOver = true } = {}): Ran {
    let ran: Ran = { status: 0, stdout: "", stderr: "", environment: [], asked: [] };
    for (const command of credentialCommands(ROLE, this.environmentFile)) {
      const { status, stdout, stderr } = spawnSync(shell, ["-c", command], {
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
          ...(handsOver
            ? Object.fromEntries(this.lines(this.environmentFile).map((line) => line.split(/=(.*)/s)))
            : {}),
        },
      });
      ran = { status, stdout, stderr, environment: this.lines(this.environmentFile), asked: this.lines(this.noted) };
      if (status !== 0) break;
    }
    return ran;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private lines(file: string): string[] {
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  }
}

describe("the commands that take the deployment role", () => {
  let executor: Executor;
  afterEach(() => executor.remove());

  for (const operation of ["update", "destroy"]) {
    for (const shell of ["sh", "bash"]) {
      it(`hand its credentials to the operation ${operation}, and print none, in ${shell}`, () => {
        executor = new Executor();
        const { status, stdout, stderr, environment } = executor.run(operation, { shell });
        expect([status, stdout, stderr]).to.deep.equal([0, "", ""]);
        expect(environment).to.deep.equal([
          "AWS_ACCESS_KEY_ID=AKIA",
          "AWS_SECRET_ACCESS_KEY=se/cr+et",
          "AWS_SESSION_TOKEN=tok==en",
        ]);
      });
    }
  }

  it("ask for the role of the stack, with the deployment's own token, and then who they are", () => {
    executor = new Executor();
    expect(executor.run("update").asked).to.deep.equal([
      "sts",
      "assume-role-with-web-identity",
      "--region",
      "ap-southeast-3",
      "--role-arn",
      ROLE.roleArn,
      "--role-session-name",
      "dev-update-42",
      "--duration-seconds",
      "7200",
      "--web-identity-token",
      "header.payload.signature",
      "--query",
      "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]",
      "--output",
      "text",
      "sts",
      "get-caller-identity",
      "--region",
      "ap-southeast-3",
      "--query",
      "Arn",
      "--output",
      "text",
    ]);
  });

  for (const operation of ["preview", "refresh", "detect-drift", "remediate-drift", ""]) {
    it(`ask for nothing in the operation "${operation}"`, () => {
      executor = new Executor();
      expect(executor.run(operation)).to.deep.equal({ status: 0, stdout: "", stderr: "", environment: [], asked: [] });
    });
  }

  it("fail when the role is refused, so that the operation does not go on without it", () => {
    executor = new Executor({ refuses: true });
    const { status, environment } = executor.run("update");
    expect(status).to.equal(254);
    expect(environment).to.deep.equal([]);
  });

  it("fail, in words, when the operation would go on as the preview role all the same", () => {
    executor = new Executor();
    const { status, stderr } = executor.run("update", { handsOver: false });
    expect(status).to.equal(1);
    expect(stderr).to.equal("The credentials of this update are not those of r-deployment.\n");
  });
});
