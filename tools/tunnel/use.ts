import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { isFileError, UserError } from "../io/errors";
import { quoted } from "../io/words";
import { kubeconfig } from "./kubeconfig";
import type { Run } from "./run";
import type { Session } from "./session";
import type { Target } from "./target";

/** An open tunnel. */
interface Tunnel {
  readonly target: Target;
  /** Instance that forwards. */
  readonly node: string;
  /** Port on this machine. */
  readonly port: number;
}

const EXIT = { closed: 0, lost: 1, killed: 128 } as const;

/** Makes a tunnel usable until it or the command ends, or a signal comes. Returns the exit code. */
export async function use(session: Session, tunnel: Tunnel, run: Run): Promise<number> {
  run.ending.throwIfAborted();
  // Only its owner may read the folder (mkdtemp, mode 0700).
  const folder = mkdtempSync(join(tmpdir(), "tunnel-"));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", remove);
  try {
    const file = join(folder, "kubeconfig");
    writeFileSync(file, kubeconfig(tunnel.target, tunnel.port, run.env["AWS_PROFILE"]), { mode: 0o600 });
    return await (run.words.length === 0 ? stayOpen(session, tunnel, file, run) : runThrough(session, file, run));
  } finally {
    process.off("exit", remove);
    remove();
  }
}

/** After a signal. Returns the exit code. */
export function closed({ io }: Run): number {
  io.out("The tunnel is closed.\n");
  return EXIT.closed;
}

async function stayOpen(session: Session, tunnel: Tunnel, file: string, run: Run): Promise<number> {
  run.io.out(instructions(tunnel, file, run));
  await Promise.race([session.ended, aborted(run.ending)]);
  run.ending.throwIfAborted();
  run.io.err(lost(session));
  return EXIT.lost;
}

function instructions({ target, node, port }: Tunnel, file: string, { env, subject, io }: Run): string {
  const profile = env["AWS_PROFILE"];
  const credentials =
    profile === undefined
      ? "with the same AWS credentials"
      : `(kubectl uses the AWS profile ${profile} for this cluster)`;
  const platform = "stack" in subject ? ["  pulumi up --cwd platform --stack " + subject.stack] : [];
  return [
    io.paint(
      "bold",
      `The tunnel to ${target.cluster} in ${target.region} is open: port ${String(port)}, through ${node}.`,
    ),
    `In another terminal ${credentials}:`,
    "",
    `  export KUBECONFIG=${quoted(file)}`,
    "  kubectl get nodes",
    ...platform,
    "",
    "Session Manager ends a session without traffic, after 20 minutes by default. Ctrl-C closes the tunnel.",
    "",
  ].join("\n");
}

/** Session Manager's limits: AWS Systems Manager User Guide, "Specify an idle session timeout value". */
function lost({ reason }: Session): string {
  return (
    `The tunnel ended by itself: ${reason}\n` +
    "Session Manager ends a session after 20 minutes without traffic, or after the time that the account's preferences set " +
    "(1 to 60 minutes). Run the command again.\n"
  );
}

/** Runs the command of the user with KUBECONFIG set, and returns its exit code. */
function runThrough(session: Session, file: string, { words, io, env, ending, isTerminal }: Run): Promise<number> {
  const [program = "", ...args] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: io.folder, env: { ...env, KUBECONFIG: file }, stdio: "inherit" });
    let isRunning = true;
    void session.ended.then(() => {
      if (isRunning) io.err(lost(session));
    });
    // A terminal has sent Ctrl-C to the command, too; Pulumi takes a second one as an order to stop at once.
    ending.addEventListener("abort", () => {
      if (!(isTerminal && ending.reason === "SIGINT")) child.kill(ending.reason as NodeJS.Signals);
    });
    child.on("error", (error) => {
      isRunning = false;
      reject(
        isFileError(error)
          ? new UserError(`${program} cannot be run (${error.code ?? ""}): install it, or correct its name.`)
          : error,
      );
    });
    child.on("exit", (code, signal) => {
      isRunning = false;
      resolve(code ?? EXIT.killed + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}
