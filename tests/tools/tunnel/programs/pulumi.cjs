// Plays the Pulumi CLI: prints the outputs of a stack.
"use strict";

const { appendFileSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = process.env.FAKE_FOLDER;
appendFileSync(join(folder, "calls"), `pulumi ${process.argv.slice(2).join(" ")}\n`);
const { answers } = JSON.parse(readFileSync(join(folder, "fake.json"), "utf8"));
const { out = "", err = "", code = 0 } = answers["pulumi stack output"] ?? {};
process.stdout.write(out);
process.stderr.write(err);
process.exitCode = code;
