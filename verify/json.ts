import type { Verification } from "./verification";

/** Version of the JSON form. It rises when a field leaves or changes its meaning, not when one joins. */
const VERSION = 1;

/** The stable form of a verification, for programs. */
export function verificationAsJson({ stacks, notLookedAt, checks, drift }: Verification): object {
  return { version: VERSION, stacks, notLookedAt, checks, drift };
}
