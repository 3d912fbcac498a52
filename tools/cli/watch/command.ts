import { UsageError } from "../../io/errors";
import type { Io } from "../../io/terminal";
import { planInChild } from "./plan-once";
import { watchProject } from "./watch";

export interface WatchArguments {
  /** Stacks and `--set` options, as the command line has them. */
  readonly args: readonly string[];
  /** Port of the page; 0 for a free one. */
  readonly port: number;
}

/**
 * Runs `npm start -- --watch` until Ctrl-C.
 *
 * @throws UsageError for a port that is taken
 */
export async function watchCommand({ args, port }: WatchArguments, io: Io): Promise<void> {
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
    await watchProject({ planOnce: planInChild(io.folder, args), port, signal: ended.signal }, io);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE" || code === "EACCES") {
      const why = code === "EADDRINUSE" ? "is in use" : "is not allowed here";
      throw new UsageError(`Port ${String(port)} ${why}: name another with --port, or leave --port out.`);
    }
    throw error;
  } finally {
    end();
  }
}
