import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CHECKS } from "../checks";
import { command, existing, type Options } from "../io/command";
import { OUR_JSON, readTextFile, refuseToOverwrite } from "../io/files";
import { type Io, onTerminal, type Paint, printable, type Style, WIDTH, wrapped } from "../io/terminal";
import { counted, grouped } from "../io/words";
import { isProperties } from "../model/resource";
import { labelOf } from "../planner/engine/resource";
import { notesOn, planOrRefuse } from "../planner/project/faults";
import { readProject } from "../planner/project/project";
import { checksSection, whySection } from "../report/terminal/checks";
import { indented, section } from "../report/terminal/lines";
import type { PropertyDifference } from "./drift/difference";
import { type Drift, hasNoDrift } from "./drift/drift";
import { minuteOf, UNKNOWN, zoneNamesIn } from "./exports/export";
import { readExports } from "./exports/read";
import type { Concern } from "./live/rule";
import { isGood, type Verification, verificationAsJson, verifyStacks } from "./verification";

const USAGE = {
  command: "npm run verify",
  operands: "FILE...",
  operandsHelp: "an export of one stack; that of the hub is always required",
  about: `Verifies deployed stacks: runs the checks on all of them together, and compares each with the plan
of this configuration. Networks without an export are skipped.

  pulumi refresh --stack hub
  pulumi stack export --stack hub --file hub.json

An export contains what Pulumi last saw in AWS. Without the refresh, verify reports drift from the
plan, but not changes made in the console. It compares every property that affects reachability,
access, encryption or logs with the plan, or with AWS's default. A refresh reads only resources of
the stacks: a static route that someone adds to a transit gateway route table is not found.`,
  exitCodes: `Exit code: 0 if all checks pass and nothing has drifted, 1 if not, 2 if a file or the configuration
cannot be read.`,
  exitCodeOfRefusal: 2,
} as const;

const OPTIONS = {
  why: { value: "CHECK", help: "show the evidence of a check in place of the report" },
  json: { value: "FILE", help: "also write the findings as JSON; `-` prints them in place of the report" },
  verbose: { help: "list the values that cannot be compared, such as secrets" },
} as const satisfies Options;

const EXIT = { good: 0, broken: 1 } as const;

/** A stack of this project has some 500,000 bytes. */
const EXPORT = {
  what: "an export",
  writtenBy: "pulumi stack export --stack STACK --file FILE",
  maxBytes: 100_000_000,
};

/** Verifies exports of deployed stacks and prints a report. */
export const main = command(USAGE, OPTIONS, async ({ operands: files, why, json, verbose }, io: Io) => {
  if (why !== undefined)
    existing(
      "check",
      [why],
      CHECKS.map(({ name }) => name),
    );
  const project = readProject(io.folder);
  refuseToOverwrite(io.folder, [{ option: "--json", file: json, begins: OUR_JSON }]);
  for (const note of notesOn(project)) io.err(`${note}\n`);
  const texts = files.map((name) => ({ name, text: readTextFile(resolve(io.folder, name), EXPORT, name) }));
  const exports = readExports(texts, project);
  const found = verifyStacks(exports, await planOrRefuse(project, { zoneNames: zoneNamesIn(exports) }));

  const jsonInstead = json === "-";
  if (json !== undefined) {
    const text = `${JSON.stringify(verificationAsJson(found), null, 2)}\n`;
    if (jsonInstead) io.out(text);
    else writeFileSync(resolve(io.folder, json), text);
  }
  if (why !== undefined) io.out(`${whySection(why, found.checks, io.paint).join("\n")}\n`);
  else if (!jsonInstead) io.out(verificationReport(found, { verbose }, io.paint));
  return isGood(found) ? EXIT.good : EXIT.broken;
});

/**
 * The report of a verification for a terminal.
 *
 * @param verbose - whether to list the values that cannot be compared
 */
export function verificationReport(
  { stacks, skipped, checks, drift, names }: Verification,
  { verbose }: { readonly verbose: boolean },
  paint: Paint,
): string {
  const verified = stacks.map(({ name }) => name);
  const times = stacks.map(({ name, time }) => `${name} ${minuteOf(time)}`);
  const lines = [
    paint("bold", `${counted(stacks.length, "exported stack")}, verified against the checks and the plan.`),
    ...wrappedList("Last updated or refreshed:", times),
    ...wrappedList("Skipped, without an export:", skipped),
    ...checksSection(checks, verified, paint),
    ...section("Drift from the plan", [...driftLines(drift, names, paint), ...unknownLines(drift, verbose)], paint),
  ];
  return `${lines.join("\n")}\n`;
}

/** A wrapped list after a heading; empty if there are no items. */
function wrappedList(heading: string, items: readonly string[]): string[] {
  const [first, ...others] = items;
  return first === undefined ? [] : hanging(wrapped([`${heading} ${first}`, ...others], ",", WIDTH - 2));
}

/** Lines of which all but the first are indented. */
function hanging(lines: readonly string[]): string[] {
  return [...lines.slice(0, 1), ...indented(lines.slice(1))];
}

/** Kinds of drift, and what an update would do about them. */
const KINDS = {
  missing: { style: "red", meaning: "planned but not deployed; pulumi up would create it" },
  unplanned: { style: "red", meaning: "deployed but not planned; pulumi up would delete it" },
  differs: {
    style: "yellow",
    meaning: "deployed with other properties than planned; pulumi up would update or replace it",
  },
  added: { style: "red", meaning: "added to the resource outside Pulumi; pulumi up would not remove it" },
  leftover: {
    style: "yellow",
    meaning: "replaced or removed by an update, but still in AWS; pulumi up would delete it",
  },
} as const satisfies Record<string, { style: Style; meaning: string }>;
type DriftKind = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as DriftKind[];

const CRITICAL = "critical: affects reachability, access, encryption or logs";

/** A resource with drift of one kind. */
interface Entry {
  readonly kind: DriftKind;
  /** `TYPE::NAME`. */
  readonly resource: string;
  readonly details: readonly string[];
}

/** The drift of each stack, with a legend. */
function driftLines(drift: readonly Drift[], names: Verification["names"], paint: Paint): string[] {
  const kinds = new Set<DriftKind>();
  const lines = drift.flatMap((stack) => {
    const same = `${counted(stack.same, "resource")} as planned`;
    if (hasNoDrift(stack)) return [`${paint("bold", stack.stack)}: no drift; ${same}`];
    const entries = driftEntries(stack, names);
    for (const { kind } of entries) kinds.add(kind);
    return [
      `${paint("bold", stack.stack)}: ${driftSummary(entries)}; ${same}`,
      ...indented(entries.flatMap((entry) => entryLines(entry, paint))),
    ];
  });
  const meanings = KIND_NAMES.filter((kind) => kinds.has(kind)).map((kind) => `${kind}: ${KINDS[kind].meaning}`);
  const legend = [...meanings, ...(drift.some(hasCritical) ? [CRITICAL] : [])].map((line) => paint("dim", line));
  return [...lines, ...(legend.length === 0 ? [] : ["", ...legend])];
}

function driftEntries(
  { missing, unplanned, differing, added, leftovers }: Drift,
  names: Verification["names"],
): Entry[] {
  return [
    ...missing.map((resource): Entry => ({ kind: "missing", resource, details: [] })),
    ...unplanned.map((resource): Entry => ({ kind: "unplanned", resource, details: [] })),
    ...differing.map(({ resource, properties }): Entry => {
      return { kind: "differs", resource, details: properties.flatMap((each) => differenceLines(each, names)) };
    }),
    ...[...new Set(added.map(({ resource }) => resource))].map((resource): Entry => {
      const own = added.filter((each) => each.resource === resource);
      const details = own.map(({ words, concern }) => `${severity(concern)}${valueInWords(words, names)}`);
      return { kind: "added", resource, details };
    }),
    ...leftovers.map(({ resource, id }): Entry => ({ kind: "leftover", resource, details: [printable(id)] })),
  ];
}

/** `1 missing, 2 differ`. */
function driftSummary(entries: readonly Entry[]): string {
  const count = (kind: DriftKind): number => entries.filter((entry) => entry.kind === kind).length;
  const words: Readonly<Record<DriftKind, string>> = {
    missing: "missing",
    unplanned: "unplanned",
    differs: count("differs") === 1 ? "differs" : "differ",
    added: "with additions",
    leftover: "left over",
  };
  const kinds = KIND_NAMES.filter((kind) => count(kind) > 0);
  return kinds.map((kind) => `${grouped(count(kind))} ${words[kind]}`).join(", ");
}

const KIND_WIDTH = Math.max(...KIND_NAMES.map((kind) => kind.length));
const DETAIL_INDENT = KIND_WIDTH + 4;

function entryLines({ kind, resource, details }: Entry, paint: Paint): string[] {
  return [
    `${paint(KINDS[kind].style, kind.padEnd(KIND_WIDTH))}  ${label(resource)}`,
    ...indented(details, DETAIL_INDENT),
  ];
}

function label(resource: string): string {
  const { type, name } = labelOf(resource);
  return printable(`${type} ${name}`);
}

function differenceLines(
  { path, planned, running, concern }: PropertyDifference,
  names: Verification["names"],
): string[] {
  const words = (value: unknown): string => valueInWords(value, names);
  const at = `${severity(concern)}${valueInWords(path, new Map())}`;
  // For a list, only its unplanned items are shown.
  const is = Array.isArray(running) ? "has" : "is";
  const parts =
    planned === undefined
      ? [`${at}: ${is} ${words(running)}`, "which is not planned"]
      : [`${at}: planned ${words(planned)}`, running === undefined ? "is missing" : `${is} ${words(running)}`];
  return hanging(wrapped(parts, ",", WIDTH - DETAIL_INDENT - 4));
}

/** Prefix of a critical difference, with what it affects. */
function severity(concern: Concern): string {
  return concern === "other" ? "" : `critical (${concern}): `;
}

function hasCritical({ differing, added }: Drift): boolean {
  return [...differing.flatMap(({ properties }) => properties), ...added].some(({ concern }) => concern !== "other");
}

/** The number of values that cannot be compared; with `verbose`, their paths. */
function unknownLines(drift: readonly Drift[], verbose: boolean): string[] {
  const paths = drift.flatMap(({ stack, unknown }) =>
    unknown.map(({ resource, path }) => `${stack} ${label(resource)} ${printable(path)}`),
  );
  if (paths.length === 0) return [];
  const count = `${counted(paths.length, "value")} cannot be compared`;
  return verbose ? ["", `${count}:`, ...indented(paths)] : ["", `${count}; --verbose lists them`];
}

/** Most characters of a value that are shown; the JSON output has all. */
const MAX_CHARACTERS = 76;

/** Ids that AWS generates: `subnet-0a1b2c3d4e5f`. */
const ID = /\b[a-z]+(?:-[a-z]+)*-[0-9a-f]{8,}\b/g;

/** A value for display: without quotes and empty parts, ids with resource names, and long values truncated. */
export function valueInWords(value: unknown, names: Verification["names"]): string {
  // Truncated first, because a value may be of any length.
  const whole = inWords(value).slice(0, 4 * MAX_CHARACTERS);
  const text = printable(whole).replace(ID, (id) => {
    const name = names.get(id);
    return name === undefined ? id : `${id} (${name})`;
  });
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS - 1)}…` : text;
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(inWords).join(", ");
  if (value === UNKNOWN) return "a secret";
  if (!isProperties(value)) return value === "" ? "empty" : String(value);
  const fields = Object.entries(value).filter(([, each]) => !isBlank(each));
  return fields.length === 0
    ? "nothing"
    : `{ ${fields.map(([name, each]) => `${name}: ${inWords(each)}`).join("; ")} }`;
}

function isBlank(value: unknown): boolean {
  if (value === "" || value === null || value === undefined || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

if (require.main === module) onTerminal(main);
