import type { CheckResult } from "../../checks";
import { UserError } from "../../io/errors";
import type { Json, PlannedResource } from "../../planner/engine/resource";
import { amount, at, flag, json, listOf, optional, type Place, recordOf, ShapeError, text, textOrNull } from "./shape";

/** A plan that `npm start -- --json FILE` wrote, perhaps with another version of this program. */
export interface PlanFile {
  readonly stacks: Readonly<Record<string, { readonly resources: readonly PlannedResource[] }>>;
  /** Monthly costs before traffic; absent in plans of early versions. */
  readonly costs: Costs | undefined;
  /** Results of the checks; absent in plans of early versions. */
  readonly checks: readonly CheckResult[] | undefined;
}

export interface Costs {
  readonly notes: readonly string[];
  readonly stacks: readonly StackCosts[];
  readonly total: number;
}

interface StackCosts {
  readonly name: string;
  readonly total: number;
  /** Parts that have no price and are not in the total; absent in plans of early versions. */
  readonly unknown: readonly string[] | undefined;
}

/**
 * Versions of the form that are read here. Version 1 has the same stacks and costs; its checks are under another name,
 * and those of the base branch are not shown.
 */
const VERSIONS: readonly unknown[] = [1, 2];

/** A file that is not a plan. */
export class PlanFileError extends UserError {}

/**
 * Reads what a comment needs of a plan, and skips the rest of the file.
 *
 * @param content of a file that somebody else may have written: the shape of every part that is read is checked
 * @throws PlanFileError for text that is not a plan of one of {@link VERSIONS}, in one line
 */
export function readPlanFile(content: string, name: string): PlanFile {
  const file: Place = { value: parsed(content, name), path: "" };
  try {
    if (!VERSIONS.includes(at(file, "version").value))
      throw new ShapeError(`its version is not ${VERSIONS.join(" or ")}`);
    return {
      stacks: recordOf((stack) => ({ resources: listOf(resource)(at(stack, "resources")) }))(at(file, "stacks")),
      costs: optional(costs)(at(file, "costs")),
      checks: optional(listOf(check))(at(file, "checks")),
    };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new PlanFileError(`${name} is not a plan: ${error.message}; npm start -- --json FILE writes one`);
  }
}

/** @throws ShapeError for what is no resource of a plan */
export function resource(place: Place): PlannedResource {
  return {
    type: text(at(place, "type")),
    name: text(at(place, "name")),
    parent: textOrNull(at(place, "parent")),
    inputs: recordOf(json)(at(place, "inputs")) as Readonly<Record<string, Json>>,
    dependsOn: listOf(text)(at(place, "dependsOn")),
    // A comparison needs neither these nor the provider.
    inputDependencies: {},
    options: {
      protect: optional(flag)(at(place, "protect")) ?? false,
      ignoreChanges: optional(listOf(text))(at(place, "ignoreChanges")) ?? [],
      provider: null,
      aliases: optional(listOf(text))(at(place, "aliases")) ?? [],
    },
  };
}

function costs(place: Place): Costs {
  return {
    notes: listOf(text)(at(place, "notes")),
    stacks: listOf((stack) => ({
      name: text(at(stack, "name")),
      total: amount(at(stack, "total")),
      unknown: optional(listOf(text))(at(stack, "unknown")),
    }))(at(place, "stacks")),
    total: amount(at(place, "total")),
  };
}

function check(place: Place): CheckResult {
  return {
    name: text(at(place, "name")),
    stack: text(at(place, "stack")),
    passed: flag(at(place, "passed")),
    evidence: listOf(text)(at(place, "evidence")),
  };
}

function parsed(content: string, name: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new PlanFileError(`${name} is not JSON; npm start -- --json FILE writes a plan`);
  }
}
