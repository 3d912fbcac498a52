import { readFileSync, statSync } from "node:fs";
import { changesBetween, type NamedResources } from "./changes";
import { changeDetails, headline, stackTable, unknownTypes, warningsPart } from "./markdown/changes-part";
import { costsPart } from "./markdown/costs-part";
import { PlanFileError, readPlanFile, type PlanFile } from "./markdown/plan-file";
import { checksPart } from "./markdown/checks-part";
import { isFileError } from "./refusals";
import { knownToReplace } from "./replacement";
import { onTerminal, type Io } from "./terminal";
import { grouped } from "./view/words";

export const COMMENT_USAGE = `npm run comment -- BASE HEAD

Writes what a merge does, as Markdown for a pull request. BASE and HEAD are plans of the base branch and of the merge,
as npm start -- --json FILE writes them.

The exit code is 2 when a file cannot be read or is no plan.
`;

const EXIT = { done: 0, misuse: 2 } as const;

/** Bytes of a comment. GitHub takes 65,536 characters, and CI hands the text on in one environment variable. */
const MAX_BYTES = 65_000;

/** Bytes of a plan file that is read. The plan of four networks has 400,000. */
const MAX_FILE_BYTES = 16_000_000;

/**
 * What a merge does to each stack, whether the checks still hold, and what it costs. A part that makes the comment too
 * long is left out, with a sentence in its place.
 */
export function comment(base: PlanFile, head: PlanFile): string {
  const unknown = new Set<string>();
  const changes = changesBetween(stacksOf(base), stacksOf(head), (type) => {
    const known = knownToReplace(type);
    if (known === undefined) unknown.add(type);
    return known ?? [];
  });
  const resources = new Map(
    stacksOf(head).map(({ name, resources: all }) => [name, all.filter(({ type }) => type.startsWith("aws:")).length]),
  );
  const parts: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ["what it does to each stack", [...headline(changes), ...stackTable(changes, resources)]],
    ["warnings about the changes", warningsPart(changes)],
    ["types that the base branch does not know", unknownTypes([...unknown].sort())],
    ["the checks", checksPart(head.checks)],
    ["costs", costsPart(base.costs, head.costs)],
    ["the changes one by one", changeDetails(changes)],
  ];
  let written = ["### What this changes", ""];
  for (const [what, lines] of parts) {
    const longer = [...written, ...lines];
    written = isShort(longer) ? longer : [...written, `Too long for a comment: ${what}. \`npm start\` shows it.`, ""];
  }
  return written.join("\n");
}

/** Whether room is left for the sentences that stand in place of the parts after it. */
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

/** @throws PlanFileError for what is no plan; Node's error for a file that is not there */
function planOf(file: string): PlanFile {
  const found = statSync(file);
  if (!found.isFile()) throw new PlanFileError(`${file} is no file: npm start -- --json FILE writes a plan`);
  if (found.size > MAX_FILE_BYTES) {
    throw new PlanFileError(
      `${file} is no plan: it has ${grouped(found.size)} bytes; a plan has ${grouped(MAX_FILE_BYTES)} at most`,
    );
  }
  return readPlanFile(readFileSync(file, "utf8"), file);
}

if (require.main === module) onTerminal(main);
