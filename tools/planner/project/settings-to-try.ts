import { partsOf } from "./declarations";
import type { Json } from "../engine/wire";
import { ProjectError, type Project } from "./project";
import { typeOf } from "./stack-config";
import { readYaml, YamlError } from "./yaml-file";

/** Stands for every stack in `--set`. */
export const EVERY_STACK = "*";

/**
 * The project with `--set STACK:KEY=VALUE` applied. KEY is of the project's namespace unless it names another
 * (`dev:aws:region=...`), and `*` for STACK means every stack. VALUE is read as YAML; where the key takes text, a number
 * stays the text that was typed, so that 1.30 is not 1.3.
 *
 * @throws ProjectError for text of another form, a stack without a file, or a value that is no YAML.
 */
export function withSettings(project: Project, texts: readonly string[]): Project {
  const stacks = new Map(Object.entries(project.stacks));
  for (const text of texts) {
    const [, stack = "", name = "", value = ""] = /^([^:=]+):([^=]+)=(.*)$/s.exec(text) ?? [];
    if (stack === "") {
      throw new ProjectError(`--set ${text}: the form is STACK:KEY=VALUE, for example --set dev:az-count=3`);
    }
    if (stack !== EVERY_STACK && !stacks.has(stack)) {
      throw new ProjectError(
        `--set ${text}: there is no Pulumi.${stack}.yaml; stacks are ${[...stacks.keys()].join(", ")}, or * for all`,
      );
    }
    const [namespace, key] = name.includes(":") ? partsOf(name, `--set ${text}`) : [project.name, name];
    const qualified = `${namespace}:${key}`;
    const set = { [qualified]: valueOf(value, typeOf(project, qualified) === "string", text) };
    for (const target of stack === EVERY_STACK ? [...stacks.keys()] : [stack]) {
      stacks.set(target, { ...stacks.get(target), ...set });
    }
  }
  return { ...project, stacks: Object.fromEntries(stacks) };
}

function valueOf(value: string, isText: boolean, setting: string): Json {
  try {
    const read = (readYaml(value) ?? "") as Json;
    return isText && typeof read !== "string" ? value : read;
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    if (isText) return value;
    throw new ProjectError(
      `--set ${setting.slice(0, 200)}: the value is not YAML: ${error.message}; ` +
        "write a list as [a, b], and put text with special characters in double quotes",
    );
  }
}
