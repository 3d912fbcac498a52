import { parseArgs } from "node:util";
import { UsageError } from "../cli/plan-arguments";

export const USAGE = `npm run strays -- STACK... [--export FILE]... [--delete]

Lists resources that exist in AWS but in no state of these stacks, with the commands that import or delete them, in a
safe order. It runs none of these commands and changes nothing.

Resources are found by the tags Project and Environment that every resource of a stack has, by being in a VPC with these
tags, or by name if they have no tags. A resource that the plan has and the state does not is to be imported; any other
is to be deleted. docs/runbooks/restore.md explains when to use this command, and what it does not find.

  --export FILE  file written by "pulumi stack export --stack STACK --file FILE", for a stack whose state should not be
                 read with the Pulumi CLI; repeatable
  --delete       show how to delete everything, including what could be imported
  --help         show this help

It needs read access to the account of the stacks, the AWS CLI, and the Pulumi CLI or exports.

Exit code: 0 if there are no strays, 1 if there are some, 2 if they cannot be determined.
`;

/** The parsed command line. */
export interface Arguments {
  /** At least one, except with `help`. */
  readonly stacks: readonly string[];
  readonly exports: readonly string[];
  readonly delete: boolean;
  readonly help: boolean;
}

/** @throws UsageError for an unknown option, an option without its value, or no stack. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parsed(argv);
  const stacks = [...new Set(positionals)];
  if (stacks.length === 0 && !values.help) throw new UsageError("No stack given. Name at least one.");
  return { stacks, exports: values.export, delete: values.delete, help: values.help };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        export: { type: "string", multiple: true, default: [] },
        delete: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
