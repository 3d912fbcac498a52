import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

/** Signals by which a terminal, a shell or a CI runner ends a process. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs `body` with a folder of its own, which is removed when the body ends, by whatever way the process ends. */
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
