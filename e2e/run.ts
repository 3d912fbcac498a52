import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { command, type Given, type Options } from "../tools/io/command";
import { readProject } from "../tools/planner/project/project";
import { type Aws, AwsAccount } from "./aws";
import { Checks } from "./checks";
import { platformsOf } from "./platforms";
import { ProjectCopy, PulumiStacks } from "./stacks";
import { Scenario, takeDown } from "./scenario";
import { type AccountMap, projectDefaults, readAccountMap, Refused, type RunSettings, STACKS } from "./settings";

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

/** Minutes after which an operation of a stack is given up. A cluster alone takes a quarter of an hour. */
const MINUTES = { network: 30, cluster: 90 } as const;

const USAGE = {
  command: "npm run e2e",
  about: `Deploys hub, dev and prod into one AWS account (an emulator or a sandbox), compares the network in
AWS with the expected one, adds an AZ, NAT gateways and a spoke, then destroys everything and checks
that nothing is left. With --cluster and --kubeconfig, it also deploys the platform of dev.

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
  kubeconfig: {
    value: "FILE",
    help:
      "kubeconfig of a Kubernetes API, to deploy the platform of dev too: with an emulator, any API server in which pods " +
      "become ready; in AWS, the cluster of dev, and the run waits for the file",
  },
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

async function run(given: Arguments, environment: RunEnvironment): Promise<number> {
  const { folder, emulator, interrupted } = environment;
  const project = readProject(folder);
  const earlier = given["take-down"] === undefined ? undefined : openEarlierRun(given["take-down"]);
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
  const kubeconfig = given.kubeconfig === undefined ? undefined : resolve(given.kubeconfig);
  const outputsOf = stacks.outputs.bind(stacks);
  const platforms = platformsOf({ copy, outputsOf, kubeconfig, emulator, region, minutes, print, interrupted });
  const context = { stacks, platforms, aws, checks, emulator };
  if (earlier === undefined) {
    const setNetworks = copy.setNetworks.bind(copy);
    const kubernetes = cluster && kubeconfig !== undefined;
    const scenario = new Scenario({ ...context, settings, cluster, kubernetes, setNetworks, interrupted });
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
  if (given["take-down"] === undefined) checkIsEmpty(await aws.listLeftovers());
}

function checkTools(given: Arguments, { has, emulator }: RunEnvironment): void {
  const { cluster, kubeconfig } = given;
  if (kubeconfig !== undefined && !cluster && given["take-down"] === undefined) {
    throw new Refused("--kubeconfig is for the platform of a spoke with a cluster: pass --cluster, too.");
  }
  if (kubeconfig !== undefined && emulator && !existsSync(kubeconfig)) {
    throw new Refused(`${kubeconfig} does not exist: pass a kubeconfig of an API server that runs.`);
  }
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
