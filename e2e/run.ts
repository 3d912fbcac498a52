import { existsSync } from "node:fs";
import { join } from "node:path";
import { readProject } from "../tools/planner/project/project";
import { readArguments, USAGE, UsageError, type Arguments } from "./arguments";
import { AwsAccount, type Aws } from "./aws";
import { Checks } from "./checks";
import { ProjectCopy, PulumiStacks } from "./pulumi";
import { Scenario, takeDown } from "./scenario";
import { projectDefaults, readAccountMap, Refused, STACKS, type AccountMap, type RunSettings } from "./settings";

/** The environment of a run. */
export interface RunEnvironment {
  /** Folder of the project. */
  readonly folder: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether a command is on the PATH. */
  readonly has: (command: "pulumi" | "aws") => boolean;
  /** Whether the AWS endpoints are those of an emulator. */
  readonly emulator: boolean;
  /** Returns the account of the credentials. */
  readonly account: (region: string) => Promise<string>;
  /** When aborted, the run ends before its next step. */
  readonly interrupted: AbortSignal;
}

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Minutes after which an operation of a stack is cancelled. A cluster takes a quarter of an hour. */
const MINUTES = { network: 30, cluster: 90 } as const;

/** Runs the command, and returns the exit code. */
export async function main(argv: readonly string[], environment: RunEnvironment): Promise<number> {
  try {
    const given = readArguments(argv);
    if (!given.help) return await run(given, environment);
    environment.out(USAGE);
    return EXIT.done;
  } catch (error) {
    if (error instanceof UsageError) {
      environment.err(`${error.message}\nRun npm run e2e -- --help for usage.\n`);
      return EXIT.usage;
    }
    if (!(error instanceof Refused) && !isFileError(error)) throw error;
    environment.err(`${error.message}\n`);
    return EXIT.failed;
  }
}

async function run(given: Arguments, environment: RunEnvironment): Promise<number> {
  const { folder, emulator, interrupted } = environment;
  const project = readProject(folder);
  const earlier = given.takeDown === undefined ? undefined : openEarlierRun(given.takeDown);
  const accountMapFile = earlier?.accountMapFile ?? given.networks ?? join(__dirname, "networks.yaml");
  const defaults = projectDefaults(project);
  const settings: RunSettings = { ...defaults, networks: readAccountMap(accountMapFile, defaults) };
  const aws = new AwsAccount(settings);
  await checkPreconditions(given, settings, aws, environment);

  const print = (line: string): void => {
    environment.out(`${line}\n`);
  };
  const { cluster } = given;
  const { region } = settings;
  const copy = earlier ?? ProjectCopy.make(folder, accountMapFile);
  const checks = new Checks(print);
  const minutes = cluster || earlier !== undefined ? MINUTES.cluster : MINUTES.network;
  const stacks = new PulumiStacks({ copy, project: project.name, region, minutes, print });
  print(`States and Pulumi's output are in ${copy.folder}`);
  const context = { stacks, aws, checks, emulator };
  if (earlier === undefined) {
    const setNetworks = copy.setNetworks.bind(copy);
    const scenario = new Scenario({ ...context, settings, cluster, setNetworks, interrupted });
    await checks.succeeds("every step completes", () => scenario.run());
  }
  if (!given.keep || checks.failures.length === 0) {
    await checks.succeeds("the takedown completes", () => takeDown(context));
  }
  print(checks.summary);
  if (checks.failures.length === 0) {
    copy.remove();
    return EXIT.done;
  }
  print(`Pulumi's output is in ${copy.log}.`);
  const remaining = await stacks.names();
  if (remaining.length > 0) {
    print(`${remaining.join(", ")} not destroyed yet. To destroy: npm run e2e -- --take-down ${copy.folder}`);
  }
  return EXIT.failed;
}

function openEarlierRun(folder: string): ProjectCopy {
  const copy = new ProjectCopy(folder);
  if (existsSync(copy.accountMapFile)) return copy;
  throw new Refused(`${folder} is not the folder of an earlier run. A run prints its folder in the first line.`);
}

/** @throws Refused with the first reason not to start */
async function checkPreconditions(
  given: Arguments,
  { region, networks }: RunSettings,
  aws: Aws,
  environment: RunEnvironment,
): Promise<void> {
  checkTools(given, environment);
  const account = await environment.account(region).catch((error: unknown) => {
    throw new Refused(`AWS does not return the account of the credentials: ${String(error)}`, { cause: error });
  });
  checkAccount(account, networks);
  // With --take-down, the networks of the earlier run exist.
  if (given.takeDown === undefined) checkIsEmpty(await aws.listLeftovers());
}

function checkTools({ cluster }: Arguments, { has }: RunEnvironment): void {
  if (!has("pulumi")) {
    throw new Refused(
      "The Pulumi CLI is not on the PATH: install it (https://www.pulumi.com/docs/install/). " +
        "npm start plans the network without it.",
    );
  }
  if (cluster && !has("aws")) {
    throw new Refused("The AWS CLI is not on the PATH, but eks.Cluster needs it: install it, or omit --cluster.");
  }
}

/** A run creates and deletes networks, so the account map must have this account for each of its stacks. */
function checkAccount(account: string, networks: AccountMap): void {
  const others = STACKS.filter((stack) => networks[stack]?.account !== account);
  if (others.length === 0) return;
  throw new Refused(
    `The credentials belong to account ${account}, but the account map has another account for ${others.join(", ")}. ` +
      "If the account is a sandbox, write it to an account map and pass --networks FILE.",
  );
}

/** Two networks of this program in one account have the same names and cannot be distinguished. */
export function checkIsEmpty(leftovers: readonly string[]): void {
  if (leftovers.length === 0) return;
  throw new Refused(
    [
      "The account already has resources of this program, by tags and names, but a run needs an empty account:",
      ...leftovers.map((line) => `  ${line}`),
      "If an earlier run left them, pass its folder with --take-down FOLDER. Otherwise, delete them manually.",
    ].join("\n"),
  );
}

/** Whether a file is missing or cannot be read. Node's message names it. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "path" in error;
}
