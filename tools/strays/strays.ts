import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ask, AwsFailure, callerAccount } from "../io/aws";
import { UsageError } from "../cli/plan-arguments";
import type { StackPlan } from "../planner/plan";
import type { Project } from "../planner/project/project";
import { isFileError, planOrRefuse, readOrRefuse, Refused } from "../cli/refusals";
import { onTerminal, type Io } from "../cli/terminal";
import { ExportError } from "../verify/exports/export";
import { readArguments, USAGE, type Arguments } from "./arguments";
import { awsCli, runCommand, stackExport, type RunCommand } from "./cli";
import { findStrays, type StackFacts } from "./find";
import { inventoryClients, type InventoryClients } from "./inventory/clients";
import { listExisting } from "./inventory/inventory";
import { straysReport } from "./report";
import { readState, type StackState } from "./state";

const EXIT = { none: 0, some: 1, unknown: 2 } as const;

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

/** Lists the strays of stacks; returns the exit code. */
export async function main(argv: readonly string[], io: Io, world: StraysEnvironment = REAL): Promise<number> {
  try {
    const given = readArguments(argv);
    if (!given.help) return await run(given, io, world);
    io.out(USAGE);
    return EXIT.none;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\nRun npm run strays -- --help for usage.\n`);
      return EXIT.unknown;
    }
    const isExpected = [AwsFailure, Refused, ExportError].some((known) => error instanceof known) || isFileError(error);
    if (!isExpected) throw error;
    io.err(`${(error as Error).message}\n`);
    return EXIT.unknown;
  }
}

async function run(given: Arguments, io: Io, world: StraysEnvironment): Promise<number> {
  const project = readOrRefuse(io.folder);
  const unknown = given.stacks.filter((name) => !Object.hasOwn(project.stacks, name));
  if (unknown.length > 0) {
    const known = Object.keys(project.stacks).join(", ");
    throw new UsageError(`There is no stack ${unknown.join(", ")}; known stacks: ${known}.`);
  }
  const plans = (await planOrRefuse(project)).filter(({ name }) => given.stacks.includes(name));
  await requireAccount(plans, world);
  const states = statesOf(given, project, io, world);

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

/** @throws Refused if the credentials belong to another account than a stack's */
async function requireAccount(plans: readonly StackPlan[], { account }: StraysEnvironment): Promise<void> {
  for (const { name, settings } of plans) {
    const caller = await account(settings.region);
    const wanted = settings.network.account;
    if (caller !== wanted) {
      throw new Refused(
        `The credentials belong to account ${caller}, but the stack ${name} is in ${wanted} (networks.${name}.account): ` +
          "use credentials of that account, and name only its stacks.",
      );
    }
  }
}

/** States by stack, from the given exports or else from the Pulumi CLI. */
function statesOf(
  { exports, stacks }: Arguments,
  { name: project }: Project,
  { folder }: Io,
  { run: runner }: StraysEnvironment,
): (stack: string) => StackState {
  const only = stacks.length === 1 ? stacks[0] : undefined;
  const given = exports.map((file) => readState(readFileSync(resolve(folder, file), "utf8"), file, project, only));
  for (const { stack } of given) {
    if (!stacks.includes(stack))
      throw new Refused(`--export is of stack ${stack}, which is not among the named stacks: add it.`);
  }
  return (stack) =>
    given.find((each) => each.stack === stack) ??
    readState(stackExport(runner, stack), `the export of ${stack}`, project, stack);
}

if (require.main === module) onTerminal(main);
