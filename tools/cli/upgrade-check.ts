import { parseArgs } from "node:util";
import { isFileError, Refused } from "./refusals";
import { changesSection } from "../report/terminal/changes";
import { onTerminal, type Io } from "./terminal";
import { counted, listed } from "../report/view/words";
import { RefError } from "../planner/upgrade/code-at";
import { harm } from "../planner/upgrade/must-stay";
import { PlanningError } from "../planner/upgrade/plan-with";
import { upgradeFrom } from "../planner/upgrade/upgrade-check";

export const UPGRADE_USAGE = `npm run upgrade-check -- REF

Shows what pulumi up does to stacks that are deployed with the code at REF: a tag, a branch or a commit of this repository.
Plans the present Pulumi.yaml and Pulumi.STACK.yaml files twice, with the code at REF and with the present code, and
compares. Makes no API calls, and changes nothing in the repository.

The exit code is 1 when the update would replace or delete a VPC, a subnet, a gateway, an attachment, a cluster, a node
group, a hosted zone, a repository or a bucket, or when one of the two cannot plan the configuration; 2 for a REF that does
not exist.
`;

const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** Runs the command; returns its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const ref = refFrom(argv);
  if (ref === undefined || ref === "--help") {
    (ref === undefined ? io.err : io.out)(UPGRADE_USAGE);
    return ref === undefined ? EXIT.usage : EXIT.done;
  }
  try {
    return await check(ref, io);
  } catch (error) {
    if (error instanceof RefError) {
      io.err(`${error.message}\n`);
      return EXIT.usage;
    }
    if (error instanceof PlanningError) {
      io.err(`The code at ${ref} cannot plan this configuration: ${error.message}\n`);
      return EXIT.refused;
    }
    if (error instanceof Refused || isFileError(error)) {
      io.err(`${error.message}\n`);
      return EXIT.refused;
    }
    throw error;
  }
}

async function check(ref: string, io: Io): Promise<number> {
  const { commit, changes, unknownKeys, otherDependencies } = await upgradeFrom(ref, io.folder);
  const harmful = harm(changes);
  const lines = [
    io.paint("bold", `Update from ${ref} (${commit.slice(0, 7)}) to the present code, with the present configuration`),
    ...(unknownKeys.length === 0
      ? []
      : [
          `  The code at ${ref} does not know ${listed(unknownKeys)}: planned without ${unknownKeys.length === 1 ? "it" : "them"}.`,
        ]),
    ...(otherDependencies.length === 0
      ? []
      : [`  The code at ${ref} was released with other packages and is planned with the present ones:`]),
    ...otherDependencies.map((each) => `    ${each}`),
    ...changesSection(changes, io.paint, { title: "What the update changes", all: true }),
    "",
    ...(harmful.length === 0
      ? [
          io.paint(
            "green",
            `Nothing that must stay is replaced or deleted in ${counted(Object.keys(changes).length, "stack")}.`,
          ),
        ]
      : [io.paint("red", "The update replaces or deletes what must stay:"), ...harmful.map((each) => `  ${each}`)]),
  ];
  io.out(`${lines.join("\n")}\n`);
  return harmful.length === 0 ? EXIT.done : EXIT.refused;
}

/** The one argument; `--help`; undefined for another form. */
function refFrom(argv: readonly string[]): string | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h", default: false } },
    });
    if (values.help) return "--help";
    const [ref, ...more] = positionals;
    return ref === undefined || ref === "" || more.length > 0 ? undefined : ref;
  } catch {
    return undefined;
  }
}

if (require.main === module) onTerminal(main);
