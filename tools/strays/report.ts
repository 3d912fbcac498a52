import { key, labelOf, type PlannedResource } from "../planner/engine/resource";
import { indented } from "../report/terminal/lines";
import type { Paint } from "../io/terminal";
import { minuteOf } from "../verify/exports/export";
import type { StackFacts, Stray } from "./find";
import { KINDS, quoted } from "./kinds";

/** The report, stack by stack. */
export function straysReport(stacks: readonly StackFacts[], strays: readonly Stray[], paint: Paint): string {
  const lines = stacks.flatMap((facts) => {
    const { location, state } = facts;
    const own = strays.filter((stray) => stray.location.stack === location.stack);
    const asOf = state.time === "" ? "" : `, state of ${minuteOf(state.time)}`;
    const title = `${location.stack}, account ${location.account}, ${location.region}${asOf}`;
    return [paint("bold", title), ...indented([...strayLines(facts, own), ...pendingAdvice(facts, own), ""])];
  });
  return `${[...lines, summary(strays)].join("\n")}\n`;
}

function strayLines(facts: StackFacts, strays: readonly Stray[]): string[] {
  if (strays.length === 0) return ["No strays: everything that exists is in the state."];
  const all = strays.map((stray) => ({ stray, remedy: remedyFor(stray, facts, strays) }));
  const toDelete = all.filter(({ stray }) => stray.counterpart === undefined);
  const toImport = all.filter(({ stray }) => stray.counterpart !== undefined);
  const impossible = toImport.filter(({ remedy }) => "impossible" in remedy);
  const parts = [
    { title: "To import, in this order:", own: toImport.filter((each) => !impossible.includes(each)) },
    { title: "To import after restoring the state (docs/runbooks/restore.md):", own: impossible },
    { title: "To delete, in this order:", own: toDelete },
  ];
  return parts
    .filter(({ own }) => own.length > 0)
    .flatMap(({ title, own }) => [title, ...indented(own.flatMap(({ stray, remedy }) => oneStray(stray, remedy)))]);
}

function oneStray({ resource, why }: Stray, remedy: Remedy): string[] {
  const { name, id, created } = resource;
  const named = name === "" || name === id ? "" : ` ${name}`;
  const since = created === undefined ? "" : `, created ${minuteOf(created)}`;
  const commands = "impossible" in remedy ? [`cannot be imported now: ${remedy.impossible}`] : remedy;
  return [`${KINDS[resource.kind].title} ${id}${named}${since}`, ...indented([`because ${why}`, ...commands])];
}

/** What to do about interrupted creations. */
function pendingAdvice({ location, state }: StackFacts, strays: readonly Stray[]): string[] {
  if (state.pending.size === 0) return [];
  const found = new Set(strays.flatMap(({ counterpart }) => counterpart?.pending ?? []));
  const open = [...state.pending]
    .filter(([resourceKey, urn]) => !found.has(urn) && !state.ids.has(resourceKey))
    .map(([resourceKey]) => label(resourceKey));
  return [
    `An update of ${location.stack} was interrupted. Do not run pulumi up before the steps above are done.`,
    ...(open.length === 0 ? [] : ["No resource was found for these interrupted creations:", ...indented(open)]),
    `Finally, remove the pending operations: pulumi refresh --stack ${location.stack} --clear-pending-creates`,
  ];
}

function summary(strays: readonly Stray[]): string {
  if (strays.length === 0) return "No strays.";
  const count = strays.length === 1 ? "1 resource exists" : `${String(strays.length)} resources exist`;
  return `${count} in AWS but in no state. Nothing was changed. Run the commands one by one, then run npm run strays again.`;
}

function label(resourceKey: string): string {
  const { type, name } = labelOf(resourceKey);
  return `${type} ${name}`;
}

/** What to do about a stray: commands in order, or the reason why there are none. */
type Remedy = readonly string[] | { readonly impossible: string };

/**
 * Commands that import a stray into the state, or delete it.
 *
 * An import must name the program's parent and provider; otherwise the next update would delete the imported resource and
 * create it again. This also applies to interrupted creations: "pulumi refresh --import-pending-creates" drops them from
 * the state without importing (observed with CLI 3.274.1).
 *
 * @param strays - all strays of the stack, because the parent may be imported first
 */
export function remedyFor(
  { resource, location, counterpart }: Stray,
  facts: StackFacts,
  strays: readonly Stray[],
): Remedy {
  if (counterpart === undefined) return KINDS[resource.kind].remove(resource, location);
  const { type, name, parent, options } = counterpart.planned;
  const willBeImported = (resourceKey: string): boolean =>
    strays.some((each) => each.counterpart !== undefined && key(each.counterpart.planned) === resourceKey);
  for (const needed of [parent, options.provider]) {
    if (needed === null || facts.state.urns.has(urnOf(needed, facts)) || willBeImported(needed)) continue;
    return { impossible: `its parent or provider ${label(needed)} is not in the state of ${location.stack}` };
  }
  const option = (flag: string, needed: string | null): string[] =>
    needed === null ? [] : [`--${flag}`, `${flag}=${urnOf(needed, facts)}`];
  return [
    [
      "pulumi import",
      ...[type, name, resource.id, "--stack", location.stack].map(quoted),
      ...[...option("parent", parent), ...option("provider", options.provider)].map(quoted),
      ...[`--protect=${String(options.protect)}`, "--generate-code=false"],
    ].join(" "),
  ];
}

/** URN of a planned resource, including the types of its parents. */
function urnOf(resourceKey: string, { planned, location, project }: StackFacts): string {
  const byKey = new Map(planned.map((each) => [key(each), each]));
  const find = (each: string): PlannedResource => {
    const found = byKey.get(each);
    if (found === undefined) throw new Error(`${each} is not in the plan of ${location.stack}.`);
    return found;
  };
  const types = ({ type, parent }: PlannedResource): string[] =>
    parent === null ? [type] : [...types(find(parent)), type];
  const resource = find(resourceKey);
  return `urn:pulumi:${location.stack}::${project}::${types(resource).join("$")}::${resource.name}`;
}
