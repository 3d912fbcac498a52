import { parseArgs } from "node:util";
import { checkToShow, UsageError } from "../cli/plan-arguments";
import { CHECKS } from "../checks";

export const USAGE = `npm run verify -- FILE... [--why CHECK] [--json FILE] [--verbose]

Verifies deployed stacks: runs the checks on all of them together, and compares each with the plan
of this configuration. Each FILE is an export of one stack. The hub's export is always required;
networks without an export are skipped.

  pulumi refresh --stack hub
  pulumi stack export --stack hub --file hub.json

An export contains what Pulumi last saw in AWS. Without the refresh, verify reports drift from the
plan, but not changes made in the console. It compares every property that affects reachability,
access, encryption or logs with the plan, or with AWS's default. A refresh reads only resources of
the stacks: a static route that someone adds to a transit gateway route table is not found.

  --why CHECK     show the evidence of a check in place of the report
  --json FILE     also write the findings as JSON; - prints them in place of the report
  --verbose       list the values that cannot be compared, such as secrets
  --help          show this help

Exit code: 0 if all checks pass and nothing has drifted, 1 if not, 2 if a file or the configuration
cannot be read.
`;

/** The parsed command line. */
export interface Arguments {
  /** Exports of stacks; at least one, except with `help`. */
  readonly files: readonly string[];
  /** Check whose evidence is shown. */
  readonly why: string | undefined;
  readonly json: string | undefined;
  readonly verbose: boolean;
  readonly help: boolean;
}

/** @throws UsageError for an unknown option or check, an option without its value, or no file. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals: files } = parsed(argv);
  if (files.length === 0 && !values.help)
    throw new UsageError("No file to verify. Pass at least the export of the hub.");
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
