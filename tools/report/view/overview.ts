import { isDeepStrictEqual } from "node:util";
import { KUBERNETES_VERSIONS } from "../../../components/facts/versions";
import { counted, listed, namesShortened, wholeDollars } from "../../io/words";
import type { Json } from "../../planner/engine/resource";
import type { Plan } from "../../planner/plan";
import type { CostView } from "./costs";
import { networks } from "./networks";
import type { Section } from "./section";

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

/**
 * Warnings about the configuration of some stacks of a plan, each sentence once with its stacks, and
 * networks that no stack builds.
 */
export function warnings(plan: Plan, part: Plan): string[] {
  const sentences = [...new Set(part.flatMap(({ settings }) => settings.warnings))].map((sentence) => {
    const stacks = part.filter(({ settings }) => settings.warnings.includes(sentence)).map(({ name }) => name);
    return `${namesShortened(stacks)}: ${sentence}`;
  });
  return [...sentences, ...networksWithoutStack(plan)];
}

/** Networks of the account map that no stack builds, in one sentence. */
function networksWithoutStack(plan: Plan): string[] {
  const planned = new Set(plan.map(({ name }) => name));
  const registered = plan.flatMap(({ settings }) => (settings.role === "hub" ? settings.spokes : []));
  const missing = registered.map(({ name }) => name).filter((name) => !planned.has(name));
  const [first] = missing;
  if (first === undefined) return [];
  const files = missing.length === 1 ? `Pulumi.${first}.yaml is` : "their Pulumi.STACK.yaml files are";
  return [`${namesShortened(missing)}: in networks, but not planned: ${files} missing`];
}

/** Until when Amazon EKS supports the version of each cluster, a sentence for each version, oldest first. */
export function kubernetesSupport(plan: Plan): string[] {
  const clusters = plan.flatMap(({ name, settings }) =>
    settings.role === "spoke" && settings.cluster ? [{ name, version: settings.kubernetesVersion }] : [],
  );
  return Object.entries(KUBERNETES_VERSIONS).flatMap(([version, end]) => {
    const stacks = clusters.filter((cluster) => cluster.version === version).map(({ name }) => name);
    if (stacks.length === 0) return [];
    return `Kubernetes ${version} in ${stacksInWords(stacks)}: Amazon EKS's standard support ends on ${end}.`;
  });
}

/** Stacks whose names fit into a sentence. */
const MOST_NAMES = 5;

function stacksInWords(stacks: readonly string[]): string {
  return stacks.length <= MOST_NAMES ? listed(stacks) : namesShortened(stacks);
}

/** The keys that differ between the spokes: a column for each, or by value where columns have no room. */
export function configurationSection(plan: Plan): Section | undefined {
  const { stacks, rows } = differences(plan);
  if (stacks.length < 2) return undefined;
  const section = { id: "configuration", title: "Configuration that differs between the spokes" };
  if (rows.length === 0) return { ...section, notes: ["None: every spoke has the same configuration."] };
  return {
    ...section,
    table: {
      caption: "Keys that differ, defaults included",
      columns: [{ title: "Key" }, ...stacks.map((title) => ({ title, isName: true }))],
      rows: rows.map(({ key, values }) => [key, ...values]),
      narrow: rows.map(({ key, values }) => ({
        term: key,
        lines: [...new Set(values)].map((value) => {
          const those = stacks.filter((_stack, index) => values[index] === value);
          return `${value}: ${namesShortened(those)}`;
        }),
      })),
    },
    notes: ["All other keys are the same in every spoke."],
  };
}

/** Keys of the configuration that differ between the spokes. */
interface Differences {
  /** Names of the spokes. */
  readonly stacks: readonly string[];
  /** Values are in the order of the stacks. */
  readonly rows: readonly { readonly key: string; readonly values: readonly string[] }[];
}

/** Keys that do not have the same value in every spoke, defaults included. */
export function differences(plan: Plan): Differences {
  const spokes = plan.filter(({ settings }) => settings.role === "spoke");
  const keys = [...new Set(spokes.flatMap(({ config }) => Object.keys(config)))];
  const rows = keys
    .map((key) => ({ key, values: spokes.map(({ config }) => config[key]) }))
    .filter(({ values }) => values.some((value) => !isDeepStrictEqual(value, values[0])))
    .map(({ key, values }) => ({ key: withoutProject(key), values: values.map(valueInWords) }));
  return { stacks: spokes.map(({ name }) => name), rows };
}

/** A key of the project's own namespace goes without it, as in `--set`. */
function withoutProject(key: string): string {
  const [namespace, ...rest] = key.split(":");
  return namespace === "aws" ? key : rest.join(":");
}

function valueInWords(value: Json | undefined): string {
  if (value === undefined) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}
