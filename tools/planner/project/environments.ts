import type { Project } from "./project";

/** Sentences about the Pulumi ESC environments of stacks, which the plan does not read. */
export function environmentNotes({ environments }: Project): string[] {
  return [...(environments ?? [])].map(
    ([stack, names]) =>
      `Pulumi.${stack}.yaml imports the environment ${names.join(", ")}, which only Pulumi Cloud can read: ` +
      `what it sets is not in this plan. Try a value with --set ${stack}:KEY=VALUE.`,
  );
}

/** A fault of a stack, with the hint that an environment may set what is missing. */
export function withEnvironmentHint(text: string, stack: string, { environments }: Project): string {
  const names = environments?.get(stack);
  if (names === undefined || !text.includes(" is missing: ")) return text;
  return `${text}. The environment ${names.join(", ")} may set it, and the plan does not read environments`;
}
