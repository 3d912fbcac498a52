import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface ChildOptions {
  readonly folder: string;
  /** Additional environment variables. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which it is killed. @default 600,000 */
  readonly timeout?: number;
  /** Kills it. @default never */
  readonly signal?: AbortSignal;
}

const TEN_MINUTES = 600_000;

/**
 * Runs a command to its end and returns what it wrote. It ends with this process.
 *
 * @throws Node's error for a command that cannot be started
 */
export function runChild(
  command: string,
  args: readonly string[],
  { folder, env = {}, timeout = TEN_MINUTES, signal }: ChildOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout,
      killSignal: "SIGKILL",
      ...(signal === undefined ? {} : { signal }),
    });
    const kill = (): void => void child.kill("SIGKILL");
    // First, so that it writes nothing into a folder that others remove then.
    process.prependListener("exit", kill);
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.on("error", (error) => {
      process.off("exit", kill);
      reject(error);
    });
    child.on("close", (code) => {
      process.off("exit", kill);
      resolve({ code, out, err });
    });
  });
}

/** Signals by which a terminal, a shell or a CI runner ends a process. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs `body` with a temporary folder, which is removed when the body or the process ends. */
export async function inTemporaryFolder<T>(prefix: string, body: (folder: string) => Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  // The exit code is that of a shell for a process that a signal ended; children end with the process.
  const onSignal = (signal: NodeJS.Signals): void => process.exit(128 + constants.signals[signal]);
  const stopListening = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.off("exit", remove);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on("exit", remove);
  try {
    return await body(folder);
  } finally {
    stopListening();
    remove();
  }
}
