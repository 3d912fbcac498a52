import { estateOfPlan } from "../../../tools/planner/estate";
import type { Plan } from "../../../tools/planner/plan";
import { plainPaint } from "../../../tools/report/terminal/paint";
import { readExports } from "../../../tools/verify/exports/together";
import { verificationReport } from "../../../tools/verify/report/report";
import { verification, type Verification } from "../../../tools/verify/verification";
import { project } from "../../support/plans";
import { running, type Export, type Raw } from "./running";

/** What is done to exports, by name of the stack. */
export type Bend = (files: Record<string, Export>) => void;

/** What is found where all runs as planned, but for what is done to the exports of the hub and of dev. */
export function verifiedWith(planned: Plan, bend: Bend): Verification {
  const files = running(estateOfPlan(planned).stacks);
  bend(files);
  const texts = ["hub", "dev"].map((name) => ({ name, text: JSON.stringify(files[name]) }));
  return verification(readExports(texts, project), planned);
}

/** How many resources a stack has at AWS by its plan, its providers among them; components have nothing there. */
export function atAws(planned: Plan, stack: string): number {
  const types = planned.find(({ name }) => name === stack)?.resources.map(({ type }) => type) ?? [];
  return types.filter((type) => /^(aws|pulumi:providers):/.test(type)).length;
}

/** A resource that runs. */
export function find(files: Record<string, Export>, stack: string, type: string, name: string): Raw {
  const found = files[stack]?.deployment.resources?.find(
    (each) => each.type === type && each.urn.endsWith(`::${name}`),
  );
  if (found === undefined) throw new Error(`no ${type} ${name} runs`);
  return found;
}

/** Sets an input, and what AWS tells of it. */
export function set(resource: Raw, property: string, value: unknown): void {
  resource.inputs = { ...resource.inputs, [property]: value };
  resource.outputs = { ...resource.outputs, [property]: value };
}

export function remove(files: Record<string, Export>, stack: string, resource: Raw): void {
  const { deployment } = files[stack] as Export;
  deployment.resources = (deployment.resources ?? []).filter((each) => each !== resource);
}

/** What the report says of drift. */
export function driftReport(found: Verification, verbose = false): string[] {
  const lines = verificationReport(found, { verbose }, plainPaint).split("\n");
  return lines.slice(lines.indexOf("Drift from the plan") + 1, -1);
}
