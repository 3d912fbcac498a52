import { command } from "../io/command";
import { readTextFile } from "../io/files";
import { onTerminal } from "../io/terminal";
import { knownToReplace } from "../planner/changes/changed-properties";
import { deployedChanges, isDeployed } from "../planner/changes/changes";
import { changesBetween } from "../planner/changes/compare";
import { platformOf } from "../planner/project/project";
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
import { type PlanFile, readPlanFile } from "../report/markdown/plan-file";

const USAGE = {
  command: "npm run comment",
  operands: "BASE HEAD",
  operandsHelp: "plans of the base branch and of the merge, from `npm start -- --json FILE`",
  about: `Writes a comment on a pull request, as Markdown: whether the checks pass, what the merge costs, and
what it changes in each stack.`,
  exitCodes: "The exit code is 2 when a file cannot be read or is not a plan.",
  exitCodeOfRefusal: 2,
} as const;

/** Bytes of a comment. GitHub accepts 65,536 characters, and CI passes the text on in one environment variable. */
const MAX_BYTES = 65_000;

/** The plan of four networks has 400,000 bytes. */
const PLAN_FILE = { what: "a plan", writtenBy: "npm start -- --json FILE", maxBytes: 16_000_000 };

/** Writes the comment. */
export const main = command(USAGE, {}, ({ operands: [base = "", head = ""] }, io) => {
  const planIn = (file: string): PlanFile => readPlanFile(readTextFile(file, PLAN_FILE), file);
  io.out(comment(planIn(base), planIn(head)));
  return 0;
});

/**
 * Whether the checks pass once it is merged, what the merge costs, and what it changes in each stack. A part that makes
 * the comment too long is replaced by a sentence.
 */
export function comment(base: PlanFile, head: PlanFile): string {
  const unknown = new Set<string>();
  const changed = changesBetween(base.stacks, head.stacks, (type) => {
    const known = knownToReplace(type);
    if (known === undefined) unknown.add(type);
    return known ?? [];
  });
  const changes = Object.fromEntries(Object.entries(changed).map(([stack, each]) => [stack, deployedChanges(each)]));
  const deployed = (all: readonly { readonly type: string }[]): number =>
    all.filter(({ type }) => isDeployed(type)).length;
  const resources = new Map(
    head.stacks.flatMap(({ name, resources: own, platform }) => [
      [name, deployed(own)] as const,
      ...(platform === undefined ? [] : [[platformOf(name), deployed(platform.resources)] as const]),
    ]),
  );
  const parts: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ["the checks that fail", verdictPart(head.checks)],
    ["the costs", costsHeadline(base.costs, head.costs)],
    ["what changes in each stack", [...changesHeadline(changes), ...stackTable(changes, resources)]],
    ["what is refused, lost or interrupted", warningsPart(changes)],
    ["types that the base branch does not know", unknownTypes([...unknown].sort())],
    ["costs by stack", costsPart(base.costs, head.costs)],
    [
      "checks by stack",
      checksPart(
        head.checks,
        head.stacks.map(({ name }) => name),
      ),
    ],
    ["the changes one by one", changeDetails(changes)],
  ];
  let written = ["### Network plan", ""];
  for (const [what, lines] of parts) {
    const longer = [...written, ...lines];
    written = isShort(longer) ? longer : [...written, `Too long for a comment: ${what}. \`npm start\` shows it.`, ""];
  }
  return written.join("\n");
}

/** Whether there is room left for the sentences that replace further parts. */
function isShort(lines: readonly string[]): boolean {
  return Buffer.byteLength(lines.join("\n")) <= MAX_BYTES - 1000;
}

if (require.main === module) onTerminal(main);
