import { plainPaint } from "../../../../tools/io/terminal";
import type { Plan } from "../../../../tools/planner/plan";
import type { Project } from "../../../../tools/planner/project/project";
import { stacksOfPlan } from "../../../../tools/planner/stacks";
import { readExports } from "../../../../tools/verify/exports/read";
import { type Verification, verifyStacks } from "../../../../tools/verify/verification";
import { verificationReport } from "../../../../tools/verify/verify";
import { project } from "../../../support/plans";
import { deployedExports, type ExportFiles } from "./exports";

/** Reads exports, by stack, and verifies them. */
export function verifyExports(files: ExportFiles, planned: Plan, of: Project = project): Verification {
  const texts = Object.entries(files).map(([name, file]) => ({ name, text: JSON.stringify(file) }));
  return verifyStacks(readExports(texts, of), planned);
}

/** Changes exports, by stack, in place. */
export type Edit = (files: ExportFiles) => void;

/** Verifies all stacks of a project, deployed as planned except for an edit of their exports. */
export function verifyDeployed(
  planned: Plan,
  of: Project,
  edit: (files: ExportFiles) => unknown = () => undefined,
): Verification {
  const files = deployedExports(stacksOfPlan(planned).stacks);
  edit(files);
  return verifyExports(files, planned, of);
}

/** Names of the checks that fail in any stack, sorted. */
export function failedChecks({ checks }: Verification): string[] {
  return [...new Set(checks.flatMap(({ name, passed }) => (passed ? [] : [name])))].sort();
}

/** Verifies the hub and dev, deployed as planned except for an edit of their exports. */
export function verifyEdited(planned: Plan, edit: Edit): Verification {
  const { hub, dev } = deployedExports(stacksOfPlan(planned).stacks);
  if (hub === undefined || dev === undefined) throw new Error("the plan has no hub and dev");
  const files = { hub, dev };
  edit(files);
  return verifyExports(files, planned);
}

/** Number of planned resources of a stack that have an export entry to compare: those in AWS, and providers. */
export function countInAws(planned: Plan, stack: string): number {
  const types = planned.find(({ name }) => name === stack)?.resources.map(({ type }) => type) ?? [];
  return types.filter((type) => /^(aws|pulumi:providers):/.test(type)).length;
}

/** The lines of the report's section on drift. */
export function driftReport(found: Verification, verbose = false): string[] {
  const lines = verificationReport(found, { verbose }, plainPaint).split("\n");
  return lines.slice(lines.indexOf("Drift from the plan") + 1, -1);
}
