import { parseArgs } from "node:util";
import { UsageError } from "../plan/arguments";

export const USAGE = `npm run strays -- STACK... [--export FILE]... [--delete]

Lists what exists in AWS and in no state of these stacks, with the command that imports or deletes each thing, in an order
in which that works. It runs none of these commands and changes nothing.

A thing is found by the tags Project and Environment that every resource of a stack carries, by the VPC with these tags
that it is in, and by its name where it has no tags. It is to be imported where the plan has it and the state does not, and
to be deleted where not. docs/runbooks/restore.md says when to use this, and what it does not find.

  --export FILE  what "pulumi stack export --stack STACK --file FILE" wrote, for a stack whose state this command should not
                 ask the Pulumi CLI for; repeatable
  --delete       show how to delete everything, also what could be imported
  --help         show this

It needs credentials of the account that the stacks are in, which may read there, the AWS CLI, and the Pulumi CLI or
exports.

The exit code is 0 when there are no strays, 1 when there are some, and 2 when that cannot be told.
`;

/** What the command line asks for. */
export interface Arguments {
  /** At least one, but for `help`. */
  readonly stacks: readonly string[];
  readonly exports: readonly string[];
  readonly delete: boolean;
  readonly help: boolean;
}

/** @throws UsageError for an option that does not exist, one without its value, and no stack. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parsed(argv);
  const stacks = [...new Set(positionals)];
  if (stacks.length === 0 && !values.help) throw new UsageError("Name at least one stack.");
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
