import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { checkToShow, readArguments, USAGE, UsageError, type Arguments } from "./plan-arguments";
import { environmentNotes } from "../planner/project/environments";
import { planned, rendered, type Outcome, type Rendered } from "../report/outcome";
import { OUR_JSON, OUR_PICTURE, refusalToWrite } from "./own-files";
import type { Plan } from "../planner/plan";
import { ProjectError, type Project } from "../planner/project/project";
import { isFileError, planOrRefuse, readOrRefuse, Refused } from "./refusals";
import { type Screen, WIDTH } from "../report/terminal/lines";
import { closing } from "../report/terminal/report";
import { withSettings } from "../planner/project/settings-to-try";
import { onTerminal, type Io } from "./terminal";
import { CHECK_SENTENCES } from "../report/view/checks";
import { watchCommand } from "./watch/command";

const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** Plans the project, reports, writes the page; returns the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const given = readArguments(argv);
    if (given.help) io.out(USAGE);
    else if (given.watch) await watchCommand({ args: planArguments(given), port: given.port }, io);
    else return await run(given, io);
    return EXIT.done;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\nnpm start -- --help shows the options.\n`);
      return EXIT.usage;
    }
    if (error instanceof Refused || isFileError(error)) {
      io.err(`${error.message}\n`);
      return EXIT.refused;
    }
    throw error;
  }
}

async function run(given: Arguments, io: Io): Promise<number> {
  const screen = screenOf(io);
  refuseToOverwrite(given, io.folder);
  const { outcome, shown } = await outcomeOf(given, io);
  const forms = rendered(outcome, shown, given, screen);
  writeFiles(given, forms, io);
  const isJson = given.json === "-";
  io.out(isJson ? forms.json() : forms.report);
  const page = writePage(forms.page, io.folder);
  const { checks } = outcome.found;
  (isJson ? io.err : io.out)(closing(checks, page, screen));
  return checks.every(({ passed }) => passed) ? EXIT.done : EXIT.refused;
}

/**
 * Reads the project, plans it with the settings that are tried, and compares it with the project as it is.
 *
 * @throws UsageError for arguments that do not fit the project; Refused for a project that cannot be deployed
 */
export async function outcomeOf(
  given: Arguments,
  io: Pick<Io, "folder" | "err">,
): Promise<{ readonly outcome: Outcome; readonly shown: readonly string[] }> {
  const project = readOrRefuse(io.folder);
  const shown = stacksToShow(given.stacks, project);
  checkToShow(given.why, CHECK_SENTENCES);
  const asked = tried(project, given.set);
  for (const note of environmentNotes(project)) io.err(`${note}\n`);
  const before = given.set.length === 0 ? undefined : await planBefore(project, asked, io);
  return { outcome: await planned(asked, before), shown };
}

function screenOf({ paint, width = WIDTH }: Io): Screen {
  return { paint, width };
}

function writeFiles({ json, picture }: Arguments, forms: Rendered, { folder }: Io): void {
  if (json !== undefined && json !== "-") writeFileSync(resolve(folder, json), forms.json());
  if (picture !== undefined) writeFileSync(resolve(folder, picture), forms.picture());
}

/** Writes the page; returns its path from the project's folder. */
export function writePage(page: string, folder: string): string {
  const file = join(folder, "out", "plan.html");
  mkdirSync(join(folder, "out"), { recursive: true });
  writeFileSync(file, page);
  return relative(folder, file);
}

/** What of a command line says what is planned. */
function planArguments({ stacks, set }: Arguments): string[] {
  return [...set.map((each) => `--set=${each}`), "--", ...stacks];
}

function stacksToShow(names: readonly string[], project: Project): readonly string[] {
  const known = Object.keys(project.stacks);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`There is no stack ${unknown.join(", ")}; stacks are ${known.join(", ")}.`);
  }
  return names.length === 0 ? known : names;
}

/** @throws UsageError where a result would overwrite a file that this command has not written */
function refuseToOverwrite({ json, picture }: Arguments, folder: string): void {
  const targets = [
    { option: "--json", file: json, begins: OUR_JSON },
    { option: "--picture", file: picture, begins: OUR_PICTURE },
  ];
  const refusal = refusalToWrite(folder, targets, [join("out", "plan.html")]);
  if (refusal !== undefined) throw new UsageError(refusal);
}

function tried(project: Project, set: readonly string[]): Project {
  try {
    return withSettings(project, set);
  } catch (error) {
    throw error instanceof ProjectError ? new UsageError(error.message) : error;
  }
}

/**
 * The plan without the settings; undefined, with a sentence, when the project cannot be deployed without them. The
 * project with them is planned first where it is to blame itself, so that its faults are the ones that are shown.
 */
async function planBefore(project: Project, asked: Project, io: Pick<Io, "err">): Promise<Plan | undefined> {
  try {
    return await planOrRefuse(project);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await planOrRefuse(asked);
    io.err("Without --set the configuration cannot be deployed, so there is nothing to compare with.\n");
    return undefined;
  }
}

if (require.main === module) onTerminal(main);
