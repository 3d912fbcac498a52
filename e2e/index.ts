import { spawnSync } from "node:child_process";
import { callerAccount } from "../tools/io/aws";
import { forTerminal } from "../tools/io/terminal";
import { main } from "./run";

const interruption = new AbortController();

/** The first interruption ends the run gracefully, the second one immediately. */
function interrupt(): void {
  if (interruption.signal.aborted) {
    process.stderr.write("Stopped immediately. Resources remain; destroy them with --take-down FOLDER.\n");
    process.exit(130);
  }
  process.stderr.write(
    "Interrupted: the current step finishes, then everything is destroyed. Interrupt again to stop immediately.\n",
  );
  interruption.abort(new Error("interrupted"));
}
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);

// A closed pipe, as of tee after Ctrl-C, must not stop the takedown.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void main(process.argv.slice(2), {
  folder: process.cwd(),
  out: (text) => void process.stdout.write(forTerminal(text)),
  err: (text) => void process.stderr.write(forTerminal(text)),
  has: (command) => spawnSync(command, [command === "pulumi" ? "version" : "--version"]).status === 0,
  emulator: (process.env["AWS_ENDPOINT_URL"] ?? process.env["AWS_ENDPOINT_URL_EC2"]) !== undefined,
  account: callerAccount,
  interrupted: interruption.signal,
}).then((code) => {
  process.exitCode = code;
});
