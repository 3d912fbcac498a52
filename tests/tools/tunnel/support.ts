import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plainPaint } from "../../../tools/io/terminal";
import type { TunnelEnvironment } from "../../../tools/tunnel/run";
import { main } from "../../../tools/tunnel/tunnel";
import { type Certificate, selfSigned } from "../../support/certificate";
import { FIXTURE } from "../../support/fixture";
import type { Result } from "../cli/start";

export const HOST = "0123ABCD.gr7.ap-southeast-3.eks.amazonaws.com".toLowerCase();
const CERTIFICATE = selfSigned(HOST);
export const CERTIFICATE_AUTHORITY = Buffer.from(CERTIFICATE.cert).toString("base64");

/** The outputs of the stack dev. */
export const OUTPUTS = {
  vpcId: "vpc-0123",
  clusterName: "piksel-dev",
  platform: {
    version: 1,
    network: "dev",
    region: "ap-southeast-3",
    account: "222222222222",
    clusterName: "piksel-dev",
    clusterEndpoint: `https://${HOST}`,
    clusterCertificateAuthority: CERTIFICATE_AUTHORITY,
    nodeAutoscaling: "karpenter",
  },
};

/** What a program prints. */
export interface Answer {
  readonly out?: string;
  readonly err?: string;
  readonly code?: number;
}

const ANSWERS: Readonly<Record<string, Answer>> = {
  "pulumi stack output": { out: JSON.stringify(OUTPUTS) },
  "aws sts get-caller-identity": { out: '"222222222222"' },
  "aws ec2 describe-instances": { out: '["i-0bbbbbbb", "i-0aaaaaaa"]' },
  "aws ssm describe-instance-information": { out: '["i-0bbbbbbb"]' },
};

/** How the plugin behaves: `open`, or how it fails. */
export type Plugin = "open" | "deaf" | "silent" | "fails" | "refused" | "idle";

const PROGRAMS = ["aws", "pulumi", "session-manager-plugin"] as const;

interface Setting {
  /** Answers other than those of a network in order. */
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly plugin?: Plugin;
  readonly certificate?: Certificate;
  /** Programs on the PATH. @default all */
  readonly programs?: readonly (typeof PROGRAMS)[number][];
}

/** A machine with the programs that a tunnel needs, played by small ones (`programs/`). */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "machine-"));

  constructor({ answers = {}, plugin = "open", certificate = CERTIFICATE, programs = PROGRAMS }: Setting = {}) {
    mkdirSync(join(this.folder, "bin"));
    mkdirSync(join(this.folder, "tmp"));
    for (const program of programs) {
      const file = join(this.folder, "bin", program);
      writeFileSync(
        file,
        `#!${process.execPath}\nrequire(${JSON.stringify(join(__dirname, "programs", `${program}.cjs`))})`,
      );
      chmodSync(file, 0o755);
    }
    const fake = { answers: { ...ANSWERS, ...answers }, plugin, certificate };
    writeFileSync(join(this.folder, "fake.json"), JSON.stringify(fake));
  }

  get env(): Record<string, string> {
    return { PATH: join(this.folder, "bin"), FAKE_FOLDER: this.folder, TMPDIR: join(this.folder, "tmp") };
  }

  /** The calls of the AWS and Pulumi CLI, in order. */
  get calls(): string[] {
    const file = join(this.folder, "calls");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }

  /** Processes of the AWS CLI and the plugin that run. */
  get processes(): string[] {
    const file = join(this.folder, "processes");
    const all = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    // A zombie (Z) has ended; its new parent has not looked at it yet.
    return all.filter((pid) => {
      const state = spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).stdout.trim();
      return state !== "" && !state.startsWith("Z");
    });
  }

  /** Temporary files of the machine. */
  get temporaryFiles(): string[] {
    return readdirSync(join(this.folder, "tmp"));
  }

  /** What `npm run tunnel -- ARGV` does here, without a signal. */
  async tunnel(argv: readonly string[], world: Partial<TunnelEnvironment> = {}): Promise<Result> {
    let [out, err] = ["", ""];
    const io = {
      folder: FIXTURE,
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      paint: plainPaint,
    };
    const silent = { on: () => undefined, off: () => undefined };
    const code = await main(argv, io, { env: this.env, signals: silent, isTerminal: false, patience: 5000, ...world });
    return { code, out, err };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
