import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../plan/arguments";
import { environmentNotes } from "../plan/environments";
import { OUR_JSON, refusalToWrite } from "../plan/own-files";
import { isFileError, planOrRefuse, readOrRefuse, Refused } from "../plan/refusals";
import { whySection } from "../plan/report/checks";
import { onTerminal, type Io } from "../plan/terminal";
import { textOf } from "../plan/text-file";
import { readArguments, USAGE, type Arguments } from "./arguments";
import { ExportError } from "./exports/error";
import { readExports } from "./exports/together";
import { verificationAsJson } from "./json";
import { verificationReport } from "./report/report";
import { isGood, verification } from "./verification";

const EXIT = { good: 0, broken: 1, misuse: 2 } as const;

/** Verifies exports of what runs, and reports; returns the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const given = readArguments(argv);
    if (!given.help) return await run(given, io);
    io.out(USAGE);
    return EXIT.good;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\nnpm run verify -- --help tells how to use it.\n`);
      return EXIT.misuse;
    }
    if (error instanceof ExportError || error instanceof Refused || isFileError(error)) {
      io.err(`${error.message}\n`);
      return EXIT.misuse;
    }
    throw error;
  }
}

async function run({ files, why, json, verbose }: Arguments, io: Io): Promise<number> {
  const project = readOrRefuse(io.folder);
  const refusal = refusalToWrite(io.folder, [{ option: "--json", file: json, begins: OUR_JSON }]);
  if (refusal !== undefined) throw new UsageError(refusal);
  for (const note of environmentNotes(project)) io.err(`${note}\n`);
  const texts = files.map((name) => ({ name, text: textOf(readFileSync(resolve(io.folder, name))) }));
  const exports = readExports(texts, project);
  const found = verification(exports, await planOrRefuse(project));

  const jsonInstead = json === "-";
  if (json !== undefined) {
    const text = `${JSON.stringify(verificationAsJson(found), null, 2)}\n`;
    if (jsonInstead) io.out(text);
    else writeFileSync(resolve(io.folder, json), text);
  }
  if (why !== undefined) io.out(`${whySection(why, found.checks, io.paint).join("\n")}\n`);
  else if (!jsonInstead) io.out(verificationReport(found, { verbose }, io.paint));
  return isGood(found) ? EXIT.good : EXIT.broken;
}

if (require.main === module) onTerminal(main);
