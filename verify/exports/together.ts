import { HUB } from "../../plan/plan";
import type { Project } from "../../plan/project";
import type { StackExport } from "./export";
import { ExportError } from "./error";
import { readExport } from "./read";

/** A file and what is in it. */
export interface File {
  readonly name: string;
  readonly text: string;
}

/**
 * The exports of one project.
 *
 * @throws ExportError for a file that is no export of the project, a stack that the project does not have or that two
 *   files are of, and without the hub, which every spoke is verified against.
 */
export function readExports(files: readonly File[], { name, stacks }: Project): StackExport[] {
  const exports = files.map(({ name: file, text }) => readExport(text, file, name));
  for (const [index, { stack, file }] of exports.entries()) {
    if (!Object.hasOwn(stacks, stack)) {
      const known = Object.keys(stacks).join(", ");
      throw new ExportError(`${file} is of the stack ${stack}, which has no Pulumi.${stack}.yaml; stacks are ${known}`);
    }
    const earlier = exports.slice(0, index).find((each) => each.stack === stack);
    if (earlier !== undefined) throw new ExportError(`${earlier.file} and ${file} are both of the stack ${stack}`);
  }
  if (!exports.some(({ stack }) => stack === HUB)) {
    const given = exports.map(({ stack }) => stack).join(", ");
    throw new ExportError(
      `No file is of the stack ${HUB}: a spoke (here ${given}) is verified together with the hub, so export that too`,
    );
  }
  return exports;
}
