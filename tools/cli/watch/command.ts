import { UsageError } from "../plan-arguments";
import type { Io } from "../terminal";
import { planInChild } from "./plan-once";
import { watchProject } from "./watch";

export interface WatchArguments {
  /** Stacks and `--set` options, as the command line has them. */
  readonly args: readonly string[];
  /** Text after `--port`; undefined for a free port. */
  readonly port: string | undefined;
}

/**
 * Runs `npm start -- --watch` until Ctrl-C.
 *
 * @throws UsageError for a port that is none, or that is taken
 */
export async function watchCommand({ args, port }: WatchArguments, io: Io): Promise<void> {
  const number = portNumber(port);
  const ended = new AbortController();
  const end = (): void => {
    // A second Ctrl-C ends the process at once.
    process.off("SIGINT", end);
    process.off("SIGTERM", end);
    ended.abort();
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  try {
    await watchProject({ planOnce: planInChild(io.folder, args), port: number, signal: ended.signal }, io);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE" || code === "EACCES") {
      const why = code === "EADDRINUSE" ? "is in use" : "is not allowed here";
      throw new UsageError(`Port ${String(number)} ${why}: name another with --port, or leave --port out.`);
    }
    throw error;
  } finally {
    end();
  }
}

function portNumber(port: string | undefined): number {
  if (port === undefined) return 0;
  const number = Number(port);
  if (/^\d{1,5}$/.test(port) && number <= 65_535) return number;
  throw new UsageError(`--port ${port}: must be a number from 0 to 65535; 0 is a free port.`);
}
