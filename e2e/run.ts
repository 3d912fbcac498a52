import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readProject } from "../tools/planner/project/project";
import { readArguments, USAGE, UsageError, type Arguments } from "./arguments";
import { cloudOf } from "./aws/cloud";
import { Checks } from "./checks";
import { commonOf, type Common } from "./common";
import { Deployment } from "./deployment";
import type { Cloud } from "./facts";
import { lacking, occupied, strange } from "./guard";
import { ProjectCopy } from "./project-copy";
import { readRegister, Refused } from "./register";
import { Scenario } from "./scenario";
import { takeDown } from "./take-down";

/** The environment of a run. */
export interface World {
  /** Folder of the project. */
  readonly folder: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether there is a command. */
  readonly has: (command: "pulumi" | "aws") => boolean;
  /** Whether the environment leads to an emulator. */
  readonly emulator: boolean;
  /** Account of the credentials; rejects with the reason why AWS does not tell. */
  readonly account: (region: string) => Promise<string>;
  /** Ends the run before its next step. */
  readonly interrupted: AbortSignal;
}

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Minutes after which an operation of a stack is given up. A cluster alone takes a quarter of an hour. */
const MINUTES = { network: 30, cluster: 90 } as const;

/** Runs it all; returns the exit code. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  try {
    const given = readArguments(argv);
    if (!given.help) return await run(given, world);
    world.out(USAGE);
    return EXIT.done;
  } catch (error) {
    if (error instanceof UsageError) {
      world.err(`${error.message}\nRun npm run e2e -- --help for usage.\n`);
      return EXIT.usage;
    }
    if (!(error instanceof Refused) && !isFileError(error)) throw error;
    world.err(`${error.message}\n`);
    return EXIT.failed;
  }
}

async function run(given: Arguments, world: World): Promise<number> {
  const project = readProject(world.folder);
  const earlier = given.takeDown === undefined ? undefined : earlierRun(given.takeDown);
  const registerFile = earlier?.registerFile ?? given.networks ?? join(__dirname, "networks.yaml");
  const defaults = commonOf(project);
  const networks = readRegister(registerFile, readFileSync(registerFile, "utf8"), defaults);
  const common: Common = { ...defaults, networks };
  const cloud = cloudOf(common);
  await guard(given, common, cloud, world);

  const say = (line: string): void => {
    world.out(`${line}\n`);
  };
  const { cluster } = given;
  const copy = earlier ?? ProjectCopy.make(world.folder, registerFile);
  const checks = new Checks(say);
  const minutes = cluster || earlier !== undefined ? MINUTES.cluster : MINUTES.network;
  const stacks = new Deployment({ copy, project: project.name, region: common.region, minutes, say });
  say(`States and Pulumi's output are in ${copy.folder}`);
  const stage = { stacks, cloud, checks, emulator: world.emulator };
  if (earlier === undefined) {
    const setNetworks = copy.setNetworks.bind(copy);
    const { interrupted } = world;
    const scenario = new Scenario({ ...stage, common, cluster, setNetworks, interrupted });
    await checks.succeeds("every step completes", () => scenario.run());
  }
  if (!given.keep || checks.failures.length === 0) {
    await checks.succeeds("the takedown completes", () => takeDown(stage));
  }
  say(checks.summary);
  if (checks.failures.length === 0) {
    copy.remove();
    return EXIT.done;
  }
  say(`Pulumi's output is in ${copy.log}.`);
  const left = await stacks.names();
  if (left.length > 0) {
    say(`${left.join(", ")} not destroyed yet. To destroy: npm run e2e -- --take-down ${copy.folder}`);
  }
  return EXIT.failed;
}

function earlierRun(folder: string): ProjectCopy {
  const copy = new ProjectCopy(folder);
  if (existsSync(copy.registerFile)) return copy;
  throw new Refused(`${folder} is not the folder of an earlier run. A run prints its folder in the first line.`);
}

/** @throws Refused when it must not begin, for whatever reason there is first */
async function guard(given: Arguments, common: Common, cloud: Cloud, world: World): Promise<void> {
  const refuse = (reason: string | undefined): void => {
    if (reason !== undefined) throw new Refused(reason);
  };
  const { has } = world;
  refuse(lacking({ pulumi: has("pulumi"), awsCli: has("aws"), cluster: given.cluster }));
  const account = await world.account(common.region).catch((error: unknown) => {
    throw new Refused(`AWS does not return the account of the credentials: ${String(error)}`, { cause: error });
  });
  refuse(strange(account, common.networks));
  // An earlier run that is taken down stands there.
  if (given.takeDown === undefined) refuse(occupied(await cloud.leftovers()));
}

/** A file that is not there or cannot be read: Node's message names it. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "path" in error;
}
