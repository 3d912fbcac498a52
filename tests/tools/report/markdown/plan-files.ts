import type { CheckResult } from "../../../../tools/checks";
import type { Json } from "../../../../tools/planner/engine/resource";
import { type PlanFile, readPlanFile } from "../../../../tools/report/markdown/plan-file";

export const SUBNET = "aws:ec2/subnet:Subnet";
export const ZONE = "aws:route53/zone:Zone";

/** Costs of a plan file. */
export interface WrittenCosts {
  readonly notes: readonly string[];
  readonly stacks: readonly { readonly name: string; readonly total: number; readonly unknown?: readonly string[] }[];
  readonly total: number;
}

/** A resource of a plan file: type, name and inputs. */
export type Row = readonly [type: string, name: string, inputs: Readonly<Record<string, Json>>];

/** A plan file with these resources. */
export function planFile(
  stacks: Readonly<Record<string, readonly Row[]>>,
  more: { readonly costs?: WrittenCosts; readonly checks?: readonly CheckResult[] } = {},
): PlanFile {
  const written = Object.entries(stacks).map(([stack, rows]) => [
    stack,
    {
      config: {},
      outputs: {},
      resources: rows.map(([type, name, inputs]) => ({ type, name, parent: null, inputs, dependsOn: [] })),
    },
  ]);
  const file = { version: 2, stacks: Object.fromEntries(written) as object, ...more };
  return readPlanFile(JSON.stringify(file), "a plan");
}
