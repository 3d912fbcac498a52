import type { Plan } from "../plan";
import { networks } from "./networks";
import { counted, listed } from "./words";

/** `4 networks in ap-southeast-3: the hub and 3 spokes, made of 177 AWS resources.` */
export function overview(plan: Plan): string {
  const views = networks(plan);
  const spokes = views.filter(({ role }) => role === "spoke").length;
  const regions = listed([...new Set(views.map(({ region }) => region))]);
  const resources = views.reduce((sum, view) => sum + view.resources, 0);
  const roles = `${spokes === views.length ? "" : "the hub and "}${counted(spokes, "spoke")}`;
  return `${counted(views.length, "network")} in ${regions}: ${roles}, made of ${counted(resources, "AWS resource")}.`;
}

/** Networks of the register that no stack builds, in one sentence; undefined when there is none. */
export function networksWithoutStack(plan: Plan): string | undefined {
  const planned = new Set(plan.map(({ name }) => name));
  const registered = plan.flatMap(({ settings }) => (settings.role === "hub" ? settings.spokes : []));
  const missing = registered.map(({ name }) => name).filter((name) => !planned.has(name));
  if (missing.length === 0) return undefined;
  const files = listed(missing.map((name) => `Pulumi.${name}.yaml`));
  return `${listed(missing)}: in the register networks, without ${files}, so not planned.`;
}

/** What configuration may surprise with, each sentence once. */
export function warnings(plan: Plan): string[] {
  return [...new Set(plan.flatMap(({ settings }) => settings.warnings))];
}
