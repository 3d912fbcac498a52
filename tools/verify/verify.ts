import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CHECKS } from "../checks";
import { command, existing, type Options } from "../io/command";
import { OUR_JSON, readTextFile, refuseToOverwrite } from "../io/files";
import { type Io, onTerminal } from "../io/terminal";
import { environmentNotes, planOrRefuse } from "../planner/project/faults";
import { readProject } from "../planner/project/project";
import { whySection } from "../report/terminal/checks";
import { readExports } from "./exports/read";
import { verificationReport } from "./report";
import { isGood, verificationAsJson, verifyStacks } from "./verification";

const USAGE = {
  command: "npm run verify",
  operands: "FILE...",
  operandsHelp: "an export of one stack; that of the hub is always required",
  about: `Verifies deployed stacks: runs the checks on all of them together, and compares each with the plan
of this configuration. Networks without an export are skipped.

  pulumi refresh --stack hub
  pulumi stack export --stack hub --file hub.json

An export contains what Pulumi last saw in AWS. Without the refresh, verify reports drift from the
plan, but not changes made in the console. It compares every property that affects reachability,
access, encryption or logs with the plan, or with AWS's default. A refresh reads only resources of
the stacks: a static route that someone adds to a transit gateway route table is not found.`,
  exitCodes: `Exit code: 0 if all checks pass and nothing has drifted, 1 if not, 2 if a file or the configuration
cannot be read.`,
  exitCodeOfRefusal: 2,
} as const;

const OPTIONS = {
  why: { value: "CHECK", help: "show the evidence of a check in place of the report" },
  json: { value: "FILE", help: "also write the findings as JSON; `-` prints them in place of the report" },
  verbose: { help: "list the values that cannot be compared, such as secrets" },
} as const satisfies Options;

const EXIT = { good: 0, broken: 1 } as const;

/** A stack of this project has some 500,000 bytes. */
const EXPORT = {
  what: "an export",
  writtenBy: "pulumi stack export --stack STACK --file FILE",
  maxBytes: 100_000_000,
};

/** Verifies exports of deployed stacks and prints a report. */
export const main = command(USAGE, OPTIONS, async ({ operands: files, why, json, verbose }, io: Io) => {
  if (why !== undefined)
    existing(
      "check",
      [why],
      CHECKS.map(({ name }) => name),
    );
  const project = readProject(io.folder);
  refuseToOverwrite(io.folder, [{ option: "--json", file: json, begins: OUR_JSON }]);
  for (const note of environmentNotes(project)) io.err(`${note}\n`);
  const texts = files.map((name) => ({ name, text: readTextFile(resolve(io.folder, name), EXPORT, name) }));
  const found = verifyStacks(readExports(texts, project), await planOrRefuse(project));

  const jsonInstead = json === "-";
  if (json !== undefined) {
    const text = `${JSON.stringify(verificationAsJson(found), null, 2)}\n`;
    if (jsonInstead) io.out(text);
    else writeFileSync(resolve(io.folder, json), text);
  }
  if (why !== undefined) io.out(`${whySection(why, found.checks, io.paint).join("\n")}\n`);
  else if (!jsonInstead) io.out(verificationReport(found, { verbose }, io.paint));
  return isGood(found) ? EXIT.good : EXIT.broken;
});

if (require.main === module) onTerminal(main);
