import { closeSync, openSync, readSync, statSync, writeFileSync } from "node:fs";
import { UsageError } from "./arguments";

/** What a file of this program's begins with. */
export const BEGINNINGS = { plan: '{\n  "version": ', picture: "<svg" } as const;

/**
 * Writes a file that the command line names. A file that is there already is overwritten only if this program wrote it:
 * a mistake must not cost the project's configuration (Review F20).
 *
 * @throws UsageError for another file
 */
export function writeOutput(file: string, kind: keyof typeof BEGINNINGS, text: string): void {
  if (isOther(file, BEGINNINGS[kind])) {
    throw new UsageError(`${file} exists and is not a ${kind} that npm start wrote; name another file, or delete it.`);
  }
  writeFileSync(file, text);
}

/** Whether there is a regular file with something else in it. A device, such as /dev/null, is written to. */
function isOther(file: string, beginning: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size === 0) return false;
  const start = Buffer.alloc(beginning.length);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, start);
  } finally {
    closeSync(descriptor);
  }
  return start.toString("utf8") !== beginning;
}
