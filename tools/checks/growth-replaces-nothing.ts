import type { CheckResult } from "./index";
import { finding, type Observation } from "./shared/check";

/** A change of the network's size, and its effect on one existing stack. */
export interface Step {
  /** The change: `az-count 3`. */
  readonly what: string;
  readonly stack: string;
  readonly created: number;
  readonly updated: number;
  readonly replaced: readonly string[];
  readonly deleted: readonly string[];
  /** Deleted resources that the change is meant to remove. */
  readonly leaving: readonly string[];
}

/** Runs on plans only: deployed stacks do not show what an update would do. */
export const GROWTH = {
  name: "growth-replaces-nothing",
  sentence: "Adding or removing an AZ or a spoke, or switching NAT per AZ, replaces nothing else.",
} as const;

/** The result per stack, in the order of the steps. */
export function checkGrowth(steps: readonly Step[]): CheckResult[] {
  const stacks = [...new Set(steps.map(({ stack }) => stack))];
  return stacks.map((stack) => ({
    ...{ name: GROWTH.name, stack },
    ...finding(steps.filter((step) => step.stack === stack).map(observeStep)),
  }));
}

function observeStep({ what, created, updated, replaced, deleted, leaving }: Step): Observation {
  const lost = deleted.filter((name) => !leaving.includes(name));
  const faults = [
    ...(replaced.length > 0 ? [`replaces ${replaced.join(", ")}`] : []),
    ...(lost.length > 0 ? [`deletes ${lost.join(", ")}`] : []),
  ];
  if (faults.length > 0) return { passed: false, evidence: `${what}: ${faults.join("; ")}` };
  const counts = [
    `${String(created)} to create`,
    `${String(updated)} to update in place`,
    ...(deleted.length > 0 ? [`${String(deleted.length)} to delete (only what the change removes)`] : []),
  ];
  const hasChanges = created + updated + deleted.length > 0;
  return { passed: true, evidence: `${what}: ${hasChanges ? counts.join(", ") : "no changes"}` };
}
