import type { Estate, EstateStack } from "../model/estate";

/** Something that the network keeps, whatever is changed in it. */
export interface NetworkCheck {
  readonly name: string;
  /** What is kept, in a sentence. */
  readonly sentence: string;
  /** Holds it against one stack, which it may see among the others; undefined: it does not concern the stack. */
  readonly check: (stack: EstateStack, all: Estate) => Finding | undefined;
}

export interface Finding {
  readonly passed: boolean;
  /** What was seen: of a broken check what breaks it, of a kept one what keeps it. */
  readonly evidence: readonly string[];
}

/** One thing that must be so, and what was seen of it. */
export interface Seen {
  readonly passed: boolean;
  readonly evidence: string;
}

/** A finding of what must be so: broken by those that are not. */
export function finding(seen: readonly Seen[]): Finding {
  const broken = seen.filter(({ passed }) => !passed);
  const shown = broken.length > 0 ? broken : seen;
  return { passed: broken.length === 0, evidence: shown.map(({ evidence }) => evidence) };
}
