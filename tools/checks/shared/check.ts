import type { ModelResource } from "../../model/resource";
import type { AllStacks, StackResources } from "../../model/stacks";

/** A guarantee about the network, as an automated check. */
export interface NetworkCheck {
  readonly name: string;
  /** The guarantee, in one sentence. */
  readonly sentence: string;
  /** Runs the check on one stack, among all stacks; undefined: it does not apply to the stack. */
  readonly check: (stack: StackResources, all: AllStacks) => Finding | undefined;
}

export interface Finding {
  readonly passed: boolean;
  /** One line per observation: of a failed check only those that failed, of a passed one all. */
  readonly evidence: readonly string[];
}

/** One observation of a check: whether it passes, and the line of evidence. */
export interface Observation {
  readonly passed: boolean;
  readonly evidence: string;
}

/** The finding from all observations: it fails if any of them fails. */
export function finding(observations: readonly Observation[]): Finding {
  const failed = observations.filter(({ passed }) => !passed);
  const shown = failed.length > 0 ? failed : observations;
  return { passed: failed.length === 0, evidence: shown.map(({ evidence }) => evidence) };
}

/** The observations without duplicates. */
export function distinct(observations: readonly Observation[]): Observation[] {
  return [...new Map(observations.map((each) => [`${String(each.passed)} ${each.evidence}`, each])).values()];
}

/** The resources of a type in a stack. */
export function resourcesOfType(
  { resources }: Pick<StackResources, "resources">,
  type: string,
): readonly ModelResource[] {
  return resources.filter((resource) => resource.type === type);
}
