import { HUB } from "../../components/settings/networks";
import { type CheckResult, runChecks } from "../checks";
import { printable } from "../io/terminal";
import { withoutAbsentSpokes } from "../model/connections";
import {
  type AllStacks,
  isProperties,
  type ModelResource,
  type Properties,
  type StackResources,
} from "../model/resource";
import { key } from "../planner/engine/resource";
import { stacksOfPlan } from "../planner/stacks";
import type { Plan } from "../planner/plan";
import { compareWithDefault } from "./drift/compare";
import { type Drift, findDrift, hasNoDrift } from "./drift/drift";
import { type DeployedResource, ExportError, liveProperties, type StackExport, UNKNOWN } from "./exports/export";
import { isCompared, nestedRule } from "./live/rule";
import { LIVE_TABLES } from "./live/tables";
import { findUnmanaged } from "./unmanaged";

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

/** Version of the JSON format. It changes when a field is removed or changes its meaning, not when one is added. */
const JSON_VERSION = 2;

/** The verification as JSON, for programs. */
export function verificationAsJson({ stacks, skipped, checks, drift }: Verification): object {
  return { version: JSON_VERSION, stacks, skipped, checks, drift };
}

/**
 * Runs the checks on the deployed stacks, together with unmanaged items, and compares the stacks with the plan.
 *
 * @throws ExportError if a check cannot read a value
 */
export function verifyStacks(exported: readonly StackExport[], planned: Plan): Verification {
  const order = planned.map(({ name }) => name);
  const exports = [...exported]
    .sort((a, b) => order.indexOf(a.stack) - order.indexOf(b.stack))
    .map((each) => inPlanOrder(each, planned));
  const deployed = exports.map(modelStack);
  const unmanaged = findUnmanaged(deployed);
  const plannedStacks = stacksOfPlan(planned);
  const exportedStacks = deployed.map((stack) => ({
    ...stack,
    ...platformAsPlanned(stack.name, plannedStacks),
    resources: [...stack.resources, ...(unmanaged.get(stack.name) ?? [])],
  }));
  const all = { ...plannedStacks, stacks: withoutAbsentSpokes(exportedStacks, plannedStacks) };
  const stacks = exports.map(({ stack, time }) => ({ name: stack, time }));
  const known = [...all.accountMap.map(({ name }) => name), ...order];
  return {
    stacks,
    skipped: [...new Set(known)].filter((name) => !stacks.some((stack) => stack.name === name)),
    checks: checkResults(all),
    drift: findDrift(planned, exports, unmanaged),
    // Some resources share the id of another one that precedes them.
    names: new Map(exports.flatMap(({ resources }) => resources.map(({ id, name }) => [id, name] as const)).reverse()),
  };
}

/** What runs in the cluster of a stack as it is planned: the exports of `platform/` are not read. */
function platformAsPlanned(name: string, { stacks }: AllStacks): Pick<StackResources, "platform"> {
  const platform = stacks.find((stack) => stack.name === name)?.platform;
  return platform === undefined ? {} : { platform };
}

/** Whether every check passes and nothing has drifted. */
export function isGood({ checks, drift }: Verification): boolean {
  return checks.every(({ passed }) => passed) && drift.every(hasNoDrift);
}

/** The export with its resources in the order of the plan. */
function inPlanOrder({ resources, ...rest }: StackExport, planned: Plan): StackExport {
  const keys = planned.find(({ name }) => name === rest.stack)?.resources.map(key) ?? [];
  const ranks = new Map(keys.map((each, index) => [each, index]));
  const rank = (resource: DeployedResource): number => ranks.get(key(resource)) ?? keys.length;
  return { ...rest, resources: [...resources].sort((a, b) => rank(a) - rank(b)) };
}

/**
 * The results of the checks, with control characters in the evidence made visible.
 *
 * @throws ExportError if a check cannot read a value, which then has a form that AWS never returns
 */
function checkResults(all: AllStacks): CheckResult[] {
  try {
    return runChecks(all).map((result) => ({ ...result, evidence: result.evidence.map((each) => printable(each)) }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExportError(
      `A check cannot read a value in an export, because AWS never returns it in this form: ${reason}`,
    );
  }
}

function modelStack({ stack, resources }: StackExport): StackResources {
  return { name: stack, isHub: stack === HUB, resources: resources.map(modelResource) };
}

function modelResource(resource: DeployedResource): ModelResource {
  const { type, name, id, outputs } = resource;
  return { type, name, id, inputs: withoutUnknown(declaredProperties(resource)), outputs: withoutUnknown(outputs) };
}

/** Unknown values are removed: a check treats them as absent. */
function withoutUnknown(properties: Properties): Properties {
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((each) => each !== UNKNOWN).map(without);
    return isProperties(value) ? withoutUnknown(value) : value;
  };
  const known = Object.entries(properties).filter(([, value]) => value !== UNKNOWN);
  return Object.fromEntries(known.map(([name, value]) => [name, without(value)]));
}

/**
 * The properties that a program would have to declare to get this resource, which the checks read as its inputs: those that
 * were set, with AWS's values, and other compared properties that differ from AWS's defaults. A property that AWS no longer
 * has is absent. For types that the program never creates, all properties.
 */
function declaredProperties(resource: DeployedResource): Properties {
  const rows = LIVE_TABLES.get(resource.type);
  const { inputs, outputs } = resource;
  if (rows === undefined) return liveProperties(resource);
  const declared = Object.keys({ ...inputs, ...outputs }).flatMap((name) => {
    const rule = nestedRule(rows, name, { concern: "other" });
    const value = outputs[name] ?? (isCompared(rule) ? undefined : inputs[name]);
    const isDeclared =
      Object.hasOwn(inputs, name) ||
      name === "tags" ||
      (isCompared(rule) && compareWithDefault(value, rule, name, outputs).length > 0);
    return isDeclared && value !== undefined && value !== null ? [[name, value] as const] : [];
  });
  return Object.fromEntries(declared);
}
