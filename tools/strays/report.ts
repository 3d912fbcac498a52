import { indented } from "../report/terminal/lines";
import type { Paint } from "../report/terminal/paint";
import { labelOf } from "../planner/engine/resource";
import { remedy, type Remedy } from "./commands";
import type { StackFacts, Stray } from "./find";
import { KINDS } from "./kinds";

/** The report, stack by stack. */
export function report(stacks: readonly StackFacts[], strays: readonly Stray[], paint: Paint): string {
  const lines = stacks.flatMap((facts) => {
    const { place, state } = facts;
    const own = strays.filter((stray) => stray.place.stack === place.stack);
    const known = state.time === "" ? "" : `, state of ${minute(state.time)}`;
    const title = `${place.stack}, account ${place.account}, ${place.region}${known}`;
    return [paint("bold", title), ...indented([...things(facts, own), ...pendingAdvice(facts, own), ""])];
  });
  return `${[...lines, summary(strays)].join("\n")}\n`;
}

function things(facts: StackFacts, strays: readonly Stray[]): string[] {
  if (strays.length === 0) return ["No strays: everything that exists is in the state."];
  const remedies = new Map(strays.map((stray) => [stray, remedy(stray, facts, strays)]));
  const isImpossible = (stray: Stray): boolean => "impossible" in (remedies.get(stray) ?? []);
  const isPlanned = ({ counterpart }: Stray): boolean => counterpart !== undefined;
  const parts = [
    { title: "To import, in this order:", own: strays.filter((each) => isPlanned(each) && !isImpossible(each)) },
    { title: "To import after restoring the state (docs/runbooks/restore.md):", own: strays.filter(isImpossible) },
    { title: "To delete, in this order:", own: strays.filter((each) => !isPlanned(each)) },
  ];
  return parts
    .filter(({ own }) => own.length > 0)
    .flatMap(({ title, own }) => [title, ...indented(own.flatMap((each) => thing(each, remedies.get(each) ?? [])))]);
}

function thing({ item, why }: Stray, what: Remedy): string[] {
  const { name, id, created } = item;
  const named = name === "" || name === id ? "" : ` ${name}`;
  const since = created === undefined ? "" : `, created ${minute(created)}`;
  const commands = "impossible" in what ? [`cannot be imported now: ${what.impossible}`] : what;
  return [`${KINDS[item.kind].title} ${id}${named}${since}`, ...indented([`because ${why}`, ...commands])];
}

/** What to do about interrupted creations. */
function pendingAdvice({ place, state }: StackFacts, strays: readonly Stray[]): string[] {
  const found = new Set(strays.flatMap(({ counterpart }) => counterpart?.pending ?? []));
  const open = [...state.pending]
    .filter(([resourceKey, urn]) => !found.has(urn) && !state.ids.has(resourceKey))
    .map(([resourceKey]) => resourceKey);
  if (state.pending.size === 0) return [];
  return [
    `An update of ${place.stack} was interrupted. Do not run pulumi up before the steps above are done.`,
    ...(open.length === 0
      ? []
      : ["No resource was found for these interrupted creations:", ...indented(open.map(label))]),
    `Finally, remove the pending operations: pulumi refresh --stack ${place.stack} --clear-pending-creates`,
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

/** `2026-11-25 07:12 UTC` of an ISO 8601 time. */
function minute(time: string): string {
  return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
