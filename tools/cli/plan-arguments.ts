import { parseArgs } from "node:util";
import { SECTION_NAMES, type SectionName } from "../report/terminal/report";

export const USAGE = `npm start -- [STACK...] [--set STACK:KEY=VALUE]... [--details[=SECTION,...]] [--checks]
             [--why CHECK] [--json FILE] [--picture FILE] [--watch [--port PORT]] [--help]

Plans the hub and every spoke from Pulumi.yaml and the Pulumi.STACK.yaml files: what "pulumi up"
would build. Needs no AWS credentials and makes no API calls. Prints a report and writes
out/plan.html.

  STACK                   show only these stacks; the page and the checks cover all
  --set STACK:KEY=VALUE   try a setting, and show what it changes and costs; * for every stack;
                          repeatable
  --details               show every section
  --details=SECTION,...   show these sections: ${SECTION_NAMES.slice(0, 5).join(", ")},
                          ${SECTION_NAMES.slice(5).join(", ")}
  --checks                show each check by stack, in place of the sections
  --why CHECK             show why a check matters and its evidence, in place of the report
  --json FILE             write the plan as JSON; - writes it to standard output, in place of the
                          report
  --picture FILE          write the picture of the network as SVG
  --watch                 plan again whenever configuration or code changes, and serve the page on
                          this machine only
  --port PORT             port of that page; a free one by default
  --help                  show this

The exit code is 1 when the configuration cannot be deployed or a check fails, and 2 for wrong
arguments.
`;

/** What the command line asks for. */
export interface Arguments {
  readonly stacks: readonly string[];
  readonly set: readonly string[];
  /** Sections to show besides the overview. */
  readonly details: readonly SectionName[];
  readonly checks: boolean;
  /** File for the plan as JSON; `-` for standard output. */
  readonly json: string | undefined;
  /** File for the picture. */
  readonly picture: string | undefined;
  /** Check to explain. */
  readonly why: string | undefined;
  /** Plan again and again. */
  readonly watch: boolean;
  /** Port of the page that is watched; undefined for a free one. */
  readonly port: string | undefined;
  readonly help: boolean;
}

/** A command line of another form; the message is for the user. */
export class UsageError extends Error {}

/** @throws UsageError for an option that does not exist, one without its value, or two that contradict each other. */
export function readArguments(argv: readonly string[]): Arguments {
  const given = parsed(argv);
  refuseContradictions(given);
  return given;
}

/** Name under which a value of `--details` is parsed: Node's parser knows no option with an optional value. */
const SECTIONS = "details-sections";

function parsed(argv: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: argv.map((each) => each.replace(/^--details=/, `--${SECTIONS}=`)),
      allowPositionals: true,
      options: {
        set: { type: "string", multiple: true, default: [] },
        details: { type: "boolean", default: false },
        [SECTIONS]: { type: "string", multiple: true, default: [] },
        checks: { type: "boolean", default: false },
        json: { type: "string" },
        picture: { type: "string" },
        why: { type: "string" },
        watch: { type: "boolean", default: false },
        port: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const { set, details, checks, json, picture, why, watch, port, help } = values;
    const sections = details ? SECTION_NAMES : (values[SECTIONS] as string[]).flatMap(sectionsOf);
    return { stacks: positionals, set, details: sections, checks, json, picture, why, watch, port, help };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError for a section that does not exist */
function sectionsOf(list: string): SectionName[] {
  return list.split(",").map((name) => {
    const known = SECTION_NAMES.find((each) => each === name.trim());
    if (known === undefined) {
      throw new UsageError(`There is no section ${name.trim() || '""'}; sections are ${SECTION_NAMES.join(", ")}.`);
    }
    return known;
  });
}

/** @throws UsageError where two options write to the same place */
function refuseContradictions({ details, checks, json, picture, why, watch, port }: Arguments): void {
  const isGiven = {
    "--json -": json === "-",
    "--why": why !== undefined,
    "--checks": checks,
    "--details": details.length > 0,
  };
  const [first, second] = Object.entries(isGiven).flatMap(([option, given]) => (given ? [option] : []));
  if (first !== undefined && second !== undefined) {
    throw new UsageError(`${first} and ${second} exclude each other: each is printed in place of the other.`);
  }
  const once = { "--json": json, "--picture": picture, "--why": why };
  const [other] = Object.entries(once).flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (watch && other !== undefined) throw new UsageError(`--watch and ${other} cannot be combined.`);
  if (port !== undefined && !watch) throw new UsageError("--port requires --watch.");
  if (json !== undefined && json !== "-" && json === picture) {
    throw new UsageError(`--json and --picture name the same file, ${json}.`);
  }
}

/** @throws UsageError for a check that is none of those that are known. */
export function checkToShow(name: string | undefined, known: readonly { readonly name: string }[]): string | undefined {
  const names = known.map((check) => check.name);
  if (name !== undefined && !names.includes(name)) {
    throw new UsageError(`There is no check ${name}; checks are ${names.join(", ")}.`);
  }
  return name;
}
