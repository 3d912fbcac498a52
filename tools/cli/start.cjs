// Loads TypeScript for the commands of this project: node --require ./tools/cli/start.cjs FILE.ts [ARGUMENT...]
//
// Plain JavaScript, since it runs before it is known that the packages are installed.
"use strict";

const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

/** Exit code of a command that was started in a wrong way, as the commands' own. */
const MISUSE = 2;

const folder = join(__dirname, "..", "..");

/** Packages that every command needs and that are not installed; that of what is installed only in part, too. */
function missing() {
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.keys(dependencies).filter((name) => !existsSync(join(folder, "node_modules", name, "package.json")));
}

const packages = missing();
if (packages.length > 0) {
  const which = packages.length > 3 ? `${packages.length} packages` : packages.join(", ");
  process.stderr.write(`Packages of this project are not installed (${which}): run npm ci, then the command again.\n`);
  process.exit(MISUSE);
}

require("ts-node/register/transpile-only");
