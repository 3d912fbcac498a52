import { command, existing, type Given, type Options } from "../io/command";
import { UsageError, UserError } from "../io/errors";
import { type Io, onTerminal } from "../io/terminal";
import { readProject } from "../planner/project/project";
import { awsFailure, pulumiFailure } from "./failures";
import { type AskAws, findNode } from "./nodes";
import { localPort } from "./port";
import { type Program, requirePrograms } from "./programs";
import { asking, type Run, runProgram, type TunnelEnvironment } from "./run";
import { Session } from "./session";
import { untilSignal } from "./signals";
import { parseClusterArn, type Target, targetOfDescription, targetOfOutputs } from "./target";
import { closed, use } from "./use";

const USAGE = {
  command: "npm run tunnel",
  operands: "[STACK] [COMMAND...]",
  operandsHelp:
    "the stack of a spoke, and a command that runs with KUBECONFIG set and then closes the tunnel: " +
    "`npm run tunnel -- dev -- kubectl get nodes`",
  about: `Opens a tunnel to the private Kubernetes API of a spoke, through a node and AWS Systems Manager, and writes
a kubeconfig for it to a temporary folder. Ctrl-C closes the tunnel and deletes the folder. Nothing
else on this machine changes: ~/.kube/config stays as it is.

It needs the AWS CLI, the Session Manager plugin, the Pulumi CLI, and credentials of a role in
cluster-admins. docs/cluster.md lists the permissions. It runs on Linux, macOS and WSL.`,
  exitCodes: `Exit code: 0 after Ctrl-C or another signal, 1 if the tunnel cannot be opened or ends by itself, 2 for
wrong arguments. With COMMAND: that of the command, or 128 plus the number of the signal that ended it.`,
} as const;

const OPTIONS = {
  port: {
    value: "PORT",
    help: "port on this machine, by default one that is free",
    form: [/^\d{4,5}$/, "must be a number from 1024 to 65535"],
  },
  node: {
    value: "INSTANCE",
    help:
      "instance that forwards, by default a managed node; needed with EKS Auto Mode, whose nodes do not allow Session " +
      "Manager: any instance with the SSM Agent that reaches the API",
    form: [/^m?i-[0-9a-f]{8,17}$/, "must be the ID of an instance, i-..."],
  },
  cluster: {
    value: "ARN",
    help: "ARN of the cluster, instead of STACK, where the outputs of the stack cannot be read",
    form: [
      /^arn:aws[\w-]*:eks:[a-z0-9-]+:\d{12}:cluster\/[0-9A-Za-z][\w-]{0,99}$/,
      "must be the ARN of an EKS cluster, arn:aws:eks:REGION:ACCOUNT:cluster/NAME",
    ],
  },
} as const satisfies Options;

const REAL: TunnelEnvironment = {
  env: process.env,
  signals: process,
  isTerminal: process.stdin.isTTY,
  patience: 60_000,
};

/** Milliseconds for the last call to AWS. */
const LAST_CALL = 10_000;

/** Opens a tunnel to a cluster, and keeps it open. */
export const main = command(USAGE, OPTIONS, (given, io: Io, world: TunnelEnvironment = REAL) => {
  const what = subjectOf(given);
  return untilSignal(world.signals, async (ending) => {
    const run: Run = { ...world, ...what, io, port: given.port, node: given.node, ending };
    try {
      return await open(run);
    } catch (error) {
      if (!ending.aborted) throw error;
      return closed(run);
    }
  });
});

/** @throws UsageError */
function subjectOf({ operands, cluster }: Given<typeof OPTIONS>): Pick<Run, "subject" | "words"> {
  if (cluster !== undefined) return { subject: { arn: cluster }, words: operands };
  const [stack, ...words] = operands;
  if (stack !== undefined) return { subject: { stack }, words };
  throw new UsageError("STACK is missing: name the stack of a spoke, or pass --cluster.");
}

async function open(run: Run): Promise<number> {
  const { subject, io, env, ending } = run;
  const stacks = "stack" in subject ? existing("stack", [subject.stack], stackNames(io)) : [];
  if (process.platform === "win32") throw new UserError("The tunnel does not run on Windows itself: run it in WSL.");
  const pulumi = stacks.map((): Program => "pulumi");
  requirePrograms(["aws", "session-manager-plugin", ...pulumi], env["PATH"] ?? "");
  const port = await localPort(run.port);
  const target = await targetOf(run);
  const ask = asking(run, target.region);
  await requireAccount(target, ask);
  const node = await findNode(target, run.node, ask);
  ending.throwIfAborted();

  const session = new Session({ target, node, port, folder: io.folder, env });
  try {
    await session.connect(run.patience, ending);
    return await use(session, { target, node, port }, run);
  } finally {
    await session.close();
    await terminate(session, target, run);
  }
}

function stackNames({ folder }: Io): string[] {
  return Object.keys(readProject(folder).stacks);
}

/** The cluster, from the outputs of the stack, or else from EKS. */
async function targetOf(run: Run): Promise<Target> {
  const { subject } = run;
  if ("arn" in subject) {
    const arn = parseClusterArn(subject.arn);
    const words = ["eks", "describe-cluster", "--name", arn.name];
    return targetOfDescription(arn, await asking(run, arn.region)("eks:DescribeCluster", words));
  }
  const { stack } = subject;
  const words = ["stack", "output", "--json", "--stack", stack, "--non-interactive"];
  const { code, out, err } = await runProgram(run, "pulumi", words);
  if (code !== 0) throw new UserError(pulumiFailure(stack, err));
  return targetOfOutputs(stack, out);
}

/** Terminates the session in AWS, unless the plugin has done so. */
async function terminate({ id, isTerminated }: Session, { region }: Target, run: Run): Promise<void> {
  if (id === undefined || isTerminated) return;
  const words = ["ssm", "terminate-session", "--session-id", id, "--region", region];
  const { code, err } = await runProgram({ ...run, ending: AbortSignal.timeout(LAST_CALL) }, "aws", words);
  if (code === 0) return;
  run.io.err(
    `The session ${id} may be open until Session Manager ends it. ${awsFailure("ssm:TerminateSession", err)}\n`,
  );
}

/** @throws UserError if the credentials belong to another account than the cluster's */
async function requireAccount({ cluster, account }: Target, ask: AskAws): Promise<void> {
  const caller = await ask("sts:GetCallerIdentity", ["sts", "get-caller-identity", "--query", "Account"]);
  if (caller === account) return;
  throw new UserError(
    `The credentials belong to account ${String(caller)}, but the cluster ${cluster} is in ${account}: ` +
      "use credentials of a role in that account that cluster-admins lists.",
  );
}

if (require.main === module) onTerminal(main);
