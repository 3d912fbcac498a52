import { indented, WIDTH, wrapped } from "../../plan/report/lines";
import type { Paint, Style } from "../../plan/report/paint";
import { labelOf } from "../../plan/view/resources";
import { counted, grouped } from "../../plan/view/words";
import { printable } from "../../plan/printable";
import { isNone, type Drift } from "../drift/drift";
import type { Difference } from "../drift/found";
import type { Concern } from "../live/rule";
import { valueInWords, type Names } from "./values";

/** What can be wrong with a resource, and what an update would do about it. */
const KINDS = {
  missing: { style: "red", meaning: "planned, and does not run: pulumi up would create it" },
  unplanned: { style: "red", meaning: "runs, and is not planned: pulumi up would delete it" },
  differs: { style: "yellow", meaning: "runs otherwise than planned: pulumi up would change or replace it" },
  added: { style: "red", meaning: "put onto a resource of ours outside of Pulumi: pulumi up would leave it" },
  leftover: { style: "yellow", meaning: "given up by an update, and still there: pulumi up would delete it" },
} as const satisfies Record<string, { style: Style; meaning: string }>;
type Kind = keyof typeof KINDS;

const GRAVE = "grave: it decides who or what is reached, who has access, what is encrypted, or what is logged";

interface Line {
  readonly kind: Kind;
  /** `TYPE::NAME`. */
  readonly resource: string;
  readonly details: readonly string[];
}

/** What has drifted in each stack, and what the words for it mean. */
export function driftLines(drift: readonly Drift[], names: Names, paint: Paint): string[] {
  const kinds = new Set<Kind>();
  const lines = drift.flatMap((stack) => {
    if (isNone(stack)) return [`${paint("bold", stack.stack)}: none, ${sameInWords(stack)}`];
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

/** How many values cannot be compared; which, if they are asked for. */
export function unknownLines(drift: readonly Drift[], verbose: boolean): string[] {
  const unknown = drift.flatMap(({ stack, unknown: values }) => values.map((value) => ({ stack, ...value })));
  if (unknown.length === 0) return [];
  const count = `${counted(unknown.length, "value")} cannot be compared`;
  if (!verbose) return ["", `${count}: --verbose says which`];
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
    added: "added to",
    leftover: "left over",
  };
  const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => count(kind) > 0);
  return kinds.map((kind) => `${grouped(count(kind))} ${words[kind]}`).join(", ");
}

function sameInWords({ same }: Drift): string {
  return `${counted(same, "resource")} ${same === 1 ? "runs" : "run"} as planned`;
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
  // Of a list, the items that it has and that are not planned.
  const is = Array.isArray(running) ? "has" : "is";
  const parts =
    planned === undefined
      ? [`${at}: ${is} ${words(running)}`, "not planned"]
      : [`${at}: planned ${words(planned)}`, running === undefined ? "is not there" : `${is} ${words(running)}`];
  const [first = "", ...others] = wrapped(parts, ",", WIDTH - DETAIL_INDENT - 4);
  return [first, ...indented(others)];
}

/** What a difference decides, before what it is, where that is grave. */
function graveness(concern: Concern): string {
  return concern === "other" ? "" : `grave (${concern}): `;
}

function hasGrave({ differing, added }: Drift): boolean {
  return [...differing.flatMap(({ properties }) => properties), ...added].some(({ concern }) => concern !== "other");
}
