import type { CheckResult } from "./index";
import { finding } from "./check";

/** A change of the network's size, and what it does to one stack that stands. */
export interface Step {
  /** `az-count 3`. */
  readonly what: string;
  readonly stack: string;
  readonly created: number;
  readonly updated: number;
  readonly replaced: readonly string[];
  readonly deleted: readonly string[];
  /** Of those deleted, what the step is meant to take away. */
  readonly leaving: readonly string[];
}

/** Held against plans alone: what an update would do is not seen in what runs. */
export const GROWTH = {
  name: "growth-replaces-nothing",
  sentence: "A zone or a spoke more, NAT by zone or not, a spoke less: all else stays as it is.",
} as const;

/** The check, stack by stack, in the order of the steps. */
export function heldAgainstGrowth(steps: readonly Step[]): CheckResult[] {
  const stacks = [...new Set(steps.map(({ stack }) => stack))];
  return stacks.map((stack) => ({
    ...{ name: GROWTH.name, stack },
    ...finding(steps.filter((step) => step.stack === stack).map(judged)),
  }));
}

function judged({ what, created, updated, replaced, deleted, leaving }: Step) {
  const lost = deleted.filter((name) => !leaving.includes(name));
  const harm = [
    ...(replaced.length > 0 ? [`replaces ${replaced.join(", ")}`] : []),
    ...(lost.length > 0 ? [`deletes ${lost.join(", ")}`] : []),
  ];
  const counts = [
    `${String(created)} to create`,
    `${String(updated)} to update in place`,
    ...(deleted.length > 0 ? [`${String(deleted.length)} to delete, what leaves itself`] : []),
  ];
  const isQuiet = created + updated + deleted.length === 0;
  const kept = isQuiet ? "nothing changes" : counts.join(", ");
  return { passed: harm.length === 0, evidence: `${what}: ${harm.length === 0 ? kept : harm.join("; ")}` };
}
