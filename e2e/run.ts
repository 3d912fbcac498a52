import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { command, type Given, type Options } from "../tools/io/command";
import { readProject } from "../tools/planner/project/project";
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

/** Minutes after which an operation of a stack is given up. A cluster alone takes a quarter of an hour. */
const MINUTES = { network: 30, cluster: 90 } as const;

const USAGE = {
  command: "npm run e2e",
  about: `Deploys hub, dev and prod into one AWS account (an emulator or a sandbox), compares the network in
AWS with the expected one, adds an AZ, NAT gateways and a spoke, then destroys everything and checks
that nothing is left.

It needs the Pulumi CLI and AWS credentials, uses a Pulumi backend in a temporary folder, and
deploys to the Region of Pulumi.hub.yaml. To use an emulator, set AWS_ENDPOINT_URL,
AWS_ENDPOINT_URL_EKS and so on.`,
  exitCodes: "Exit code: 0 if every check passes and nothing is left, otherwise 1.",
} as const;

const OF_EARLIER_RUN = "what is left has the options of the earlier run";

const OPTIONS = {
  networks: {
    value: "FILE",
    help:
      "account map of the run, as under `networks` in `Pulumi.yaml`, in place of `e2e/networks.yaml`: hub, dev, prod " +
      "and qa, all in the account of the credentials",
  },
  cluster: { help: "include EKS clusters; in AWS, this takes an additional hour and costs money" },
  keep: { help: "keep everything if a check fails, for inspection" },
  "take-down": {
    value: "FOLDER",
    help: "only destroy what an earlier run left; FOLDER is the one that the run printed",
    excludes: { networks: OF_EARLIER_RUN, cluster: OF_EARLIER_RUN, keep: OF_EARLIER_RUN },
  },
} as const satisfies Options;

type Arguments = Given<typeof OPTIONS>;

const EXIT = { done: 0, failed: 1 } as const;

/** Runs it all. */
export const main = command(USAGE, OPTIONS, run);

async function run(given: Arguments, world: World): Promise<number> {
  const project = readProject(world.folder);
  const earlier = given["take-down"] === undefined ? undefined : earlierRun(given["take-down"]);
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
  if (given["take-down"] === undefined) refuse(occupied(await cloud.leftovers()));
}
