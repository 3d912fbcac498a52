import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { styleText } from "node:util";
import { YAMLError } from "yaml";
import { readArguments, USAGE, UsageError, type Arguments } from "./arguments";
import { changesBetween, type Changes } from "./changes";
import { faults, faultsInWords } from "./faults";
import { findings, findingsOf } from "./findings";
import { planAsJson } from "./json";
import { page } from "./page/page";
import { pictureFile } from "./page/picture/picture";
import { plan, type Plan } from "./plan";
import { ProjectError, readProject, type Project } from "./project";
import type { Paint } from "./report/paint";
import { whySection } from "./report/promises";
import { report } from "./report/report";
import { withSettings } from "./settings-to-try";
import { PROMISE_SENTENCES } from "./view/promises";

/** Where a run reads and writes. */
export interface Io {
  /** Folder of the project. */
  readonly folder: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly paint: Paint;
}

const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** Configuration that cannot be planned; the message is for the user. */
class Refused extends Error {}

/** Plans the project, reports, writes the page; returns the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const given = readArguments(argv);
    if (!given.help) return await run(given, io);
    io.out(USAGE);
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
  const project = read(io.folder);
  const shown = stacksToShow(given.stacks, project);
  const why = promiseToShow(given.why);
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
        found.promises.filter(({ stack }) => shown.includes(stack)),
        io.paint,
      ).join("\n")}\n`,
    );
  else if (!jsonInstead) io.out(report({ ...found, plan: all, shown, changes: shownChanges }, io.paint));
  if (given.picture !== undefined) writeFileSync(resolve(io.folder, given.picture), pictureFile(all));
  const file = join(io.folder, "out", "plan.html");
  mkdirSync(join(io.folder, "out"), { recursive: true });
  writeFileSync(file, page({ ...found, plan: all, changes }));
  (jsonInstead ? io.err : io.out)(`\nThe page is ${relative(io.folder, file)}\n`);
  return found.promises.every(({ holds }) => holds) ? EXIT.done : EXIT.refused;
}

function promiseToShow(name: string | undefined): string | undefined {
  const names = PROMISE_SENTENCES.map((promise) => promise.name);
  if (name !== undefined && !names.includes(name)) {
    throw new UsageError(`There is no promise ${name}; promises are ${names.join(", ")}.`);
  }
  return name;
}

function read(folder: string): Project {
  try {
    return readProject(folder);
  } catch (error) {
    if (error instanceof YAMLError) throw new Refused(`A configuration file is not YAML: ${error.message}`);
    throw error;
  }
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

async function planOrRefuse(project: Project): Promise<Plan> {
  try {
    return await plan(project);
  } catch (error) {
    const found = await faults(project);
    throw found.length === 0 ? error : new Refused(faultsInWords(found, project));
  }
}

/** A file that is not there or cannot be written: Node's message names it. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "path" in error;
}

if (require.main === module) {
  // A reader that has seen enough, such as head, is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const io: Io = {
    folder: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    paint: (style, text) => styleText(style, text, { stream: process.stdout, validateStream: true }),
  };
  void main(process.argv.slice(2), io).then((code) => {
    process.exitCode = code;
  });
}
