import { readFileSync } from "node:fs";
import { changesBetween } from "./changes";
import { changeDetails, headline, stackTable } from "./markdown/changes-part";
import { costsPart } from "./markdown/costs-part";
import { PlanFileError, readPlanFile, type PlanFile } from "./markdown/plan-file";
import { promisesPart } from "./markdown/promises-part";
import type { StackPlan } from "./plan";

export const COMMENT_USAGE = `npm run comment -- BASE HEAD

Writes what a merge does, as Markdown for a pull request. BASE and HEAD are plans of the base branch and of the merge,
as npm start -- --json FILE writes them.
`;

/** Characters of a comment (GitHub's limit is 65,536); what is longer is told without its details. */
const MAX_LENGTH = 65_000;

/** What a merge does to each stack, whether the promises still hold, and what it costs. */
export function comment(base: PlanFile, head: PlanFile): string {
  const changes = changesBetween(stackPlans(base), stackPlans(head));
  const resources = Object.entries(head.stacks).map(([stack, { resources: all }]) => [
    stack,
    all.filter(({ type }) => type.startsWith("aws:")).length,
  ]);
  const summary = [
    "### What this changes",
    "",
    ...headline(changes),
    ...stackTable(changes, Object.fromEntries(resources) as Record<string, number>),
    ...promisesPart(head.promises),
    ...costsPart(base.costs, head.costs),
  ].join("\n");
  const details = changeDetails(changes).join("\n");
  const whole = details === "" ? summary : `${summary}\n${details}`;
  return whole.length <= MAX_LENGTH
    ? whole
    : `${summary}\nThe changes one by one are too many for a comment; \`npm start\` of both branches tells them.\n`;
}

/** Changes are told by the names and resources of stacks, which is what a file keeps. */
function stackPlans({ stacks }: PlanFile): StackPlan[] {
  return Object.entries(stacks).map(([name, { resources }]) => ({ name, resources }) as StackPlan);
}

/** Runs the command; returns its exit code. */
export function main(
  argv: readonly string[],
  io: { readonly out: (text: string) => void; readonly err: (text: string) => void },
): number {
  const [base, head, ...more] = argv;
  if (base === undefined || head === undefined || more.length > 0) {
    io.err(COMMENT_USAGE);
    return 2;
  }
  try {
    const [before, after] = [base, head].map((file) => readPlanFile(readFileSync(file, "utf8"), file));
    if (before !== undefined && after !== undefined) io.out(comment(before, after));
    return 0;
  } catch (error) {
    if (!(error instanceof PlanFileError) && !(error instanceof Error && "syscall" in error)) throw error;
    io.err(`${error.message}\n`);
    return 1;
  }
}

if (require.main === module) {
  process.exitCode = main(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
}
