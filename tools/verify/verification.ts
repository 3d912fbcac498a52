import { runChecks, type CheckResult } from "../checks";
import type { AllStacks } from "../model/stacks";
import { key } from "../planner/engine/resource";
import type { Plan } from "../planner/plan";
import { printable } from "../cli/printable";
import { driftFrom, isNone, type Drift } from "./drift/drift";
import { runningEstate } from "./estate";
import { ExportError } from "./exports/error";
import type { RunningResource, StackExport } from "./exports/export";

/** The deployed stacks, compared with the checks and the plan. */
export interface Verification {
  /** Verified stacks, in the order of the account map, and when each was last updated or refreshed (ISO 8601). */
  readonly stacks: readonly { readonly name: string; readonly time: string }[];
  /** Networks of the account map and planned stacks without an export. */
  readonly skipped: readonly string[];
  readonly checks: readonly CheckResult[];
  readonly drift: readonly Drift[];
  /** Names of the deployed resources by id. */
  readonly names: ReadonlyMap<string, string>;
}

export function verification(exported: readonly StackExport[], planned: Plan): Verification {
  const order = planned.map(({ name }) => name);
  const exports = [...exported]
    .sort((a, b) => order.indexOf(a.stack) - order.indexOf(b.stack))
    .map((each) => inOrder(each, planned));
  const { estate, additions } = runningEstate(exports, planned);
  const stacks = exports.map(({ stack, time }) => ({ name: stack, time }));
  const known = [...estate.accountMap.map(({ name }) => name), ...planned.map(({ name }) => name)];
  return {
    stacks,
    skipped: [...new Set(known)].filter((name) => !stacks.some((stack) => stack.name === name)),
    checks: judged(estate),
    drift: driftFrom(planned, exports, additions),
    // Some resources share the id of another one that precedes them.
    names: new Map(exports.flatMap(({ resources }) => resources.map(({ id, name }) => [id, name] as const)).reverse()),
  };
}

/** Whether every check passes and nothing has drifted. */
export function isGood({ checks, drift }: Verification): boolean {
  return checks.every(({ passed }) => passed) && drift.every(isNone);
}

/**
 * The results of the checks, with control characters in the evidence made visible.
 *
 * @throws ExportError if a check cannot read a value, which then has a form that AWS never returns
 */
function judged(estate: AllStacks): CheckResult[] {
  try {
    return runChecks(estate).map((kept) => ({ ...kept, evidence: kept.evidence.map((each) => printable(each)) }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExportError(
      `A check cannot read a value in an export, because AWS never returns it in this form: ${reason}`,
    );
  }
}

/** The export with its resources in the order of the plan. */
function inOrder({ resources, ...rest }: StackExport, planned: Plan): StackExport {
  const order = planned.find(({ name }) => name === rest.stack)?.resources.map(key) ?? [];
  const places = new Map(order.map((name, place) => [name, place]));
  const placeOf = (resource: RunningResource): number => places.get(key(resource)) ?? order.length;
  return { ...rest, resources: [...resources].sort((a, b) => placeOf(a) - placeOf(b)) };
}
