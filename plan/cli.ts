import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { checkToShow, readArguments, USAGE, UsageError, type Arguments } from "./arguments";
import { changesBetween, type Changes } from "./changes";
import { findings, findingsOf } from "./findings";
import { planAsJson } from "./json";
import { page } from "./page/page";
import { pictureFile } from "./page/picture/picture";
import type { Plan } from "./plan";
import { ProjectError, type Project } from "./project";
import { isFileError, planOrRefuse, readOrRefuse, Refused } from "./refusals";
import { whySection } from "./report/checks";
import { report } from "./report/report";
import { withSettings } from "./settings-to-try";
import { onTerminal, type Io } from "./terminal";
import { CHECK_SENTENCES } from "./view/checks";
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
      io.err(`${error.message}\nnpm start -- --help tells how to use it.\n`);
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
  const project = readOrRefuse(io.folder);
  const shown = stacksToShow(given.stacks, project);
  const why = checkToShow(given.why, CHECK_SENTENCES);
  const asked = tried(project, given.set);
  const all = await planOrRefuse(asked);
  const changes = given.set.length === 0 ? undefined : await changesFrom(project, all, io);
  const shownChanges =
    changes === undefined
      ? undefined
      : Object.fromEntries(Object.entries(changes).filter(([stack]) => shown.includes(stack)));

  const found = await findings(asked, all);
  const jsonInstead = given.json === "-";
  if (given.json !== undefined) {
    const stacks = all.filter(({ name }) => shown.includes(name));
    const json = `${JSON.stringify(planAsJson(stacks, shownChanges, findingsOf(stacks, found)), null, 2)}\n`;
    if (jsonInstead) io.out(json);
    else writeFileSync(resolve(io.folder, given.json), json);
  }
  if (why !== undefined)
    io.out(
      `${whySection(
        why,
        found.checks.filter(({ stack }) => shown.includes(stack)),
        io.paint,
      ).join("\n")}\n`,
    );
  else if (!jsonInstead) io.out(report({ ...found, plan: all, shown, changes: shownChanges }, io.paint));
  if (given.picture !== undefined) writeFileSync(resolve(io.folder, given.picture), pictureFile(all));
  const file = join(io.folder, "out", "plan.html");
  mkdirSync(join(io.folder, "out"), { recursive: true });
  writeFileSync(file, page({ ...found, plan: all, changes }));
  (jsonInstead ? io.err : io.out)(`\nThe page is ${relative(io.folder, file)}\n`);
  return found.checks.every(({ passed }) => passed) ? EXIT.done : EXIT.refused;
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

function tried(project: Project, set: readonly string[]): Project {
  try {
    return withSettings(project, set);
  } catch (error) {
    throw error instanceof ProjectError ? new UsageError(error.message) : error;
  }
}

/** What the settings change; undefined, with a sentence, when there is no plan without them to compare with. */
async function changesFrom(
  project: Project,
  after: Plan,
  io: Io,
): Promise<Readonly<Record<string, Changes>> | undefined> {
  try {
    return changesBetween(await planOrRefuse(project), after);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    io.err("Without --set the configuration cannot be deployed, so there is nothing to compare with.\n");
    return undefined;
  }
}

if (require.main === module) onTerminal(main);
