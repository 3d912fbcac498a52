import { readFileSync, statSync } from "node:fs";
import { awsChanges } from "../planner/changes/aws-changes";
import { changesBetween, type NamedResources } from "../planner/changes/changes";
import {
  changeDetails,
  changesHeadline,
  checksPart,
  costsHeadline,
  costsPart,
  stackTable,
  unknownTypes,
  verdictPart,
  warningsPart,
} from "../report/markdown/comment-parts";
import { PlanFileError, readPlanFile, type PlanFile } from "../report/markdown/plan-file";
import { isFileError } from "./refusals";
import { knownToReplace } from "../planner/changes/replacement";
import { onTerminal, type Io } from "./terminal";
import { textOf } from "./text-file";
import { grouped } from "../report/view/words";

export const COMMENT_USAGE = `npm run comment -- BASE HEAD

Writes a comment on a pull request, as Markdown: whether the checks pass, what the merge costs, and what it changes in
each stack. BASE and HEAD are the plans of the base branch and of the merge, from npm start -- --json FILE.

The exit code is 2 when a file cannot be read or is not a plan.
`;

const EXIT = { done: 0, misuse: 2 } as const;

/** Bytes of a comment. GitHub accepts 65,536 characters, and CI passes the text on in one environment variable. */
const MAX_BYTES = 65_000;

/** Largest plan file that is read, in bytes. The plan of four networks has 400,000. */
const MAX_FILE_BYTES = 16_000_000;

/**
 * Whether the checks pass once it is merged, what the merge costs, and what it changes in each stack. A part that makes
 * the comment too long is left out, with a sentence in its place.
 */
export function comment(base: PlanFile, head: PlanFile): string {
  const unknown = new Set<string>();
  const changed = changesBetween(stacksOf(base), stacksOf(head), (type) => {
    const known = knownToReplace(type);
    if (known === undefined) unknown.add(type);
    return known ?? [];
  });
  const changes = Object.fromEntries(Object.entries(changed).map(([stack, each]) => [stack, awsChanges(each)]));
  const resources = new Map(
    stacksOf(head).map(({ name, resources: all }) => [name, all.filter(({ type }) => type.startsWith("aws:")).length]),
  );
  const parts: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ["the checks that fail", verdictPart(head.checks)],
    ["the costs", costsHeadline(base.costs, head.costs)],
    ["what changes in each stack", [...changesHeadline(changes), ...stackTable(changes, resources)]],
    ["what is refused, lost or interrupted", warningsPart(changes)],
    ["types that the base branch does not know", unknownTypes([...unknown].sort())],
    ["costs by stack", costsPart(base.costs, head.costs)],
    ["checks by stack", checksPart(head.checks, Object.keys(head.stacks))],
    ["the changes one by one", changeDetails(changes)],
  ];
  let written = ["### Network plan", ""];
  for (const [what, lines] of parts) {
    const longer = [...written, ...lines];
    written = isShort(longer) ? longer : [...written, `Too long for a comment: ${what}. \`npm start\` shows it.`, ""];
  }
  return written.join("\n");
}

/** Whether there is room for the sentences in place of the parts after it. */
function isShort(lines: readonly string[]): boolean {
  return Buffer.byteLength(lines.join("\n")) <= MAX_BYTES - 1000;
}

function stacksOf({ stacks }: PlanFile): NamedResources[] {
  return Object.entries(stacks).map(([name, { resources }]) => ({ name, resources }));
}

/** Runs the command; returns its exit code. */
export function main(argv: readonly string[], io: Pick<Io, "out" | "err">): number {
  const [base, head, ...more] = argv;
  if (base === undefined || head === undefined || more.length > 0) {
    io.err(COMMENT_USAGE);
    return EXIT.misuse;
  }
  try {
    io.out(comment(planOf(base), planOf(head)));
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof PlanFileError) && !isFileError(error)) throw error;
    io.err(`${error.message}\n`);
    return EXIT.misuse;
  }
}

/** @throws PlanFileError for a file that is not a plan; Node's error for a file that is not there */
function planOf(file: string): PlanFile {
  const found = statSync(file);
  if (!found.isFile()) throw new PlanFileError(`${file} is not a file; npm start -- --json FILE writes a plan`);
  if (found.size > MAX_FILE_BYTES) {
    throw new PlanFileError(
      `${file} is not a plan: it has ${grouped(found.size)} bytes; a plan has at most ${grouped(MAX_FILE_BYTES)}`,
    );
  }
  return readPlanFile(textOf(readFileSync(file)), file);
}

if (require.main === module) onTerminal(main);
