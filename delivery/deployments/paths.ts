/** Everything that the program is made of and reads, whatever the stack. */
const PROGRAM: readonly string[] = [
  "index.ts",
  "components/**",
  "package.json",
  "package-lock.json",
  ".npmrc",
  "tools/cli/start.cjs",
  ".nvmrc",
  "Pulumi.yaml",
  "Pulumi.README.md",
];

/**
 * Path filters of a stack: a change of other files, such as documentation, neither previews nor updates it (Pulumi
 * Docs, "Path Filtering"; a pattern must match the whole path).
 *
 * @param starts whether a push starts this stack, and with it the chain: then the configuration of every stack is its
 *   affair, or a change of `Pulumi.dev.yaml` alone would start nothing
 */
export function pathFilters(stack: string, starts: boolean): string[] {
  return [...PROGRAM, starts ? "Pulumi.*.yaml" : `Pulumi.${stack}.yaml`];
}
