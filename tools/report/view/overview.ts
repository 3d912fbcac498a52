import type { Plan } from "../../planner/plan";
import { wholeDollars } from "./amounts";
import type { CostView } from "./costs";
import { networks } from "./networks";
import { counted, listed, namesShortened } from "./words";

/** `hub + 3 spokes in ap-southeast-3: 441 AWS resources`. */
export function overview(plan: Plan): string {
  const views = networks(plan);
  const spokes = views.filter(({ role }) => role === "spoke").length;
  const regions = listed([...new Set(views.map(({ region }) => region))]);
  const resources = views.reduce((sum, view) => sum + view.resources, 0);
  const roles = [...(spokes === views.length ? [] : ["hub"]), counted(spokes, "spoke")].join(" + ");
  return `${roles} in ${regions}: ${counted(resources, "AWS resource")}`;
}

/** The overview with what it costs: `..., $1,457 a month before traffic`. @param costs of all stacks of the plan */
export function headline(plan: Plan, costs: Pick<CostView, "stacks" | "total">): string {
  const unknown = costs.stacks.some((stack) => stack.unknown.length > 0);
  return `${overview(plan)}, ${wholeDollars(costs.total)}${unknown ? " + ?" : ""} a month before traffic`;
}

/** Networks of the account map that no stack builds, in one sentence; undefined when there is none. */
export function networksWithoutStack(plan: Plan): string | undefined {
  const planned = new Set(plan.map(({ name }) => name));
  const registered = plan.flatMap(({ settings }) => (settings.role === "hub" ? settings.spokes : []));
  const missing = registered.map(({ name }) => name).filter((name) => !planned.has(name));
  const [first] = missing;
  if (first === undefined) return undefined;
  const files = missing.length === 1 ? `Pulumi.${first}.yaml is` : "their Pulumi.STACK.yaml files are";
  return `${namesShortened(missing)}: in networks, but not planned: ${files} missing`;
}

/** Warnings about the configuration, each sentence once and with the stacks that it is about. */
export function warnings(plan: Plan): string[] {
  const sentences = [...new Set(plan.flatMap(({ settings }) => settings.warnings))];
  return sentences.map((sentence) => {
    const stacks = plan.filter(({ settings }) => settings.warnings.includes(sentence)).map(({ name }) => name);
    return `${namesShortened(stacks)}: ${sentence}`;
  });
}
