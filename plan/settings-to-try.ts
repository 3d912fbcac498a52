import { parse } from "yaml";
import type { Json } from "./engine/wire";
import { ProjectError, type Project } from "./project";

/** Stands for every stack in `--set`. */
export const EVERY_STACK = "*";

/**
 * The project with `--set STACK:KEY=VALUE` applied: VALUE is read as YAML, KEY is of the project's namespace unless
 * it names another (`dev:aws:region=...`), and `*` for STACK means every stack.
 *
 * @throws ProjectError for text of another form, or a stack without a file.
 */
export function withSettings(project: Project, texts: readonly string[]): Project {
  const stacks: Record<string, Record<string, Json>> = Object.fromEntries(
    Object.entries(project.stacks).map(([stack, config]) => [stack, { ...config }]),
  );
  for (const text of texts) {
    const [, stack = "", key = "", value = ""] = /^([^:=]+):([^=]+)=(.*)$/s.exec(text) ?? [];
    if (stack === "") {
      throw new ProjectError(`--set ${text}: the form is STACK:KEY=VALUE, for instance --set dev:az-count=3`);
    }
    const targets = stack === EVERY_STACK ? Object.keys(stacks) : [stack];
    for (const target of targets) {
      const config = stacks[target];
      if (config === undefined) {
        throw new ProjectError(
          `--set ${text}: there is no Pulumi.${stack}.yaml; stacks are ${Object.keys(stacks).join(", ")}, or * for all`,
        );
      }
      config[key.includes(":") ? key : `${project.name}:${key}`] = parse(value) as Json;
    }
  }
  return { ...project, stacks };
}
