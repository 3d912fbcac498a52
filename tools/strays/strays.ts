import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ask, callerAccount } from "../io/aws";
import { command, existing, type Given, type Options } from "../io/command";
import { UserError } from "../io/errors";
import { type Io, onTerminal } from "../io/terminal";
import type { StackPlan } from "../planner/plan";
import { planOrRefuse } from "../planner/project/faults";
import { type Project, readProject } from "../planner/project/project";
import { awsCli, runCommand, type RunCommand, stackExport } from "./cli";
import { findStrays, type StackFacts } from "./find";
import { inventoryClients, type InventoryClients } from "./inventory/clients";
import { listExisting } from "./inventory/inventory";
import { straysReport } from "./report";
import { readState, type StackState } from "./state";

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

if (require.main === module) onTerminal(main);
