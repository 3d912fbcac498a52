import type { AllStacks, StackResources } from "../model/stacks";

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
  /** One line per observation: of a failed check only what fails, of a passed one everything. */
  readonly evidence: readonly string[];
}

/** One observation: whether it passes, and what was found. */
export interface Seen {
  readonly passed: boolean;
  readonly evidence: string;
}

/** The finding from all observations: it fails if any of them fails. */
export function finding(seen: readonly Seen[]): Finding {
  const broken = seen.filter(({ passed }) => !passed);
  const shown = broken.length > 0 ? broken : seen;
  return { passed: broken.length === 0, evidence: shown.map(({ evidence }) => evidence) };
}
