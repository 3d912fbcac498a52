import { readFileSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../cli/plan-arguments";
import { environmentNotes } from "../planner/project/environments";
import { OUR_JSON, refusalToWrite } from "../cli/own-files";
import { isFileError, planOrRefuse, readOrRefuse, Refused } from "../cli/refusals";
import { whySection } from "../report/terminal/checks";
import { onTerminal, type Io } from "../cli/terminal";
import { textOf } from "../cli/text-file";
import { grouped } from "../report/view/words";
import { readArguments, USAGE, type Arguments } from "./arguments";
import { ExportError } from "./exports/export";
import { readExports } from "./exports/read";
import { verificationReport } from "./report";
import { isGood, verificationAsJson, verifyStacks } from "./verification";

const EXIT = { good: 0, broken: 1, misuse: 2 } as const;

/** Verifies exports of deployed stacks and prints a report; returns the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const given = readArguments(argv);
    if (!given.help) return await run(given, io);
    io.out(USAGE);
    return EXIT.good;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\nRun npm run verify -- --help for usage.\n`);
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
  const texts = files.map((name) => ({ name, text: exportText(resolve(io.folder, name), name) }));
  const exports = readExports(texts, project);
  const found = verifyStacks(exports, await planOrRefuse(project));

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

/** Bytes of an export that is read; a stack of this project has some 500,000. */
const MAX_FILE_BYTES = 100_000_000;

/** @throws ExportError for a folder, and a file that is too large; Node's error for one that cannot be read */
function exportText(path: string, name: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new ExportError(`${name} does not exist: pulumi stack export --stack STACK --file FILE writes it`);
  if (found.isDirectory()) throw new ExportError(`${name} is a folder: give the files in it by their names`);
  if (found.size > MAX_FILE_BYTES) {
    const [size, most] = [found.size, MAX_FILE_BYTES].map(grouped);
    throw new ExportError(`${name} has ${size} bytes, and an export of more than ${most} is not read`);
  }
  return textOf(readFileSync(path));
}

if (require.main === module) onTerminal(main);
