/**
 * Measures how planning time grows with the number of spokes: `npm run bench`.
 *
 * Plans 10, 30 and 100 generated spokes as in `npm start`, in one process, and runs the checks. The ratio matters: the time
 * per spoke should be constant. Checks grow with the square, because isolation and return paths concern every pair of
 * networks.
 */
import { performance } from "node:perf_hooks";
import { plan, type Plan } from "../planner/plan";
import { readProject } from "../planner/project/project";
import { checks } from "../report/view/checks";
import { withSpokes } from "./generated";

const SIZES = [10, 30, 100];

interface Measured {
  readonly spokes: number;
  /** Time of the plan. */
  readonly seconds: number;
  /** Time of the checks. */
  readonly checks: number;
  readonly broken: number;
  readonly resources: number;
  readonly hub: number;
}

async function measure(spokes: number): Promise<Measured> {
  const project = withSpokes(readProject("."), spokes);
  const start = performance.now();
  const planned: Plan = await plan(project);
  const end = performance.now();
  const broken = checks(planned).filter(({ passed }) => !passed).length;
  const count = (stacks: Plan): number => stacks.reduce((sum, { resources }) => sum + resources.length, 0);
  return {
    ...{ spokes, broken, resources: count(planned), hub: count(planned.slice(0, 1)) },
    seconds: (end - start) / 1000,
    checks: (performance.now() - end) / 1000,
  };
}

async function main(): Promise<void> {
  await measure(1); // loads the SDKs, which every plan does once
  const rows: Measured[] = [];
  for (const size of SIZES) rows.push(await measure(size));
  const [first] = rows;
  const lines = rows.map((row, index) => {
    const previous = rows[index - 1];
    const perSpoke = row.seconds / row.spokes;
    const ratio = first === undefined ? 1 : perSpoke / (first.seconds / first.spokes);
    const growth = previous === undefined ? "" : ((row.hub - previous.hub) / (row.spokes - previous.spokes)).toFixed(1);
    return [
      String(row.spokes),
      row.seconds.toFixed(2),
      (perSpoke * 1000).toFixed(1),
      ratio.toFixed(2),
      String(row.resources),
      String(row.hub),
      growth,
      row.checks.toFixed(2),
      ((row.checks / row.spokes ** 2) * 1000).toFixed(2),
      String(row.broken),
    ];
  });
  const header = [
    "spokes",
    "seconds",
    "ms/spoke",
    "ratio",
    "resources",
    "in hub",
    "hub growth/spoke",
    "checks s",
    "ms/spoke²",
    "failed",
  ];
  for (const line of [header, ...lines]) {
    process.stdout.write(line.map((cell, index) => cell.padStart(header[index]?.length ?? 0)).join("  ") + "\n");
  }
}

void main();
