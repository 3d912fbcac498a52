import * as pulumi from "@pulumi/pulumi";
import { decodeSettings, rawConfig } from "../../../components/settings/decode";
import { ConfigurationError } from "../../../components/settings/faults";
import type { Properties } from "../engine/wire";
import { withEnvironmentHint } from "./environments";
import { HUB } from "../../../components/settings/networks";
import { planStack, type StackPlan } from "../plan";
import { configForProgram, ProjectError, stackConfig, type Project } from "./project";
import { sharedKeyFaults } from "./shared-keys";

/** What is wrong with the configuration of a stack, in a sentence. */
export interface Fault {
  readonly stack: string;
  readonly text: string;
}

/** Faults that show before anything is planned: no hub, and keys in which stacks differ that must not. */
export function earlyFaults(project: Project): Fault[] {
  if (!Object.hasOwn(project.stacks, HUB)) {
    const found = Object.keys(project.stacks).slice(0, 20).join(", ") || "none";
    const text =
      `there is no Pulumi.${HUB}.yaml, and every spoke reads the hub (stacks with a file: ${found}): ` +
      `write one with "config:" and "aws:region: REGION" below it`;
    return [{ stack: HUB, text }];
  }
  return sharedKeyFaults(project);
}

/** Faults that show without a plan: what is wrong within a stack, and in what stacks must agree on. */
export function faultsInFiles(project: Project): Fault[] {
  const early = earlyFaults(project);
  if (!Object.hasOwn(project.stacks, HUB)) return early;
  return [...Object.keys(project.stacks).flatMap((stack) => ownFaults(project, stack)), ...early];
}

/**
 * Faults of all stacks, where a plan ends at the first; empty when the configuration is not to blame.
 *
 * First those that show without a plan; only when there is none, what a spoke refuses in the hub.
 */
export async function faults(project: Project): Promise<Fault[]> {
  const stacks = Object.keys(project.stacks);
  const found = faultsInFiles(project);
  if (found.length > 0) return found;

  const hub = await planStack(project, HUB, {});
  const refused: Fault[] = [];
  // One after the other: a run hears of every failure in the process.
  for (const stack of stacks.filter((name) => name !== HUB)) {
    const planned = await planOrFaults(project, stack, { [HUB]: hub.outputs });
    if (Array.isArray(planned)) refused.push(...planned);
  }
  return refused;
}

/** The plan of one stack against the outputs of the others, or what is wrong with it: first within it, then with these. */
export async function planOrFaults(
  project: Project,
  stack: string,
  others: Readonly<Record<string, Properties>>,
): Promise<StackPlan | Fault[]> {
  const own = ownFaults(project, stack);
  if (own.length > 0) return own;
  try {
    return await planStack(project, stack, others);
  } catch (error) {
    return asFaults(stack, error);
  }
}

/** The faults as text; one that several stacks share is listed once. */
export function faultsInWords(found: readonly Fault[], project: Project): string {
  const groups = new Map<string, string[]>();
  for (const text of new Set(found.map((fault) => fault.text))) {
    const stacks = found.filter((fault) => fault.text === text).map(({ stack }) => stack);
    const title = stacks.length === Object.keys(project.stacks).length ? "every stack" : stacks.join(", ");
    groups.set(title, [...(groups.get(title) ?? []), text]);
  }
  const lines = [...groups].flatMap(([title, texts]) => [`  ${title}`, ...texts.map((text) => `    - ${text}`)]);
  return ["The configuration cannot be deployed:", ...lines].join("\n");
}

function ownFaults(project: Project, stack: string): Fault[] {
  try {
    const config = configForProgram(project, stack, stackConfig(project, project.stacks[stack] ?? {}));
    decodeSettings(rawConfig(stack, project.name, config));
    return [];
  } catch (error) {
    return asFaults(stack, error).map(({ text }) => ({ stack, text: withEnvironmentHint(text, stack, project) }));
  }
}

function asFaults(stack: string, error: unknown): Fault[] {
  if (error instanceof ConfigurationError) return error.faults.map((text) => ({ stack, text }));
  if (error instanceof ProjectError || pulumi.RunError.isInstance(error)) return [{ stack, text: error.message }];
  throw error;
}
