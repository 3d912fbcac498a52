import type { Verification } from "./verification";

/** Version of the JSON format. It changes when a field is removed or changes its meaning, not when one is added. */
const VERSION = 2;

/** The verification as JSON, for programs. */
export function verificationAsJson({ stacks, skipped, checks, drift }: Verification): object {
  return { version: VERSION, stacks, skipped, checks, drift };
}
