import type { CheckResult } from "../../checks";
import type { Changes } from "../../planner/changes/changes";
import type { Plan } from "../../planner/plan";
import type { CostChanges } from "../view/cost-changes";
import type { CostView } from "../view/costs";
import { headline, networksWithoutStack, warnings } from "../view/overview";
import type { QuotaView } from "../view/quotas";
import { kubernetesSupport } from "../view/kubernetes";
import { verdictOf } from "../view/verdict";
import { addressesSection } from "./addresses";
import { changesSection } from "./changes";
import { checksSection } from "./checks";
import { configurationSection } from "./configuration";
import { costsSection } from "./costs";
import { dnsSection } from "./dns";
import { section } from "./lines";
import { nextSection } from "./next";
import { quotasSection } from "./quotas";
import { routesSection } from "./routes";
import { fitted, item, prose, type Screen } from "./screen";
import { SECTION_NAMES, type SectionName } from "./section-names";
import { stacksSection } from "./stacks";
import { transitSection } from "./transit";
import { failedLines, verdictLines } from "./verdict";

export interface Reported {
  /** All stacks. */
  readonly plan: Plan;
  /** Names of the stacks to show. */
  readonly shown: readonly string[];
  /** By stack, when there is an earlier plan to compare with. */
  readonly changes: Readonly<Record<string, Changes>> | undefined;
  /** What they do to the costs of the stacks that are shown. */
  readonly costChanges: CostChanges | undefined;
  /** Of all stacks. */
  readonly checks: readonly CheckResult[];
  /** Of all stacks. */
  readonly costs: CostView;
  readonly quotas: readonly QuotaView[];
  /** Sections to show besides the overview. */
  readonly details: readonly SectionName[];
  /** Whether to show the checks by stack in place of the sections. */
  readonly byCheck: boolean;
}

/** The plan for a terminal: the overview, the sections that were asked for, and what to do next. */
export function report(reported: Reported, screen: Screen): string {
  const { plan, shown, changes, costChanges, checks, costs, byCheck } = reported;
  const part = plan.filter(({ name }) => shown.includes(name));
  const stacks = plan.map(({ name }) => name);
  const verdict = verdictOf(checks);
  const next = { verdict, stacks, isTrial: changes !== undefined, isDetailed: reported.details.length > 0, byCheck };
  const lines = [
    ...prose(headline(plan, costs), screen).map((line) => screen.paint("bold", line)),
    ...verdictLines(verdict, screen),
    ...(byCheck ? checksSection(checks, stacks, screen.paint, screen.width) : failedLines(verdict, screen)),
    ...(byCheck ? [] : stacksSection(part, plan.length, costs, costChanges, screen)),
    ...(byCheck ? [] : supportLines(part, screen)),
    ...(changes === undefined ? [] : changesSection(changes, screen.paint, { all: reported.details.length > 0 })),
    ...(byCheck ? [] : [...sections(reported, part, screen), ...notesSection(plan, part, screen)]),
    ...nextSection(next, screen),
  ];
  return `${fitted(lines, screen).join("\n")}\n`;
}

/** Until when EKS supports the Kubernetes versions in use. */
function supportLines(part: Plan, screen: Screen): string[] {
  const sentences = kubernetesSupport(part);
  return sentences.length === 0 ? [] : ["", ...sentences.flatMap((each) => prose(each, screen))];
}

/** Spokes that must fit for the quotas not to be shown unasked. */
const ENOUGH_SPOKES = 20;

function sections({ plan, shown, costs, quotas, details }: Reported, part: Plan, screen: Screen): string[] {
  const spokes = plan.filter(({ settings }) => settings.role === "spoke").length;
  const tight = quotas.filter((quota) => quota.spokes - spokes < ENOUGH_SPOKES);
  const lines: Readonly<Record<SectionName, () => string[]>> = {
    addresses: () => addressesSection(part, screen),
    routes: () => routesSection(part, screen),
    transit: () => transitSection(plan, screen),
    dns: () => dnsSection(plan, shown, screen),
    costs: () => costsSection(costs, shown, plan[0]?.settings.region ?? "", screen),
    quotas: () => quotasSection(quotas, screen),
    configuration: () => configurationSection(part, screen),
  };
  return [
    ...SECTION_NAMES.filter((name) => details.includes(name)).flatMap((name) => lines[name]()),
    ...(details.includes("quotas") ? [] : quotasSection(tight, screen)),
  ];
}

/** Warnings about the configuration, networks that were not planned, and which prices these are. */
function notesSection(plan: Plan, part: Plan, screen: Screen): string[] {
  const notes = [...warnings(part), networksWithoutStack(plan) ?? []].flat();
  return notes.length === 0
    ? []
    : section(
        "Warnings",
        notes.flatMap((note) => item(note, screen, 2)),
        screen.paint,
      );
}

/** The last lines of every report: where the page is, and the verdict. */
export function closing(checks: readonly CheckResult[], page: string, screen: Screen): string {
  return `${["", ...prose(`The page is ${page}`, screen), ...verdictLines(verdictOf(checks), screen)].join("\n")}\n`;
}
