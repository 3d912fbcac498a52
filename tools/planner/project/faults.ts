import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { decodeSettings, rawConfig } from "../../../components/settings/decode";
import { ConfigurationError } from "../../../components/settings/faults";
import { HUB } from "../../../components/settings/networks";
import { UserError } from "../../io/errors";
import type { Properties } from "../engine/resource";
import { plan, type Plan, type PlanOptions, planStack, type StackPlan, withPlatform } from "../plan";
import { platformSettings } from "../platform";
import { ProjectError } from "./config-files";
import { configForProgram, type Project, stackConfig, stackFile, targetOf } from "./project";

/** A fault in the configuration of a stack. */
export interface Fault {
  /** Name of the stack; of a stack of `platform/`, the path of its file. */
  readonly stack: string;
  /** A sentence without a period. */
  readonly text: string;
}

/** Faults of the project: no hub, and keys that must not differ between stacks. */
function projectFaults(project: Project): Fault[] {
  if (!Object.hasOwn(project.stacks, HUB)) {
    const found = Object.keys(project.stacks).slice(0, 20).join(", ") || "none";
    const text =
      `there is no Pulumi.${HUB}.yaml, and every spoke reads the hub (stacks with a file: ${found}): ` +
      `write one with "config:" and "aws:region: REGION" below it`;
    return [{ stack: HUB, text }];
  }
  return sharedKeyFaults(project);
}

/**
 * Faults that can be found without a plan: in the configuration of each stack and each platform, and those of
 * {@link projectFaults}.
 */
export function faultsInFiles(project: Project): Fault[] {
  const ofProject = projectFaults(project);
  if (!Object.hasOwn(project.stacks, HUB)) return ofProject;
  const stacks = Object.keys(project.stacks);
  return [
    ...stacks.flatMap((stack) => ownFaults(project, stack)),
    ...ofProject,
    ...stacks.flatMap((stack) => platformFaults(project, stack)),
  ];
}

/**
 * Faults of all stacks, while a plan ends at the first one; empty if the configuration has none.
 *
 * First those that can be found without a plan; if there are none, those that a spoke finds in the hub's outputs.
 */
export async function faults(project: Project): Promise<Fault[]> {
  const stacks = Object.keys(project.stacks);
  const found = faultsInFiles(project);
  if (found.length > 0) return found;

  const hub = await planStack(project, HUB, {});
  const refused: Fault[] = [];
  // One after the other, because a run catches every unhandled rejection in the process.
  for (const stack of stacks.filter((name) => name !== HUB)) {
    const planned = await planOrFaults(project, stack, { [HUB]: hub.outputs });
    if (Array.isArray(planned)) refused.push(...planned);
  }
  return refused;
}

/**
 * Plans the hub and every spoke, as {@link plan} does.
 *
 * @throws UserError with the faults of all stacks, if the configuration has any
 */
export async function planOrRefuse(project: Project, options: PlanOptions = {}): Promise<Plan> {
  if (projectFaults(project).length > 0) throw new UserError(faultsInWords(await faults(project), project));
  try {
    return await plan(project, options);
  } catch (error) {
    const found = await faults(project);
    throw found.length === 0 ? error : new UserError(faultsInWords(found, project), { cause: error });
  }
}

/** The plan of one stack against the outputs of the others, or its faults. */
export async function planOrFaults(
  project: Project,
  stack: string,
  others: Readonly<Record<string, Properties>>,
): Promise<StackPlan | Fault[]> {
  const own = [...ownFaults(project, stack), ...platformFaults(project, stack)];
  if (own.length > 0) return own;
  let planned: StackPlan;
  try {
    planned = await planStack(project, stack, others);
  } catch (error) {
    return asFaults(stack, error);
  }
  try {
    return await withPlatform(project, planned, planned.outputs);
  } catch (error) {
    return asFaults(stackFile(project.platform ?? {}, stack), error);
  }
}

/** The faults as text; one that several stacks share is listed once. */
export function faultsInWords(found: readonly Fault[], project: Project): string {
  const groups = new Map<string, string[]>();
  for (const text of new Set(found.map((fault) => fault.text))) {
    const stacks = found.filter((fault) => fault.text === text).map(({ stack }) => stack);
    const isEvery = Object.keys(project.stacks).every((stack) => stacks.includes(stack));
    const title = isEvery && stacks.every((stack) => stack in project.stacks) ? "every stack" : stacks.join(", ");
    groups.set(title, [...(groups.get(title) ?? []), text]);
  }
  const lines = [...groups].flatMap(([title, texts]) => [`  ${title}`, ...texts.map((text) => `    - ${text}`)]);
  return ["The configuration cannot be deployed:", ...lines].join("\n");
}

function ownFaults(project: Project, stack: string): Fault[] {
  return faultsOf(project, stack, stack, () => {
    const config = configForProgram(project, stack, stackConfig(project, project.stacks[stack] ?? {}));
    decodeSettings(rawConfig(stack, project.name, config));
  });
}

/** Faults in the configuration of a stack's platform; none for a stack without one. */
function platformFaults({ platform }: Project, stack: string): Fault[] {
  if (platform === undefined || !Object.hasOwn(platform.stacks, stack)) return [];
  return faultsOf(platform, stack, stackFile(platform, stack), () => void platformSettings(platform, stack));
}

/** @param place name of the stack, or path of its file, for the faults */
function faultsOf(project: Project, stack: string, place: string, decode: () => void): Fault[] {
  try {
    decode();
    return [];
  } catch (error) {
    return asFaults(place, error).map(({ text }) => ({
      stack: place,
      text: withEnvironmentHint(text, stack, project),
    }));
  }
}

function asFaults(stack: string, error: unknown): Fault[] {
  if (error instanceof ConfigurationError) return error.faults.map((text) => ({ stack, text }));
  if (error instanceof ProjectError || pulumi.RunError.isInstance(error)) return [{ stack, text: error.message }];
  throw error;
}

/** Keys that must have the same value in every stack. */
const SHARED_KEYS = ["networks", "address-space", "domain", "prefix"];

/** Faults of spokes whose {@link SHARED_KEYS} differ from the hub's. */
function sharedKeyFaults(project: Project): Fault[] {
  const configOf = (stack: string) => stackConfig(project, project.stacks[stack] ?? {});
  const hub = configOf(HUB);
  return Object.keys(project.stacks).flatMap((stack) => {
    const config = configOf(stack);
    return SHARED_KEYS.flatMap((key) => {
      const qualified = `${project.name}:${key}`;
      if (isDeepStrictEqual(config[qualified], hub[qualified])) return [];
      return [{ stack, text: `${key} is ${valuesOf(config[qualified], hub[qualified])}: ${advice(key)}` }];
    });
  });
}

function valuesOf(here: unknown, inTheHub: unknown): string {
  const isShort = [here, inTheHub].every((value) => typeof value === "string" && value.length <= 100);
  return isShort ? `${JSON.stringify(here)}, and ${JSON.stringify(inTheHub)} in ${HUB}` : `not that of ${HUB}`;
}

function advice(key: string): string {
  return (
    "it must be the same in every stack, so set it in Pulumi.yaml and in no stack's file; " +
    `to try another, --set '*:${key}=VALUE'`
  );
}

/** Sentences about what a plan leaves out: Pulumi ESC environments, and platforms of stacks without a cluster. */
export function notesOn(project: Project): string[] {
  const { platform } = project;
  return [
    ...environmentNotes(project),
    ...(platform === undefined ? [] : environmentNotes(platform)),
    ...idle(project),
  ];
}

function environmentNotes(project: Project): string[] {
  return [...(project.environments ?? [])].map(
    ([stack, names]) =>
      `${stackFile(project, stack)} imports the environment ${names.join(", ")}, which only Pulumi Cloud can read: ` +
      `what it sets is not in this plan. Try a value with --set ${targetOf(project, stack)}:KEY=VALUE.`,
  );
}

/** Stacks of `platform/` that have no cluster. */
function idle(project: Project): string[] {
  const { platform } = project;
  if (platform === undefined) return [];
  const isWithout = (stack: string): boolean =>
    stack === HUB || stackConfig(project, project.stacks[stack] ?? {})[`${project.name}:cluster`] === false;
  return Object.keys(platform.stacks)
    .filter(isWithout)
    .map((stack) => `${stackFile(platform, stack)} is not in this plan: ${stack} has no cluster.`);
}

/** A fault of a stack, with the hint that an environment may set what is missing. */
function withEnvironmentHint(text: string, stack: string, { environments }: Project): string {
  const names = environments?.get(stack);
  if (names === undefined || !text.includes(" is missing: ")) return text;
  return `${text}. The environment ${names.join(", ")} may set it, and the plan does not read environments`;
}
