import { parseArgs, type ParseArgsOptionDescriptor } from "node:util";
import { isFileError, UsageError, UserError } from "./errors";
import { type Io, WIDTH, wrapped } from "./terminal";

/** An option of a command; without `value` it is a flag. */
interface Option {
  /** What its value is, in the usage: `FILE`. */
  readonly value?: string;
  /** `--details` beside `--details=VALUE`. @default false */
  readonly valueIsOptional?: true;
  /** Whether it may be given more than once. @default false */
  readonly repeatable?: true;
  /** What it does, in Markdown: a phrase without a period. */
  readonly help: string;
  /** Form of the value, and its description for the error message: `must be MAJOR.MINOR`. @default any text */
  readonly form?: readonly [pattern: RegExp, must: string];
  /** Option that it is only allowed with. */
  readonly requires?: string;
  /** Options that it is not allowed with, and why; `json -` is `--json` with the value `-`. */
  readonly excludes?: Readonly<Record<string, string>>;
}

export type Options = Readonly<Record<string, Option>>;

/** Name, operands and help of a command. */
interface Usage {
  /** `npm run verify`. */
  readonly command: string;
  /** Operands of the command: `FILE...`, `[STACK...]`, `BASE HEAD`. @default nothing */
  readonly operands?: string;
  /** What the operands are, in Markdown: a phrase without a period. */
  readonly operandsHelp?: string;
  /** Paragraphs below the first line, in lines of at most {@link WIDTH} characters. */
  readonly about: string;
  /** Sentence about the exit codes, in such lines. */
  readonly exitCodes: string;
  /** Exit code for a {@link UserError} and for a file that cannot be read or written. @default 1 */
  readonly exitCodeOfRefusal?: 1 | 2;
}

/** Value of an option; of one whose value is optional, all values, and undefined when the option was not given. */
type ValueOf<O extends Option> = O extends { value: string }
  ? O extends { valueIsOptional: true }
    ? readonly string[] | undefined
    : O extends { repeatable: true }
      ? readonly string[]
      : string | undefined
  : boolean;

/** A command line, read: values by the names of the options. */
export type Given<O extends Options> = { readonly [Name in keyof O]: ValueOf<O[Name]> } & {
  /** What stands beside the options. */
  readonly operands: readonly string[];
};

/** A command: takes a command line, returns the exit code. */
interface Command<I, Rest extends readonly unknown[]> {
  (argv: readonly string[], io: I, ...rest: Rest): Promise<number>;
  /** What `--help` prints. */
  readonly usage: string;
  /** The first lines of {@link usage}: command, operands and options. */
  readonly synopsis: string;
  /** Markdown table of the options. */
  readonly optionTable: string;
}

/** Exit code of a command line of another form. */
const MISUSE = 2;

/**
 * A command with its options, its usage and its exit codes.
 *
 * An error that a user can mend becomes a sentence and an exit code: 2 for a command line of another form, and
 * {@link Usage.exitCodeOfRefusal} for others. Any other error is a bug and keeps its stack trace.
 *
 * @param run returns the exit code; `rest` is what the caller passes on, such as AWS clients in tests
 */
export function command<const O extends Options, I extends Pick<Io, "out" | "err">, Rest extends readonly unknown[]>(
  usage: Usage,
  options: O,
  run: (given: Given<O>, io: I, ...rest: Rest) => number | Promise<number>,
): Command<I, Rest> {
  const all: Options = { ...options, help: { help: "show this help" } };
  const usageText = usageOf(usage, all);
  const main = async (argv: readonly string[], io: I, ...rest: Rest): Promise<number> => {
    try {
      const given = read(argv, usage, all);
      if (given["help"] !== true) return await run(given as Given<O>, io, ...rest);
      io.out(usageText);
      return 0;
    } catch (error) {
      if (!(error instanceof UserError) && !isFileError(error)) throw error;
      if (!(error instanceof UsageError)) {
        io.err(`${error.message}\n`);
        return usage.exitCodeOfRefusal ?? 1;
      }
      io.err(`${error.message}\nRun ${usage.command} -- --help for usage.\n`);
      return MISUSE;
    }
  };
  return Object.assign(main, { usage: usageText, synopsis: synopsisOf(usage, all), optionTable: tableOf(usage, all) });
}

/** Returns the names. @throws UsageError that lists the known names where one is unknown */
export function existing<Name extends string>(noun: string, names: readonly string[], known: readonly Name[]): Name[] {
  const unknown = names.filter((name) => !(known as readonly string[]).includes(name));
  if (unknown.length === 0) return names as Name[];
  const which = unknown.map((name) => (name === "" ? '""' : name)).join(", ");
  throw new UsageError(`There is no ${noun} ${which}; ${noun}s are ${known.join(", ")}.`);
}

type Values = Readonly<Record<string, boolean | string | readonly string[] | undefined>>;

/** @throws UsageError */
function read(argv: readonly string[], usage: Usage, options: Options): Values {
  const { values, operands } = parsed(argv, options);
  if (values["help"] === true) return values;
  for (const name of Object.keys(options)) check(name, options, values);
  checkOperands(operands, usage);
  return { ...values, operands };
}

/** Suffix of the name under which an optional value is parsed: Node's parser has no options with an optional value. */
const WITH_VALUE = "-value";

function parsed(argv: readonly string[], options: Options): { readonly values: Values; readonly operands: string[] } {
  const entries = Object.entries(options);
  const optional = entries.filter(([, { valueIsOptional }]) => valueIsOptional).map(([name]) => name);
  const separate = (word: string): string =>
    optional.reduce((each, name) => each.replace(`--${name}=`, `--${name}${WITH_VALUE}=`), word);
  try {
    const { values: found, positionals } = parseArgs({
      args: argv.map((word) => (word.startsWith("--") ? separate(word) : word)),
      allowPositionals: true,
      options: Object.fromEntries<ParseArgsOptionDescriptor>([
        ...entries.map(([name, { value, valueIsOptional, repeatable = false }]) => {
          const type = value === undefined || valueIsOptional ? "boolean" : "string";
          return [name, { type, multiple: repeatable, ...(name === "help" ? { short: "h" } : {}) }] as const;
        }),
        ...optional.map((name) => [name + WITH_VALUE, { type: "string", multiple: true }] as const),
      ]),
    });
    const values = found as Values;
    const read = entries.map(([name, { value, valueIsOptional, repeatable }]) => {
      if (valueIsOptional) return [name, values[name] === true ? [] : values[name + WITH_VALUE]];
      return [name, values[name] ?? (value === undefined ? false : repeatable ? [] : undefined)];
    });
    return { values: Object.fromEntries(read) as Values, operands: positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** @throws UsageError for a value of another form, and for options that are not allowed together */
function check(name: string, options: Options, values: Values): void {
  if (!isGiven(name, options, values)) return;
  const { form, requires, excludes = {} } = options[name] ?? {};
  const wrong = form && [values[name]].flat().find((each) => !form[0].test(String(each)));
  if (wrong !== undefined) throw new UsageError(`--${name} is "${String(wrong)}": ${form?.[1] ?? ""}.`);
  if (requires !== undefined && !isGiven(requires, options, values)) {
    throw new UsageError(`--${name} requires --${requires}.`);
  }
  for (const [other, reason] of Object.entries(excludes)) {
    const [option = "", only] = other.split(" ");
    if (only === undefined ? isGiven(option, options, values) : values[option] === only) {
      throw new UsageError(`--${other} and --${name} exclude each other: ${reason}.`);
    }
  }
}

function isGiven(name: string, options: Options, values: Values): boolean {
  const value = values[name];
  const isEmptyList = Array.isArray(value) && value.length === 0 && options[name]?.valueIsOptional !== true;
  return value !== undefined && value !== false && !isEmptyList;
}

/** @throws UsageError for too few or too many */
function checkOperands(operands: readonly string[], { operands: expected = "", operandsHelp }: Usage): void {
  const names = expected.split(" ").filter((name) => name !== "");
  const missing = names.slice(operands.length).find((name) => !name.startsWith("["));
  const isRepeatable = names.at(-1)?.includes("...") ?? false;
  const [more] = isRepeatable ? [] : operands.slice(names.length);
  if (more !== undefined) throw new UsageError(`There is one argument too many: ${more}.`);
  if (missing !== undefined || operands.includes("")) {
    throw new UsageError(
      `${(missing ?? names[0] ?? "").replace("...", "")} is missing: ${plainText(operandsHelp ?? "")}.`,
    );
  }
}

function usageOf(usage: Usage, options: Options): string {
  const rows = rowsOf(usage, options).map(([name, help]) => [name, plainText(help)] as const);
  const column = 2 + Math.max(...rows.map(([name]) => name.length)) + 2;
  const lines = rows.flatMap(([name, help]) => {
    const [first = "", ...others] = wrapped(help.split(" "), "", WIDTH - column);
    return [`  ${name}`.padEnd(column) + first, ...others.map((line) => " ".repeat(column) + line)];
  });
  return `${[synopsisOf(usage, options), usage.about, lines.join("\n"), usage.exitCodes].join("\n\n")}\n`;
}

function synopsisOf({ command, operands }: Usage, options: Options): string {
  const start = `${command} -- `;
  const entries = Object.entries(options);
  const parts = entries
    .filter(([, { requires }]) => requires === undefined)
    .map(([name, option]) => {
      const inside = entries
        .filter(([, { requires }]) => requires === name)
        .map(([other, each]) => ` [${written(other, each)}]`);
      return `[${written(name, option)}${inside.join("")}]${option.repeatable ? "..." : ""}`;
    });
  const lines = wrapped([...(operands === undefined ? [] : [operands]), ...parts], "", WIDTH - start.length);
  return start + lines.join(`\n${" ".repeat(start.length)}`);
}

/** Markdown without its marks of code. */
function plainText(markdown: string): string {
  return markdown.replaceAll("`", "");
}

/** Markdown. */
function tableOf(usage: Usage, options: Options): string {
  const rows = rowsOf(usage, options).map(([name, help]) => `| \`${name}\` | ${help} |`);
  return ["| option | effect |", "| --- | --- |", ...rows].join("\n");
}

function rowsOf({ operands, operandsHelp }: Usage, options: Options): (readonly [name: string, help: string])[] {
  return [
    ...(operands === undefined || operandsHelp === undefined
      ? []
      : [[operands.replace(/^\[(\S+)\]$/, "$1"), operandsHelp] as const]),
    ...Object.entries(options).map(([name, option]) => {
      const help = option.repeatable ? `${option.help}; repeatable` : option.help;
      return [written(name, option), help] as const;
    }),
  ];
}

/** `--json FILE`, `--details[=SECTION,...]`. */
function written(name: string, { value, valueIsOptional }: Option): string {
  if (value === undefined) return `--${name}`;
  return valueIsOptional ? `--${name}[=${value}]` : `--${name} ${value}`;
}
