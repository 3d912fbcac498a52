import { spawnSync } from "node:child_process";
import { forTerminal } from "../plan/terminal";
import { callerAccount } from "./aws/cloud";
import { main } from "./run";

const interruption = new AbortController();

/** The first interruption ends the run in order, a second one at once. */
function interrupt(): void {
  if (interruption.signal.aborted) {
    process.stderr.write("Ended at once. What there is stays until --take-down FOLDER.\n");
    process.exit(130);
  }
  process.stderr.write(
    "Interrupted: the running step comes to its end, and then all is taken down. Once more ends it at once.\n",
  );
  interruption.abort(new Error("interrupted"));
}
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);

// A reader that is gone, as tee is after Ctrl-C, must not keep the takedown from its end.
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
