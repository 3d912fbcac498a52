import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ask, callerAccount } from "../io/aws";
import { command, existing, type Given, type Options } from "../io/command";
import { UserError } from "../io/errors";
import { type Io, onTerminal, type Paint } from "../io/terminal";
import { quoted } from "../io/words";
import { key, labelOf, type PlannedResource } from "../planner/engine/resource";
import type { StackPlan } from "../planner/plan";
import { planOrRefuse } from "../planner/project/faults";
import { type Project, readProject } from "../planner/project/project";
import { indented } from "../report/terminal/lines";
import { minuteOf } from "../verify/exports/export";
import { findStrays, readState, type StackFacts, type StackState, type Stray } from "./find";
import {
  awsCli,
  inventoryClients,
  type InventoryClients,
  runCommand,
  type RunCommand,
  stackExport,
} from "./inventory/clients";
import { listExisting } from "./inventory/inventory";
import { KINDS } from "./kinds";

const USAGE = {
  command: "npm run strays",
  operands: "STACK...",
  operandsHelp: "name at least one",
  about: `Lists resources that exist in AWS but in no state of these stacks, with the commands that import or
delete them, in a safe order. It runs none of these commands and changes nothing.

Resources are found by the tags Project and Environment that every resource of a stack has, by
being in a VPC with these tags, or by name if they have no tags. A resource that the plan has and
the state does not is to be imported; any other is to be deleted. docs/runbooks/restore.md explains
when to use this command, and what it does not find.

It needs read access to the account of the stacks, the AWS CLI, and the Pulumi CLI or exports.`,
  exitCodes: "Exit code: 0 if there are no strays, 1 if there are some, 2 if they cannot be determined.",
  exitCodeOfRefusal: 2,
} as const;

const OPTIONS = {
  export: {
    value: "FILE",
    repeatable: true,
    help:
      'file written by "pulumi stack export --stack STACK --file FILE", for a stack whose state should not be read ' +
      "with the Pulumi CLI",
  },
  delete: { help: "show how to delete everything, including what could be imported" },
} as const satisfies Options;

const EXIT = { none: 0, some: 1 } as const;

/** The environment of a run. */
export interface StraysEnvironment {
  readonly run: RunCommand;
  /** Clients for a Region. */
  readonly clients: (region: string) => InventoryClients;
  /** Account of the credentials. */
  readonly account: (region: string) => Promise<string>;
}

const REAL: StraysEnvironment = {
  run: runCommand,
  clients: (region) => inventoryClients(region, (words) => awsCli(runCommand, words)),
  account: (region) => ask("sts:GetCallerIdentity", () => callerAccount(region)),
};

/** Lists the strays of stacks. */
export const main = command(USAGE, OPTIONS, (given, io: Io, environment: StraysEnvironment = REAL) =>
  list(given, io, environment),
);

async function list(given: Given<typeof OPTIONS>, io: Io, world: StraysEnvironment): Promise<number> {
  const project = readProject(io.folder);
  const stacks = existing("stack", [...new Set(given.operands)], Object.keys(project.stacks));
  const plans = (await planOrRefuse(project)).filter(({ name }) => stacks.includes(name));
  await requireAccount(plans, world);
  const states = statesOf(stacks, given.export, project, io, world);

  const facts: StackFacts[] = [];
  for (const { name: stack, settings, resources: planned } of plans) {
    const { network, naming, region } = settings;
    const location = { prefix: naming.prefix, stack, account: network.account, region };
    const existing = await listExisting(world.clients(region), location, planned);
    facts.push({ location, project: project.name, planned, existing, state: states(stack) });
  }
  const strays = findStrays(facts, !given.delete);
  io.out(straysReport(facts, strays, io.paint));
  return strays.length === 0 ? EXIT.none : EXIT.some;
}

/** @throws UserError if the credentials belong to another account than a stack's */
async function requireAccount(plans: readonly StackPlan[], { account }: StraysEnvironment): Promise<void> {
  for (const { name, settings } of plans) {
    const caller = await account(settings.region);
    const wanted = settings.network.account;
    if (caller !== wanted) {
      throw new UserError(
        `The credentials belong to account ${caller}, but the stack ${name} is in ${wanted} (networks.${name}.account): ` +
          "use credentials of that account, and name only its stacks.",
      );
    }
  }
}

/** States by stack, from the given exports or else from the Pulumi CLI. */
function statesOf(
  stacks: readonly string[],
  exports: readonly string[],
  { name: project }: Project,
  { folder }: Io,
  { run: runner }: StraysEnvironment,
): (stack: string) => StackState {
  const only = stacks.length === 1 ? stacks[0] : undefined;
  const given = exports.map((file) => readState(readFileSync(resolve(folder, file), "utf8"), file, project, only));
  for (const { stack } of given) {
    if (!stacks.includes(stack))
      throw new UserError(`--export is of stack ${stack}, which is not among the named stacks: add it.`);
  }
  return (stack) =>
    given.find((each) => each.stack === stack) ??
    readState(stackExport(runner, stack), `the export of ${stack}`, project, stack);
}

/** The report, stack by stack. */
function straysReport(stacks: readonly StackFacts[], strays: readonly Stray[], paint: Paint): string {
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

if (require.main === module) onTerminal(main);
