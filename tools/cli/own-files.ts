import { closeSync, openSync, readSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** A file that an option names, and how what is written to it begins. */
export interface Target {
  /** `--json` */
  readonly option: string;
  /** As it was typed; undefined: the option was not given. */
  readonly file: string | undefined;
  /** Form of the first characters of a file that the option has written before. */
  readonly begins: RegExp;
}

/** What `--json` writes: a version, and no `deployment` beside it, which is an export of a stack. */
export const OUR_JSON = /^\{\s*"version":\s*\d+,\s*"(?!deployment")/;

/** What `--picture` writes. */
export const OUR_PICTURE = /^(?:<\?xml[^>]*>\s*|<!--[^>]*>\s*)*<svg[\s>]/;

/** Characters of a file that are looked at. */
const HEAD = 512;

/**
 * Why a command must not write its results, in a sentence: an option names a folder, a file that the option has not
 * written, or the file of another option. Configuration, sources and exports are never overwritten so; a pipe, a device,
 * an empty file and a new one may be written.
 *
 * @param folder that relative names are in
 * @param pages files that the command writes besides
 */
export function refusalToWrite(
  folder: string,
  targets: readonly Target[],
  pages: readonly string[] = [],
): string | undefined {
  const taken = new Map(pages.map((page) => [resolve(folder, page), "the page"]));
  for (const { option, file, begins } of targets) {
    if (file === undefined || file === "-") continue;
    const path = resolve(folder, file);
    const other = taken.get(path);
    if (other !== undefined) return `${option} ${file}: ${other} is written to this file; choose another name`;
    taken.set(path, option);
    if (!isFolder(dirname(path)))
      return `${option} ${file}: its folder does not exist; create it, or choose another name`;
    if (file === "" || isFolder(path)) return `${option} ${file}: is a folder; give the name of a file`;
    if (isOfAnother(path, begins)) {
      return `${option} ${file}: the file exists and ${option} did not write it; choose another name, or remove the file`;
    }
  }
  return undefined;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Whether a file is there, and is not what the option writes. */
function isOfAnother(path: string, begins: RegExp): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size === 0) return false;
  return !begins.test(headOf(path));
}

function headOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEAD);
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, HEAD, 0));
  } finally {
    closeSync(file);
  }
}
