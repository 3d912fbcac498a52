import { styleText } from "node:util";
import type { Paint } from "./report/paint";

/** Where a command reads and writes. */
export interface Io {
  /** Folder of the project. */
  readonly folder: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly paint: Paint;
}

/** Runs a command on the terminal of this process, which ends with the exit code that it returns. */
export function onTerminal(command: (argv: readonly string[], io: Io) => Promise<number>): void {
  // A reader that has seen enough, such as head, is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const io: Io = {
    folder: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    paint: (style, text) => styleText(style, text, { stream: process.stdout, validateStream: true }),
  };
  void command(process.argv.slice(2), io).then((code) => {
    process.exitCode = code;
  });
}
