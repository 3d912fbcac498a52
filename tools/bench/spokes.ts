/**
 * Measures how time and memory grow with the number of spokes: `npm run bench`.
 *
 * Each size is measured in its own process, which has its own memory. Time is processor time, because other work on the
 * machine changes it least. The ratios matter: a plan grows with the number of spokes, and checks with its square, because
 * isolation and return paths concern every pair of networks.
 */
import { execFileSync } from "node:child_process";
import { HUB } from "../../components/settings/networks";
import type { Json } from "../planner/engine/resource";
import { plan } from "../planner/plan";
import { type Project, readProject, type StackConfig } from "../planner/project/project";
import { page } from "../report/html/page";
import { planned } from "../report/outcome";
import { checks } from "../report/view/checks";

const SIZES = [4, 30, 100, 250];

/** Number of spokes that are also measured with {@link CENTRAL}. */
const SIZE_WITH_CENTRAL = 100;

/** The options with which the most paths cross the transit gateway twice. */
const CENTRAL = {
  name: "inspected",
  hub: { "central-egress": true, inspection: true },
  spoke: { egress: "hub" },
} satisfies { readonly name: string; readonly hub: StackConfig; readonly spoke: StackConfig };

interface Measured {
  readonly spokes: number;
  /** Path to the internet: `zonal`, the default, or the name of {@link CENTRAL}. */
  readonly egress: string;
  readonly resources: number;
  readonly inHub: number;
  /** Names of the checks that fail. */
  readonly failed: readonly string[];
  /** Seconds. */
  readonly plan: number;
  /** Seconds. */
  readonly checks: number;
  /** Seconds from the project to the text of the page, with the plans of alternatives. */
  readonly page: number;
  /** Megabytes. */
  readonly pageSize: number;
  /** Megabytes, at most. */
  readonly memory: number;
}

const COLUMNS: readonly { readonly title: string; readonly cell: (row: Measured, first: Measured) => string }[] = [
  { title: "spokes", cell: ({ spokes }) => String(spokes) },
  { title: "egress", cell: ({ egress }) => egress },
  { title: "resources", cell: ({ resources }) => String(resources) },
  { title: "in hub", cell: ({ inHub }) => String(inHub) },
  { title: "plan s", cell: (row) => row.plan.toFixed(2) },
  { title: "per spoke", cell: (row, first) => growth(row, first, row.plan / row.spokes, first.plan / first.spokes) },
  { title: "checks s", cell: (row) => row.checks.toFixed(2) },
  {
    title: "per pair",
    cell: (row, first) => growth(row, first, row.checks / row.spokes ** 2, first.checks / first.spokes ** 2),
  },
  { title: "page s", cell: (row) => row.page.toFixed(2) },
  { title: "per spoke", cell: (row, first) => growth(row, first, row.page / row.spokes, first.page / first.spokes) },
  { title: "page MB", cell: (row) => row.pageSize.toFixed(1) },
  { title: "memory MB", cell: (row) => row.memory.toFixed(0) },
  { title: "failed", cell: ({ failed }) => String(failed.length) },
];

/** Factor from the first row. */
function growth(row: Measured, first: Measured, now: number, then: number): string {
  return row === first ? "" : `x ${(now / then).toFixed(2)}`;
}

async function measure(spokes: number, isCentral: boolean): Promise<Measured> {
  const project = isCentral ? withCentralEgress(readProject(".")) : readProject(".");
  await plan(withSpokes(project, 1)); // loads the SDKs, which every plan does once
  const many = withSpokes(project, spokes);
  const planning = await timed(() => plan(many));
  const checking = await timed(() => checks(planning.result));
  const writing = await timed(async () => {
    const outcome = await planned(many);
    return page({ ...outcome.found, plan: outcome.plan, changes: undefined });
  });
  const [hub] = planning.result;
  return {
    spokes,
    egress: isCentral ? CENTRAL.name : "zonal",
    resources: planning.result.reduce((sum, { resources }) => sum + resources.length, 0),
    inHub: hub?.resources.length ?? 0,
    failed: [...new Set(checking.result.filter(({ passed }) => !passed).map(({ name }) => name))],
    plan: planning.seconds,
    checks: checking.seconds,
    page: writing.seconds,
    pageSize: writing.result.length / 1e6,
    memory: process.resourceUsage().maxRSS / 1024,
  };
}

async function timed<T>(work: () => T | Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const start = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(start);
  return { result, seconds: (user + system) / 1e6 };
}

function table(rows: readonly Measured[]): string {
  const [first] = rows;
  if (first === undefined) return "";
  const lines = [COLUMNS.map(({ title }) => title), ...rows.map((row) => COLUMNS.map(({ cell }) => cell(row, first)))];
  const widths = COLUMNS.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines.map((line) => line.map((cell, at) => cell.padStart(widths[at] ?? 0)).join("  ") + "\n").join("");
}

async function main([size, egress]: readonly string[]): Promise<void> {
  if (size !== undefined) {
    process.stdout.write(JSON.stringify(await measure(Number(size), egress === CENTRAL.name)));
    return;
  }
  const rows = [
    ...SIZES.map((spokes) => inOwnProcess(String(spokes))),
    inOwnProcess(String(SIZE_WITH_CENTRAL), CENTRAL.name),
  ];
  const failures = rows.filter(({ failed }) => failed.length > 0);
  const notes = failures.map(
    ({ spokes, egress, failed }) =>
      `With ${String(spokes)} spokes and egress ${egress}, these checks fail: ${failed.join(", ")}.\n`,
  );
  process.stdout.write(table(rows) + notes.join(""));
}

function inOwnProcess(...args: readonly string[]): Measured {
  const out = execFileSync(process.execPath, [...process.execArgv, __filename, ...args], { encoding: "utf8" });
  return JSON.parse(out) as Measured;
}

/** The project with {@link CENTRAL} in every stack. */
function withCentralEgress(project: Project): Project {
  const stacks = Object.entries(project.stacks).map(([stack, config]): [string, StackConfig] => {
    const own: StackConfig = stack === HUB ? CENTRAL.hub : CENTRAL.spoke;
    const qualified = Object.entries(own).map(([key, value]) => [`${project.name}:${key}`, value] as const);
    return [stack, { ...config, ...Object.fromEntries(qualified) }];
  });
  return { ...project, stacks: Object.fromEntries(stacks) };
}

/**
 * A project with a hub and up to 255 spokes, each with the configuration of the project's first spoke. The address space
 * is 10.0.0.0/8, because the project's own may be too small.
 */
export function withSpokes(project: Project, count: number): Project {
  const spokes = Array.from({ length: count }, (_, index) => index + 1);
  const networks: Record<string, Json> = { hub: { cidr: "10.0.0.0/16", account: "100000000000" } };
  for (const n of spokes) networks[name(n)] = { cidr: `10.${String(n)}.0.0/16`, account: String(100000000000 + n) };
  const { hub = {}, ...others } = project.stacks;
  const [first = hub] = Object.values(others);
  return {
    ...project,
    declared: {
      ...project.declared,
      networks: { type: "object", default: networks },
      "address-space": { type: "string", default: "10.0.0.0/8" },
    },
    stacks: { hub, ...Object.fromEntries(spokes.map((n) => [name(n), first])) },
  };
}

function name(n: number): string {
  return `spoke-${String(n)}`;
}

if (require.main === module) void main(process.argv.slice(2));
