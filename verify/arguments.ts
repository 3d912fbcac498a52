import { parseArgs } from "node:util";
import { checkToShow, UsageError } from "../plan/arguments";
import { CHECKS } from "../checks";

export const USAGE = `npm run verify -- FILE... [--why CHECK] [--json FILE] [--verbose]

Holds what runs against the checks, all stacks together, and against the plan of Pulumi.yaml. Each
FILE is of one stack; the hub's is always needed, and a network without a file is not looked at:

  pulumi refresh --stack hub
  pulumi stack export --stack hub --file hub.json

A stack knows of AWS what its last update or refresh has seen. Without the refresh, drift from the
plan is reported, and not what was changed in the console. Every property that decides reach,
access, encryption or logs is compared with the plan or with AWS's default. A refresh sees the
stacks' own resources and no more: not a static route in a transit gateway's table.

  --why CHECK   show what a check is held by, or broken by, in place of the report
  --json FILE     write the findings as JSON too; - writes them to standard output, in its place
  --verbose       list what cannot be compared: secrets, and what reads a missing resource
  --help          show this

The exit code is 0 when all checks hold and nothing has drifted, 1 when not, and 2 when the files
or the configuration cannot be read.
`;

/** What the command line asks for. */
export interface Arguments {
  /** Exports of stacks; at least one, but for `help`. */
  readonly files: readonly string[];
  /** Check whose evidence is asked for. */
  readonly why: string | undefined;
  readonly json: string | undefined;
  readonly verbose: boolean;
  readonly help: boolean;
}

/** @throws UsageError for an option or a check that does not exist, an option without its value, and no file. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals: files } = parsed(argv);
  if (files.length === 0 && !values.help) throw new UsageError("There is no file to verify.");
  return {
    files,
    why: checkToShow(values.why, CHECKS),
    json: values.json,
    verbose: values.verbose,
    help: values.help,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        why: { type: "string" },
        json: { type: "string" },
        verbose: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
