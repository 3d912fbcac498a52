import { isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";
import { grouped } from "../../io/words";
import { isDeeper } from "../../model/resource";

/** Text that is not valid YAML; the message has the position and the reason, but not the name of the file. */
export class YamlError extends Error {}

/** Most levels of nested lists and objects; the program's own keys have three. */
const DEEPEST = 32;

/** Most open brackets; the parser is recursive, and a few thousand exceed its stack. */
const DEEPEST_TEXT = 200;

/** Most characters of a text; a configuration of 250 networks has 20,000. */
const LONGEST = 250_000;

/**
 * Parses YAML as the Pulumi CLI does: with merge keys (`<<`), and without a byte order mark.
 *
 * @throws YamlError for text that is not YAML or is too long, an unresolved alias, and nesting of more than
 *   {@link DEEPEST} levels.
 */
export function readYaml(text: string): unknown {
  const source = text.replace(/^\uFEFF/, "");
  if (source.length > LONGEST) {
    throw new YamlError(`it has ${grouped(source.length)} characters; a configuration has at most ${grouped(LONGEST)}`);
  }
  if (openBrackets(source) > DEEPEST_TEXT) throw tooDeep();
  try {
    return parsed(source);
  } catch (error) {
    // The parser also recurses into levels without brackets.
    if (error instanceof RangeError) throw tooDeep();
    throw error;
  }
}

function parsed(source: string): unknown {
  const lines = new LineCounter();
  // The parser's own search for duplicate keys takes quadratic time.
  const options = {
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    lineCounter: lines,
  } as const;
  const document = parseDocument(source, options);
  const [error] = document.errors;
  if (error?.message.includes("call stack") === true) throw tooDeep();
  const found = error ?? repeatedKey(document);
  if (found !== undefined) {
    const { line, col } = lines.linePos(found.pos[0]);
    throw new YamlError(`line ${String(line)}, column ${String(col)}: ${oneLine(found.message)}`);
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    // An alias without its anchor, or so many aliases that the value would fill the memory.
    throw new YamlError(oneLine(error instanceof Error ? error.message : String(error)));
  }
  if (isDeeper(value, DEEPEST)) throw tooDeep();
  return value;
}

interface Found {
  readonly pos: readonly [start: number, ...rest: number[]];
  readonly message: string;
}

/** The first repeated key of an object. */
function repeatedKey(document: Document): Found | undefined {
  let found: Found | undefined;
  visit(document, {
    Map(_place, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          found = {
            pos: [key.range?.[0] ?? 0],
            message: `the key ${JSON.stringify(key.value).slice(0, 60)} is there twice`,
          };
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

function tooDeep(): YamlError {
  return new YamlError(`lists and objects are nested more than ${String(DEEPEST)} levels deep`);
}

/** Most brackets that are open at once. Brackets in quotes and comments count too, so the number is never too low. */
function openBrackets(text: string): number {
  let [open, most] = [0, 0];
  for (const character of text) {
    if (character === "[" || character === "{") most = Math.max(most, (open += 1));
    else if (character === "]" || character === "}") open = Math.max(0, open - 1);
  }
  return most;
}

function oneLine(message: string): string {
  return message.trim().replace(/\s+/g, " ");
}
