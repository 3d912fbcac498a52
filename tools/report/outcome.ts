import { awsChanges } from "../planner/changes/changes";
import { changesBetween } from "../planner/changes/compare";
import type { Plan } from "../planner/plan";
import { planOrRefuse } from "../planner/project/faults";
import type { Project } from "../planner/project/project";
import { type Analysis, analysisOf, analyze } from "./analysis";
import { page } from "./html/page";
import { pictureFile } from "./html/picture/picture";
import { planAsJson, type PlanChanges } from "./json";
import { whySection } from "./terminal/checks";
import { fitted, type Screen } from "./terminal/lines";
import { report, type SectionName } from "./terminal/report";
import { costChanges, costs, withTotal } from "./view/costs";

/** A project as it was planned, and what was found out about it. */
export interface Outcome {
  readonly plan: Plan;
  readonly found: Analysis;
  /** What it changes in the stacks of an earlier plan; undefined without one. */
  readonly changed: PlanChanges | undefined;
}

/** An outcome in every form that it is written in. */
export interface Rendered {
  /** For the terminal: the report, or the evidence of one check. */
  readonly report: string;
  /** HTML. */
  readonly page: string;
  /** SVG. */
  readonly picture: () => string;
  readonly json: () => string;
}

/**
 * Plans a project and finds out about it.
 *
 * @param before an earlier plan to compare with
 * @throws UserError with every fault, where the configuration is to blame
 */
export async function planned(project: Project, before?: Plan): Promise<Outcome> {
  const plan = await planOrRefuse(project);
  const found = await analyze(project, plan);
  return { plan, found, changed: before === undefined ? undefined : changedSince(before, plan, found) };
}

function changedSince(before: Plan, plan: Plan, { costs: now }: Analysis): PlanChanges {
  const changes = Object.entries(changesBetween(before, plan));
  return {
    changes: Object.fromEntries(changes.map(([stack, each]) => [stack, awsChanges(each)])),
    costChanges: costChanges(costs(before, []).stacks, now.stacks),
  };
}

/** What the command line asks to be shown of an outcome. */
interface Asked {
  /** Sections to show besides the overview. */
  readonly details: readonly SectionName[];
  /** Whether to show each check by stack, in place of the sections. */
  readonly checks: boolean;
  /** Check to explain, in place of the report. */
  readonly why: string | undefined;
}

/** @param shown names of the stacks that report and JSON are about; the page shows all */
export function rendered(outcome: Outcome, shown: readonly string[], asked: Asked, screen: Screen): Rendered {
  const { plan, found, changed } = outcome;
  const stacks = plan.filter(({ name }) => shown.includes(name));
  const ofShown = changed === undefined ? undefined : changesOf(changed, shown);
  const { why, details, checks: byCheck } = asked;
  const compared = { changes: ofShown?.changes, costChanges: ofShown?.costChanges };
  return {
    report:
      why === undefined
        ? report({ ...found, plan, shown, ...compared, details, byCheck }, screen)
        : evidenceOf(why, found, shown, screen),
    page: page({ ...found, plan, changes: changed?.changes }),
    picture: () => pictureFile(plan),
    json: () => `${JSON.stringify(planAsJson(stacks, ofShown, analysisOf(stacks, found)), null, 2)}\n`,
  };
}

function evidenceOf(check: string, { checks }: Analysis, shown: readonly string[], screen: Screen): string {
  const ofShown = checks.filter(({ stack }) => shown.includes(stack));
  const [, ...lines] = whySection(check, ofShown, screen.paint, screen.width);
  return `${fitted(lines, screen).join("\n")}\n`;
}

/** The changes of some of the stacks, with the sums of these. */
function changesOf({ changes, costChanges: all }: PlanChanges, shown: readonly string[]): PlanChanges {
  return {
    changes: Object.fromEntries(Object.entries(changes).filter(([stack]) => shown.includes(stack))),
    costChanges: withTotal(all.stacks.filter(({ name }) => shown.includes(name))),
  };
}
