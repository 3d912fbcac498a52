import { closeSync, openSync, readSync, statSync } from "node:fs";
import { UsageError } from "./arguments";

/** How a file that this program writes begins. */
const BEGINNINGS = { plan: '{\n  "version": ', picture: "<svg" } as const;

/**
 * Refuses to overwrite a file that this program did not write: a mistake must not cost the project's configuration
 * (Review F20).
 *
 * @throws UsageError for such a file
 */
export function refuseOtherFile(file: string, kind: keyof typeof BEGINNINGS): void {
  if (isOther(file, BEGINNINGS[kind])) {
    throw new UsageError(`${file} exists and is not a ${kind} that npm start wrote; name another file, or delete it.`);
  }
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
