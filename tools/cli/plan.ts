import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { command, existing, type Given, type Options } from "../io/command";
import { UsageError, UserError } from "../io/errors";
import { OUR_JSON, OUR_PICTURE, refuseToOverwrite } from "../io/files";
import { type Io, onTerminal, WIDTH } from "../io/terminal";
import type { Plan } from "../planner/plan";
import { ProjectError } from "../planner/project/config-files";
import { notesOn, planOrRefuse } from "../planner/project/faults";
import { type Project, readProject, withSettings } from "../planner/project/project";
import { type Outcome, planned, rendered } from "../report/outcome";
import { closing, SECTION_NAMES, type SectionName } from "../report/terminal/report";
import { CHECK_SENTENCES } from "../report/view/checks";
import { watchCommand } from "./watch";

const USAGE = {
  command: "npm start",
  operands: "[STACK...]",
  operandsHelp: "show only these stacks; the page and the checks cover all",
  about: `Plans the hub and every spoke from Pulumi.yaml and the Pulumi.STACK.yaml files: what "pulumi up"
would build. Needs no AWS credentials and makes no API calls. Prints a report and writes
out/plan.html.`,
  exitCodes: `The exit code is 1 when the configuration cannot be deployed or a check fails, and 2 for wrong
arguments.`,
} as const;

const ONE_OUTPUT = "each is printed in place of the other";
const NO_OUTPUT = "a watch prints the verdict and serves the page";

const OPTIONS = {
  set: {
    value: "STACK:KEY=VALUE",
    repeatable: true,
    help: "try a setting, and show what it changes and costs; `*` for every stack",
  },
  details: {
    value: "SECTION,...",
    valueIsOptional: true,
    help: `show every section, or these: ${SECTION_NAMES.map((name) => `\`${name}\``).join(", ")}`,
    excludes: { "json -": ONE_OUTPUT, why: ONE_OUTPUT, checks: ONE_OUTPUT },
  },
  checks: {
    help: "show each check by stack, in place of the sections",
    excludes: { "json -": ONE_OUTPUT, why: ONE_OUTPUT },
  },
  why: {
    value: "CHECK",
    help: "show why a check matters and its evidence, in place of the report",
    excludes: { "json -": ONE_OUTPUT },
  },
  json: {
    value: "FILE",
    help: "write the plan as JSON; `-` writes it to standard output, in place of the report",
  },
  picture: { value: "FILE", help: "write the picture of the network as SVG" },
  watch: {
    help: "plan again whenever configuration or code changes, and serve the page on this machine only",
    excludes: { json: NO_OUTPUT, picture: NO_OUTPUT, why: NO_OUTPUT },
  },
  port: {
    value: "PORT",
    help: "port of that page; a free one by default",
    requires: "watch",
    form: [
      /^(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
      "must be a number from 0 to 65535; 0 is a free port",
    ],
  },
} as const satisfies Options;

type Arguments = Given<typeof OPTIONS>;

const EXIT = { good: 0, broken: 1 } as const;

/** Plans the project, reports, writes the page. */
export const main = command(USAGE, OPTIONS, async (given, io: Io) => {
  if (!given.watch) return planAndReport(given, io);
  const args = [...given.set.map((each) => `--set=${each}`), "--", ...given.operands];
  await watchCommand({ args, port: Number(given.port ?? 0) }, io);
  return EXIT.good;
});

async function planAndReport(given: Arguments, io: Io): Promise<number> {
  const sections = sectionsOf(given.details);
  const page = join("out", "plan.html");
  refuseToOverwrite(
    io.folder,
    [
      { option: "--json", file: given.json, begins: OUR_JSON },
      { option: "--picture", file: given.picture, begins: OUR_PICTURE },
    ],
    [page],
  );
  const { outcome, shown } = await planGiven(given, io);

  const screen = { paint: io.paint, width: io.width ?? WIDTH };
  const { why, checks: byCheck } = given;
  const forms = rendered(outcome, shown, { details: sections, checks: byCheck, why }, screen);
  const isJson = given.json === "-";
  const write = (file: string, text: string): void => writeFileSync(resolve(io.folder, file), text);
  if (given.json !== undefined && !isJson) write(given.json, forms.json());
  if (given.picture !== undefined) write(given.picture, forms.picture());
  io.out(isJson ? forms.json() : forms.report);
  mkdirSync(resolve(io.folder, "out"), { recursive: true });
  write(page, forms.page);
  const { checks } = outcome.found;
  (isJson ? io.err : io.out)(closing(checks, page, screen));
  return checks.every(({ passed }) => passed) ? EXIT.good : EXIT.broken;
}

/** @throws UsageError for a section that does not exist */
function sectionsOf(details: Arguments["details"]): readonly SectionName[] {
  if (details === undefined || details.length === 0) return details === undefined ? [] : SECTION_NAMES;
  const names = details.flatMap((list) => list.split(",").map((name) => name.trim()));
  return existing("section", names, SECTION_NAMES);
}

/**
 * Reads the project, plans it with the settings to try, and compares it with the project without them.
 *
 * @throws UsageError for arguments that do not fit the project; UserError for a project that cannot be deployed
 */
async function planGiven(
  { operands, set, why }: Arguments,
  io: Io,
): Promise<{ readonly outcome: Outcome; readonly shown: readonly string[] }> {
  const project = readProject(io.folder);
  const stacks = Object.keys(project.stacks);
  const shown = operands.length === 0 ? stacks : existing("stack", operands, stacks);
  if (why !== undefined) existing("check", [why], names(CHECK_SENTENCES));
  const changed = withGivenSettings(project, set);
  for (const note of notesOn(changed)) io.err(`${note}\n`);
  const before = set.length === 0 ? undefined : await planBefore(project, changed, io);
  return { outcome: await planned(changed, before), shown };
}

function names(named: readonly { readonly name: string }[]): string[] {
  return named.map(({ name }) => name);
}

function withGivenSettings(project: Project, set: readonly string[]): Project {
  try {
    return withSettings(project, set);
  } catch (error) {
    throw error instanceof ProjectError ? new UsageError(error.message) : error;
  }
}

/**
 * The plan without the settings to try; undefined, with a sentence, when the project cannot be deployed without them. If it
 * cannot be deployed with them either, the faults of that project are reported.
 */
async function planBefore(project: Project, changed: Project, io: Io): Promise<Plan | undefined> {
  try {
    return await planOrRefuse(project);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await planOrRefuse(changed);
    io.err("Without --set the configuration cannot be deployed, so there is nothing to compare with.\n");
    return undefined;
  }
}

if (require.main === module) onTerminal(main);
