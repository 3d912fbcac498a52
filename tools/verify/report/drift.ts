import { indented, wrapped } from "../../report/terminal/lines";
import { printable, WIDTH } from "../../io/terminal";
import type { Paint, Style } from "../../report/terminal/paint";
import { labelOf } from "../../planner/engine/resource";
import { counted, grouped } from "../../report/view/words";
import { isNone, type Drift } from "../drift/drift";
import type { Difference } from "../drift/found";
import type { Concern } from "../live/rule";
import { valueInWords, type Names } from "./values";

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
type Kind = keyof typeof KINDS;

const GRAVE = "critical: affects reachability, access, encryption or logs";

interface Line {
  readonly kind: Kind;
  /** `TYPE::NAME`. */
  readonly resource: string;
  readonly details: readonly string[];
}

/** The drift of each stack, with a legend. */
export function driftLines(drift: readonly Drift[], names: Names, paint: Paint): string[] {
  const kinds = new Set<Kind>();
  const lines = drift.flatMap((stack) => {
    if (isNone(stack)) return [`${paint("bold", stack.stack)}: no drift; ${sameInWords(stack)}`];
    const found = linesOf(stack, names);
    for (const { kind } of found) kinds.add(kind);
    return [
      `${paint("bold", stack.stack)}: ${summary(found)}; ${sameInWords(stack)}`,
      ...indented(table(found, paint)),
    ];
  });
  const meanings = (Object.keys(KINDS) as Kind[])
    .filter((kind) => kinds.has(kind))
    .map((kind) => `${kind}: ${KINDS[kind].meaning}`);
  const legend = [...meanings, ...(drift.some(hasGrave) ? [GRAVE] : [])].map((line) => paint("dim", line));
  return [...lines, ...(legend.length === 0 ? [] : ["", ...legend])];
}

/** The number of values that cannot be compared; with `verbose`, their paths. */
export function unknownLines(drift: readonly Drift[], verbose: boolean): string[] {
  const unknown = drift.flatMap(({ stack, unknown: values }) => values.map((value) => ({ stack, ...value })));
  if (unknown.length === 0) return [];
  const count = `${counted(unknown.length, "value")} cannot be compared`;
  if (!verbose) return ["", `${count}; --verbose lists them`];
  return [
    "",
    `${count}:`,
    ...indented(unknown.map(({ stack, resource, path }) => `${stack} ${label(resource)} ${printable(path)}`)),
  ];
}

function linesOf({ missing, unplanned, differing, added, leftovers }: Drift, names: Names): Line[] {
  const bare = (kind: Kind, resources: readonly string[]): Line[] =>
    resources.map((resource) => ({ kind, resource, details: [] }));
  return [
    ...bare("missing", missing),
    ...bare("unplanned", unplanned),
    ...differing.map(({ resource, properties }) => ({
      kind: "differs" as const,
      resource,
      details: properties.flatMap((each) => differenceLines(each, names)),
    })),
    ...[...new Set(added.map(({ resource }) => resource))].map((resource) => ({
      kind: "added" as const,
      resource,
      details: added
        .filter((each) => each.resource === resource)
        .map(({ words, concern }) => `${graveness(concern)}${valueInWords(words, names)}`),
    })),
    ...leftovers.map(({ resource, id }) => ({ kind: "leftover" as const, resource, details: [printable(id)] })),
  ];
}

/** `1 missing, 2 differ`. */
function summary(lines: readonly Line[]): string {
  const count = (kind: Kind): number => lines.filter((line) => line.kind === kind).length;
  const words: Readonly<Record<Kind, string>> = {
    missing: "missing",
    unplanned: "unplanned",
    differs: count("differs") === 1 ? "differs" : "differ",
    added: "with additions",
    leftover: "left over",
  };
  const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => count(kind) > 0);
  return kinds.map((kind) => `${grouped(count(kind))} ${words[kind]}`).join(", ");
}

function sameInWords({ same }: Drift): string {
  return `${counted(same, "resource")} as planned`;
}

const KIND_WIDTH = Math.max(...Object.keys(KINDS).map((kind) => kind.length));
const DETAIL_INDENT = KIND_WIDTH + 4;

function table(lines: readonly Line[], paint: Paint): string[] {
  return lines.flatMap(({ kind, resource, details }) => [
    `${paint(KINDS[kind].style, kind.padEnd(KIND_WIDTH))}  ${label(resource)}`,
    ...indented(details, DETAIL_INDENT),
  ]);
}

function label(resource: string): string {
  const { type, name } = labelOf(resource);
  return printable(`${type} ${name}`);
}

function differenceLines({ path, planned, running, concern }: Difference, names: Names): string[] {
  const words = (value: unknown): string => valueInWords(value, names);
  const at = `${graveness(concern)}${valueInWords(path, new Map())}`;
  // For a list, only its unplanned items are shown.
  const is = Array.isArray(running) ? "has" : "is";
  const parts =
    planned === undefined
      ? [`${at}: ${is} ${words(running)}`, "which is not planned"]
      : [`${at}: planned ${words(planned)}`, running === undefined ? "is missing" : `${is} ${words(running)}`];
  const [first = "", ...others] = wrapped(parts, ",", WIDTH - DETAIL_INDENT - 4);
  return [first, ...indented(others)];
}

/** Prefix of a critical difference, with what it affects. */
function graveness(concern: Concern): string {
  return concern === "other" ? "" : `critical (${concern}): `;
}

function hasGrave({ differing, added }: Drift): boolean {
  return [...differing.flatMap(({ properties }) => properties), ...added].some(({ concern }) => concern !== "other");
}
