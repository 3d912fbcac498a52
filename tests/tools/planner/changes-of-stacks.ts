import { HUB } from "../../../components/settings/networks";
import { deployedChanges, type Changes, type ChangeWarning } from "../../../tools/planner/changes/changes";
import { changesBetween } from "../../../tools/planner/changes/compare";
import type { Json } from "../../../tools/planner/engine/resource";
import { plan, planStack } from "../../../tools/planner/plan";
import type { Project } from "../../../tools/planner/project/project";
import { project, withConfig } from "../../support/plans";

export const between = async (before: Project, after: Project): Promise<Record<string, Changes>> =>
  changesBetween(await plan(before), await plan(after));

/** Outputs of the hub, planned once: no change here of another stack alters what it reads of them. */
const hubOutputs = planStack(project, HUB, {}).then(({ outputs }) => outputs);
export const ofStack = async (name: string, from: Project, to: Project): Promise<Changes> => {
  const others = { [HUB]: await hubOutputs };
  const { [name]: changes } = changesBetween(
    [await planStack(from, name, others)],
    [await planStack(to, name, others)],
  );
  if (changes === undefined) throw new Error(`no stack ${name}`);
  return changes;
};
export const ofDev = (config: Record<string, Json>, from: Record<string, Json> = {}): Promise<Changes> =>
  ofStack("dev", withConfig(project, "dev", from), withConfig(project, "dev", config));
export const counts = (changes: Changes | undefined): number[] => {
  const { create, update, replace, delete: gone } = deployedChanges(changes ?? { ...nothing });
  return [create, update, replace, gone].map(({ length }) => length);
};
export const nothing = { create: [], update: [], replace: [], delete: [] };
export const texts = ({ warnings = [] }: Changes, kind: ChangeWarning["kind"]): string[] =>
  warnings.filter((warning) => warning.kind === kind).map(({ text }) => text);

export const ROLLED =
  "EKS replaces every node of the node groups dev-system-1 and dev-system-2, one group after the other. It starts a new " +
  "node, drains an old one within 15 minutes, and terminates it (Amazon EKS User Guide, " +
  '"Understand each phase of node updates"). A pod with a single replica is down while it moves, and a ' +
  "PodDisruptionBudget that allows no eviction stops the update.";
export const UNPROTECT = (stack: string): string =>
  `while protect is true. To do it anyway, set protect to false in Pulumi.${stack}.yaml and run pulumi up, and make ` +
  "this change in the update after that.";
