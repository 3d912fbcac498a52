import { HUB } from "../../../components/settings/networks";
import type { Project } from "../../planner/project/project";
import type { StackExport } from "./export";
import { ExportError } from "./error";
import { readExport } from "./read";

/** A file and its text. */
export interface File {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads the exports of one project.
 *
 * @throws ExportError for a file that is not an export of the project, an unknown stack, two files of one stack, or if the
 *   hub's export is missing
 */
export function readExports(files: readonly File[], { name, stacks }: Project): StackExport[] {
  const exports = files.map(({ name: file, text }) => readExport(text, file, name));
  for (const [index, { stack, file }] of exports.entries()) {
    if (!Object.hasOwn(stacks, stack)) {
      const known = Object.keys(stacks).join(", ");
      throw new ExportError(
        `${file} is the export of stack ${stack}, which has no Pulumi.${stack}.yaml; known stacks: ${known}`,
      );
    }
    const earlier = exports.slice(0, index).find((each) => each.stack === stack);
    if (earlier !== undefined)
      throw new ExportError(`${earlier.file} and ${file} are both exports of stack ${stack}; pass one of them`);
  }
  if (!exports.some(({ stack }) => stack === HUB)) {
    const given = exports.map(({ stack }) => stack).join(", ");
    throw new ExportError(
      `No file is an export of stack ${HUB}. Spokes (here ${given}) are verified together with the hub, so export it too`,
    );
  }
  return exports;
}
