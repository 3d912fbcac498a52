import type { CheckResult } from "../checks";
import { type Changes, deployedChanges, isDeployed } from "../planner/changes/changes";
import { changesBetween } from "../planner/changes/compare";
import type { PlannedResource } from "../planner/engine/resource";
import type { Plan } from "../planner/plan";
import type { PlatformPlan } from "../planner/platform";
import { planOrRefuse } from "../planner/project/faults";
import { platformOf, type Project } from "../planner/project/project";
import { type Alternative, growthSteps, whatIf } from "../planner/what-if";
import { page } from "./html/page";
import { pictureFile } from "./html/picture/picture";
import { whySection } from "./terminal/checks";
import { fitted, type Screen } from "./terminal/lines";
import { report, type SectionName } from "./terminal/report";
import { checks, verdictOf } from "./view/checks";
import { costChanges, type CostChanges, costs, type CostView, withTotal } from "./view/costs";
import { awsResources } from "./view/networks";
import { quotasMet, type QuotaView } from "./view/quotas";

/** A planned project, with its checks, costs, quotas and changes. */
export interface Outcome {
  readonly plan: Plan;
  readonly found: Analysis;
  /** Undefined where there is no earlier plan to compare with. */
  readonly changed: PlanChanges | undefined;
}

/** Checks, costs and quotas of the stacks of a plan. */
interface Analysis {
  readonly checks: readonly CheckResult[];
  readonly costs: CostView;
  readonly quotas: readonly QuotaView[];
  /** Additions to the network, planned for checks, costs and quotas. */
  readonly alternatives: readonly Alternative[];
}

/** The difference from an earlier plan, and from its costs. */
interface PlanChanges {
  /** By stack. */
  readonly changes: Readonly<Record<string, Changes>>;
  readonly costChanges: CostChanges;
}

/**
 * Plans a project and analyzes the plan.
 *
 * @param before an earlier plan to compare with
 * @throws UserError with every fault of the configuration
 */
export async function planned(project: Project, before?: Plan): Promise<Outcome> {
  const plan = await planOrRefuse(project);
  const found = await analyze(project, plan);
  return { plan, found, changed: before === undefined ? undefined : changedSince(before, plan, found) };
}

/** @param plan of this project, with all stacks, because some checks compare stacks */
export async function analyze(project: Project, plan: Plan): Promise<Analysis> {
  const alternatives = await whatIf(project, plan);
  return {
    checks: checks(plan, await growthSteps(project, plan, alternatives)),
    costs: costs(plan, alternatives),
    quotas: quotasMet(plan, alternatives),
    alternatives,
  };
}

function changedSince(before: Plan, plan: Plan, { costs: now }: Analysis): PlanChanges {
  const changes = Object.entries(changesBetween(before, plan));
  return {
    changes: Object.fromEntries(changes.map(([stack, each]) => [stack, deployedChanges(each)])),
    costChanges: costChanges(costs(before, []).stacks, now.stacks),
  };
}

/** An outcome in every form that a command writes. */
interface Rendered {
  /** For the terminal: the report, or the evidence of one check. */
  readonly report: string;
  /** HTML. */
  readonly page: string;
  /** SVG. */
  readonly picture: () => string;
  readonly json: () => string;
}

/** Which part of an outcome the terminal shows. */
interface Selection {
  /** Sections to show besides the overview. */
  readonly details: readonly SectionName[];
  /** Whether to show each check by stack, in place of the sections. */
  readonly checks: boolean;
  /** Check to explain, in place of the report. */
  readonly why: string | undefined;
}

/** @param shown names of the stacks in the report and the JSON; the page has all stacks */
export function rendered(
  { plan, found, changed }: Outcome,
  shown: readonly string[],
  { why, details, checks: byCheck }: Selection,
  screen: Screen,
): Rendered {
  const stacks = plan.filter(({ name }) => shown.includes(name));
  const ofShown = changed === undefined ? undefined : changesOf(changed, shown);
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

/** The changes of some of the stacks and their platforms, with the sums of these. */
function changesOf({ changes, costChanges: all }: PlanChanges, shown: readonly string[]): PlanChanges {
  const names = shown.flatMap((stack) => [stack, platformOf(stack)]);
  return {
    changes: Object.fromEntries(Object.entries(changes).filter(([stack]) => names.includes(stack))),
    costChanges: withTotal(all.stacks.filter(({ name }) => shown.includes(name))),
  };
}

/** The analysis of some of the stacks. */
function analysisOf(part: Plan, { alternatives, ...found }: Analysis): Analysis {
  const isShown = ({ stack }: { readonly stack: string }): boolean => part.some(({ name }) => name === stack);
  return {
    checks: found.checks.filter(isShown),
    costs: costs(part, alternatives),
    quotas: found.quotas.filter(isShown),
    alternatives,
  };
}

/** Version of the JSON form. It rises when a field is removed or changes its meaning, not when one is added. */
const VERSION = 2;

/** The stable form of a plan, for programs. */
export function planAsJson(
  plan: Plan,
  changed: PlanChanges | undefined,
  { checks, costs, quotas }: Omit<Analysis, "alternatives">,
): object {
  const stacks = plan.map((stack) => [
    stack.name,
    {
      config: stack.config,
      awsResources: awsResources(stack).length,
      resources: stack.resources.map(resourceAsJson),
      outputs: stack.outputs,
      ...(stack.platform === undefined ? {} : { platform: platformAsJson(stack.platform) }),
    },
  ]);
  const { passed, total, failed } = verdictOf(checks);
  return {
    version: VERSION,
    verdict: { passed, total, failed: failed.map(({ name, stacks: failing }) => ({ name, stacks: failing })) },
    stacks: Object.fromEntries(stacks) as object,
    checks,
    costs,
    quotas,
    ...changed,
  };
}

function platformAsJson({ config, resources, outputs }: PlatformPlan): object {
  return {
    config,
    kubernetesResources: resources.filter(({ type }) => isDeployed(type)).length,
    resources: resources.map(resourceAsJson),
    outputs,
  };
}

/** What a comparison of plans needs of a resource; options only where they are set. */
function resourceAsJson({ type, name, parent, inputs, dependsOn, options }: PlannedResource): object {
  const { protect, ignoreChanges, aliases = [] } = options;
  return {
    ...{ type, name, parent, inputs, dependsOn },
    ...(protect ? { protect } : {}),
    ...(ignoreChanges.length > 0 ? { ignoreChanges } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
  };
}
