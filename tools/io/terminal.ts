import { styleText } from "node:util";

/** Columns of what a command prints when the terminal does not say how many it has. */
export const WIDTH = 100;

/** Where a command reads and writes. */
export interface Io {
  /** Folder of the project. */
  readonly folder: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly paint: Paint;
  /** Columns of the terminal. @default WIDTH */
  readonly width?: number;
}

/** Styles of text. What a text says must not depend on its style, since there may be no colour. */
const STYLES = ["bold", "dim", "green", "yellow", "red"] as const;

export type Style = (typeof STYLES)[number];

export type Paint = (style: Style, text: string) => string;

/** Without any style. */
export const plainPaint: Paint = (_style, text) => text;

/** Runs a command on the terminal of this process, which ends with the exit code that it returns. */
export function onTerminal(command: (argv: readonly string[], io: Io) => number | Promise<number>): void {
  // A reader that has seen enough, such as head, is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const io: Io = {
    folder: process.cwd(),
    out: (text) => void process.stdout.write(forTerminal(text)),
    err: (text) => void process.stderr.write(forTerminal(text)),
    paint: (style, text) => styleText(style, text, { stream: process.stdout, validateStream: true }),
    width: columns(process.env["COLUMNS"], process.stdout.columns),
  };
  void Promise.resolve(command(process.argv.slice(2), io)).then((code) => {
    process.exitCode = code;
  });
}

/** Fewest columns to write for: a path or a name has to fit. */
const NARROWEST = 20;

/** Columns to write for: from the variable COLUMNS, otherwise of the terminal, otherwise {@link WIDTH}. */
export function columns(asked: string | undefined, terminal: number | undefined): number {
  const width = /^\d{1,4}$/.test(asked ?? "") ? Number(asked) : (terminal ?? WIDTH);
  return width === 0 ? WIDTH : Math.max(NARROWEST, width);
}

/** What begins and ends a style: the only sequences that a terminal is meant to interpret. */
const STYLE_SEQUENCES = STYLES.flatMap((style) => styleText(style, "\0", { validateStream: false }).split("\0"));
/** What {@link forTerminal} leaves as it is. */
const INTERPRETED = new RegExp(`(\n|\t|${STYLE_SEQUENCES.map((sequence) => sequence.replace("[", "\\[")).join("|")})`);

/**
 * Text that a terminal shows and does not interpret. Names, tags and keys come from untrusted files,
 * and an escape sequence in one could overwrite what the report says. Lines, tabs and this program's own styles remain.
 */
export function forTerminal(text: string): string {
  return text
    .split(INTERPRETED)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join("");
}

/**
 * Invisible characters that have an effect: they end a line, move the cursor, colour text, change its direction or hide
 * it. (Unicode's control, format, surrogate and private-use characters, and its line and paragraph separators.)
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/**
 * Text with every invisible character written as JSON writes it, such as `\u001b`.
 *
 * @param alsoEscaped visible characters to escape too
 */
export function printable(text: string, alsoEscaped = ""): string {
  const escaped = text.replace(INVISIBLE, escape);
  return [...alsoEscaped].reduce((result, character) => result.replaceAll(character, escape(character)), escaped);
}

function escape(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

/** Items joined by a separator and a space, in lines of at most `width` columns; a longer item has its own line. */
export function wrapped(items: readonly string[], separator: "," | ";" | "", width: number): string[] {
  const lines: string[] = [];
  for (const [index, item] of items.entries()) {
    const text = index < items.length - 1 ? item + separator : item;
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(text) <= width) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(text);
  }
  return lines;
}

/** Columns that a text takes on a terminal; styles take none. */
export function widthOf(text: string): number {
  return text.replace(/\u001b\[[0-9;]*m/g, "").length;
}
