import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UsageError, UserError } from "./errors";

/** What a command expects in a file that it reads. */
interface ExpectedFile {
  /** `a plan`. */
  readonly what: string;
  /** Command that writes one: `npm start -- --json FILE`. */
  readonly writtenBy: string;
  /** Largest file that is read, in bytes. */
  readonly maxBytes: number;
}

/**
 * Text of a file: UTF-8, or UTF-16 where a byte order mark says so, as Windows PowerShell writes what it redirects. The
 * mark is no part of the text.
 *
 * @param name of the file in messages. @default path
 * @throws UserError for a file that does not exist, that is a folder, or that is too large
 */
export function readTextFile(path: string, { what, writtenBy, maxBytes }: ExpectedFile, name = path): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UserError(`${name} does not exist: ${writtenBy} writes it`);
  if (found.isDirectory()) throw new UserError(`${name} is a folder: name the files in it; ${writtenBy} writes them`);
  if (found.size > maxBytes) {
    const [size, most] = [found.size, maxBytes].map((bytes) => bytes.toLocaleString("en-GB"));
    throw new UserError(`${name} is not ${what}: it has ${size ?? ""} bytes, and at most ${most ?? ""} are read`);
  }
  return decoded(readFileSync(path));
}

function decoded(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

/** A file that an option names, and how what is written to it begins. */
interface Target {
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

/**
 * Refuses to write results to a folder, to a file that the option has not written before, or to the file of another
 * option, so that no option overwrites configuration, sources or exports. A pipe, a device, an empty file and a new one
 * are allowed.
 *
 * @param folder that relative names are in
 * @param pages files that the command writes too
 * @throws UsageError
 */
export function refuseToOverwrite(folder: string, targets: readonly Target[], pages: readonly string[] = []): void {
  const taken = new Map(pages.map((page) => [resolve(folder, page), "the page"]));
  for (const { option, file, begins } of targets) {
    if (file === undefined || file === "-") continue;
    const path = resolve(folder, file);
    const reason = reasonNotToWrite(path, taken.get(path), { option, file, begins });
    if (reason !== undefined) throw new UsageError(`${option} ${file}: ${reason}`);
    taken.set(path, option);
  }
}

function reasonNotToWrite(
  path: string,
  other: string | undefined,
  { option, file, begins }: Target,
): string | undefined {
  if (other !== undefined) return `${other} is written to this file; choose another name`;
  if (!isFolder(dirname(path))) return "its folder does not exist; create it, or choose another name";
  if (file === "" || isFolder(path)) return "is a folder; give the name of a file";
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size === 0 || begins.test(firstCharacters(path)))
    return undefined;
  return `the file exists and ${option} did not write it; choose another name, or remove the file`;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function firstCharacters(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(512);
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}
