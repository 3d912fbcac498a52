// Plays the AWS CLI: answers calls from the file that FAKE_FOLDER contains, and starts the Session Manager plugin as
// awscli/customizations/sessionmanager.py does: in its own process group, ignoring what the user's terminal sends.
"use strict";

const { spawn } = require("node:child_process");
const { appendFileSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = process.env.FAKE_FOLDER;
const words = process.argv.slice(2);
appendFileSync(join(folder, "processes"), `${process.pid}\n`);
appendFileSync(join(folder, "calls"), `aws ${words.join(" ")}\n`);
const { answers } = JSON.parse(readFileSync(join(folder, "fake.json"), "utf8"));
const { out = "", err = "", code = 0 } = answers[`aws ${words.slice(0, 2).join(" ")}`] ?? {};
if (words[1] === "start-session" && code === 0) {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGTSTP"]) process.on(signal, () => undefined);
  const plugin = spawn("session-manager-plugin", words, { stdio: "inherit" });
  plugin.on("exit", (status) => process.exit(status ?? 0));
} else {
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = code;
}
