import { MAX_ZONES } from "../../../components/address-plan";
import type { CheckResult } from "../../checks";
import { widthOf } from "../../io/terminal";
import { grouped, percentage } from "../../io/words";
import type { Changes } from "../../planner/changes/changes";
import type { Plan } from "../../planner/plan";
import { type AddressRow, addressTable, type AddressTable, tiersOf } from "../view/addresses";
import { type Verdict, verdictOf } from "../view/checks";
import { costSections, stacksSection } from "../view/cost-sections";
import type { CostChanges, CostView } from "../view/costs";
import { dnsSection } from "../view/dns";
import { networks } from "../view/networks";
import { configurationSection, headline, kubernetesSupport, warnings } from "../view/overview";
import { platformSection, platformsSection } from "../view/platform";
import { quotasSection, type QuotaView } from "../view/quotas";
import { routesSection, transitSection } from "../view/routes";
import type { Section } from "../view/section";
import { changesSection } from "./changes";
import { checksSection, failedLines, verdictLines } from "./checks";
import { aligned, type Column, fitted, indented, prose, type Screen, section, table } from "./lines";
import { sectionLines, tableLines } from "./section";

/** Sections that `--details` shows, in their order. */
export const SECTION_NAMES = [
  "addresses",
  "routes",
  "transit",
  "dns",
  "platform",
  "costs",
  "quotas",
  "configuration",
] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

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

/** The plan for a terminal: the overview, the selected sections, and commands to run next. */
export function report(reported: Reported, screen: Screen): string {
  const { plan, shown, changes, checks, costs, details, byCheck } = reported;
  const part = plan.filter(({ name }) => shown.includes(name));
  const stacks = plan.map(({ name }) => name);
  const verdict = verdictOf(checks);
  const next = { verdict, stacks, isTrial: changes !== undefined, isDetailed: details.length > 0, byCheck };
  const tried = changes === undefined ? [] : changesSection(changes, screen.paint, { all: details.length > 0 });
  const lines = [
    ...prose(headline(plan, costs), screen).map((line) => screen.paint("bold", line)),
    ...verdictLines(verdict, screen),
    ...(byCheck
      ? [...checksSection(checks, stacks, screen.paint, screen.width), ...tried]
      : [
          ...failedLines(verdict, screen),
          ...stacksLines(reported, part, screen),
          ...tried,
          ...detailLines(reported, part, screen),
          ...warningsLines(plan, part, screen),
        ]),
    ...nextSection(next, screen),
  ];
  return `${fitted(lines, screen).join("\n")}\n`;
}

/** What each stack is and costs, what its platform has, and until when EKS supports the Kubernetes versions in use. */
function stacksLines({ plan, costs, costChanges }: Reported, part: Plan, screen: Screen): string[] {
  const { table } = stacksSection(part, plan.length, costs, costChanges);
  const platforms = platformsSection(part)?.table;
  const support = kubernetesSupport(part).flatMap((sentence) => prose(sentence, screen));
  return [
    "",
    ...(table === undefined ? [] : tableLines(table, screen)),
    ...(platforms === undefined ? [] : ["", ...tableLines(platforms, screen)]),
    ...(support.length === 0 ? [] : ["", ...support]),
  ];
}

/** A quota with room for at least this many more spokes is shown only by `--details`. */
const ENOUGH_SPOKES = 20;

function detailLines({ plan, shown, costs, quotas, details }: Reported, part: Plan, screen: Screen): string[] {
  const spokes = plan.filter(({ settings }) => settings.role === "spoke").length;
  const tight = quotas.filter((quota) => quota.spokes - spokes < ENOUGH_SPOKES);
  const sections: Readonly<Record<Exclude<SectionName, "addresses">, () => (Section | undefined)[]>> = {
    routes: () => [routesSection(networks(part))],
    transit: () => [transitSection(plan)],
    dns: () => [dnsSection(plan, shown)],
    platform: () => [platformSection(part)],
    costs: () => costSections(costs, shown, plan[0]?.settings.region ?? ""),
    quotas: () => [quotasSection(quotas)],
    configuration: () => [configurationSection(part)],
  };
  const linesOf = (all: readonly (Section | undefined)[]): string[] =>
    all.flatMap((each) => (each === undefined ? [] : sectionLines(each, screen)));
  return [
    ...SECTION_NAMES.filter((name) => details.includes(name)).flatMap((name) =>
      name === "addresses" ? addressesSection(part, screen) : linesOf(sections[name]()),
    ),
    ...(details.includes("quotas") ? [] : linesOf([quotasSection(tight)])),
  ];
}

/** Warnings about the configuration, and networks that were not planned. */
function warningsLines(plan: Plan, part: Plan, screen: Screen): string[] {
  const notes = warnings(plan, part);
  return notes.length === 0 ? [] : sectionLines({ id: "warnings", title: "Warnings", notes }, screen);
}

/** The last lines of every report: where the page is, and the verdict. */
export function closing(checks: readonly CheckResult[], page: string, screen: Screen): string {
  return `${["", ...prose(`The page is ${page}`, screen), ...verdictLines(verdictOf(checks), screen)].join("\n")}\n`;
}

interface NextInput {
  readonly verdict: Verdict;
  /** Names of the stacks of the plan, the hub first. */
  readonly stacks: readonly string[];
  /** Whether the plan is of settings that are tried. */
  readonly isTrial: boolean;
  /** Whether sections are shown already. */
  readonly isDetailed: boolean;
  /** Whether the checks are shown by stack already. */
  readonly byCheck: boolean;
}

/** What to do after reading the report: commands, each with what it shows. */
function nextSection({ verdict, stacks, isTrial, isDetailed, byCheck }: NextInput, screen: Screen): string[] {
  const [failed] = verdict.failed;
  const stack = stacks.at(1) ?? stacks.at(0) ?? "hub";
  const rows = [
    ...(failed === undefined
      ? []
      : [[`npm start -- --why ${failed.name}`, "why the check matters, and all its evidence"]]),
    ["open out/plan.html", "the plan as a page, with a picture of the network"],
    isTrial
      ? ["pulumi config set --stack STACK ...", "keep a setting: it is written to Pulumi.STACK.yaml"]
      : [`npm start -- --set ${stack}:az-count=3`, "what a setting changes, and what it costs"],
    ...(isDetailed ? [] : [["npm start -- --details", "addresses, routes, DNS, costs, quotas, configuration"]]),
    ...(byCheck || failed !== undefined
      ? []
      : [["npm start -- --checks", "each check by stack; --why CHECK explains one"]]),
  ];
  const lines = aligned(rows, [{}, {}]);
  const fits = lines.every((line) => widthOf(line) <= screen.width - 2);
  const narrow = rows.flatMap(([command = "", what = ""]) => [command, ...indented([what])]);
  return section("Next", fits ? lines : narrow, screen.paint);
}

const NUMBERS = Array.from({ length: MAX_ZONES }, (_, index) => index + 1);
/** Ordinals of the AZs that a network can have. */
const ORDINALS = ["first", "second", "third"] as const;

/** Each network by tier and AZ, with what is reserved for later AZs in brackets, and what is free. */
function addressesSection(plan: Plan, screen: Screen): string[] {
  const inner = { ...screen, width: screen.width - 2 };
  const parts = networks(plan)
    .map(addressTable)
    .flatMap((each) => [
      ...fitted([`${screen.paint("bold", each.network)}  ${each.cidr}  ${summary(each)}`], inner),
      ...table(
        columns(each),
        tiersOf(each).map((tier) => tierRow(each, tier)),
        screen.paint,
        inner.width,
      ),
      ...fitted(freeLines(each), inner),
      "",
    ]);
  const legend = "(CIDR): reserved for an AZ that is not in use. AWS reserves 5 addresses of each subnet.";
  return section(
    "Addresses",
    [...parts, ...prose(legend, inner).map((line) => screen.paint("dim", line))],
    screen.paint,
  );
}

function summary({ total, used, later }: AddressTable): string {
  const shares = [
    `${percentage(used / total)} in subnets`,
    ...(later === 0 ? [] : [`${percentage(later / total)} reserved for later AZs`]),
    `${percentage((total - used - later) / total)} free`,
  ];
  return shares.join(", ");
}

function columns({ rows }: AddressTable): Column[] {
  const zones = NUMBERS.map((number) => rowOf(rows, "private", number)?.zone ?? "");
  return [
    { title: "Tier" },
    ...zones.map((zone, index) => ({ title: zone === "" ? `(${ORDINALS[index] ?? "next"} AZ)` : zone })),
    { title: "usable each", align: "right" },
    { title: "share", align: "right" },
  ];
}

function tierRow({ rows, total }: AddressTable, tier: string): string[] {
  const slots = NUMBERS.map((number) => rowOf(rows, tier, number));
  const used = slots.reduce((sum, slot) => sum + (slot?.kind === "subnet" ? slot.size : 0), 0);
  const cells = slots.map((slot) => (slot?.kind === "later zone" ? `(${slot.range})` : (slot?.range ?? "")));
  return [tier, ...cells, grouped(slots[0]?.usable ?? 0), percentage(used / total)];
}

function freeLines({ rows }: AddressTable): string[] {
  const free = rows.filter(({ kind }) => kind === "free");
  return aligned(
    free.map(({ range, size, largest }, index) => [
      (index === 0 ? "free" : "").padEnd("private".length),
      range,
      grouped(size),
      `addresses, largest CIDR ${largest}`,
    ]),
    [{}, {}, { align: "right" }, {}],
  );
}

function rowOf(rows: readonly AddressRow[], tier: string, number: number): AddressRow | undefined {
  return rows.find((row) => row.tier === tier && row.number === number);
}
