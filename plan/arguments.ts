import { parseArgs } from "node:util";

export const USAGE = `npm start -- [STACK...] [--set STACK:KEY=VALUE]... [--json FILE] [--picture FILE] [--why CHECK] [--watch [--port PORT]]

Plans the hub and every spoke from Pulumi.yaml and the Pulumi.STACK.yaml files, without an account
or a network: what "pulumi up" would build. Writes out/plan.html.

  STACK                   show these stacks alone; the page shows all
  --set STACK:KEY=VALUE   try a setting and show what it changes; * for every stack; repeatable
  --json FILE             write the plan as JSON too; - writes it to standard output, in place of the report
  --picture FILE          write the picture of the network as an SVG too
  --why CHECK           show what a check is held by, or broken by, in place of the report
  --watch                 plan again whenever configuration or code changes, and serve the page on this machine
  --port PORT             port of that page; a free one when it is left out
  --help                  show this

The exit code is 1 when a configuration cannot be deployed or a check is broken.
`;

/** What the command line asks for. */
export interface Arguments {
  readonly stacks: readonly string[];
  readonly set: readonly string[];
  readonly json: string | undefined;
  /** File for the picture. */
  readonly picture: string | undefined;
  /** Check whose evidence is asked for. */
  readonly why: string | undefined;
  /** Plan again and again. */
  readonly watch: boolean;
  /** Port of the page that is watched; undefined for a free one. */
  readonly port: string | undefined;
  readonly help: boolean;
}

/** A command line of another form; the message is for the user. */
export class UsageError extends Error {}

/** @throws UsageError for an option that does not exist, or one without its value. */
export function readArguments(argv: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        set: { type: "string", multiple: true, default: [] },
        json: { type: "string" },
        picture: { type: "string" },
        why: { type: "string" },
        watch: { type: "boolean", default: false },
        port: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const { json, picture, why, port } = values;
    refuseBeside("--watch", values.watch, { "--json": json, "--picture": picture, "--why": why });
    if (port !== undefined && !values.watch) throw new UsageError("--port is for --watch.");
    return { ...values, stacks: positionals, json, picture, why, port };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError when an option is given and so are others that it cannot be combined with */
function refuseBeside(option: string, isGiven: boolean, others: Readonly<Record<string, string | undefined>>): void {
  const given = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (isGiven && given.length > 0) throw new UsageError(`${option} and ${given.join(", ")} cannot be combined.`);
}

/** @throws UsageError for a check that is none of those that are known here. */
export function checkToShow(name: string | undefined, known: readonly { readonly name: string }[]): string | undefined {
  const names = known.map((check) => check.name);
  if (name !== undefined && !names.includes(name)) {
    throw new UsageError(`There is no check ${name}; checks are ${names.join(", ")}.`);
  }
  return name;
}
