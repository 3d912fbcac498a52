import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { LocalWorkspace, type OutputMap } from "@pulumi/pulumi/automation";
import type { PlatformContract } from "../components/platform-contract";
import { accessFault, contextName } from "../platform/access";
import { clusterOfContext, type ContextCluster, KubeconfigError } from "../platform/kubeconfig";
import { Refused } from "./settings";
import { type ConfigValues, type ProjectCopy, PulumiStacks, type Stacks } from "./stacks";

/** The stacks of `platform/` in a run. */
export interface Platforms {
  readonly stacks: Stacks;
  /**
   * Checks that the kubeconfig is of a spoke's cluster.
   *
   * @returns configuration with which the platform of the spoke reads what the spoke exports
   * @throws Refused with the reason why the cluster must not be used
   */
  readonly prepare: (spoke: string) => Promise<ConfigValues>;
}

interface PlatformsArgs {
  readonly copy: ProjectCopy;
  /** Returns the outputs of a spoke's stack. */
  readonly outputsOf: (spoke: string) => Promise<OutputMap>;
  /** Undefined: no platform can be deployed or destroyed. */
  readonly kubeconfig: string | undefined;
  /** Whether AWS is an emulator, whose clusters have no Kubernetes API: the kubeconfig is of another one. */
  readonly emulator: boolean;
  readonly region: string;
  /** Minutes after which an operation is cancelled. */
  readonly minutes: number;
  readonly print: (line: string) => void;
  readonly interrupted: AbortSignal;
}

/** Milliseconds between two looks for the kubeconfig. */
const LOOK_AGAIN = 5000;

/** The stacks of `platform/`, in the backend of the run. */
export function platformsOf(args: PlatformsArgs): Platforms {
  const { copy, kubeconfig, region, minutes, print } = args;
  // Never the user's own kubeconfig: a destroy would delete objects in its cluster.
  const env = { KUBECONFIG: kubeconfig ?? copy.noKubeconfig };
  const folder = copy.platformFolder;
  const stacks = new PulumiStacks({
    copy,
    folder,
    label: "platform of ",
    env,
    project: copy.platformProject,
    region,
    minutes,
    print,
  });
  return { stacks, prepare: (spoke) => prepare(spoke, args) };
}

async function prepare(spoke: string, args: PlatformsArgs): Promise<ConfigValues> {
  const { copy, outputsOf, kubeconfig, emulator } = args;
  if (kubeconfig === undefined)
    throw new Refused(`The platform of ${spoke} needs its cluster: pass --kubeconfig FILE.`);
  const contract = (await outputsOf(spoke))["platform"]?.value as PlatformContract | undefined;
  if (contract === undefined) throw new Refused(`${spoke} has no output platform: pass --cluster.`);
  await untilExists(kubeconfig, contract, args);
  const read = (context: string): ContextCluster => clusterOfContext(context, { kubeconfig, home: "" });
  if (emulator) return { "spoke-stack": await exportStandIn(copy, standIn(contract, emulated(contract, read))) };
  const fault = accessFault(contract, read);
  if (fault !== undefined) throw new Refused(fault);
  return {};
}

/** The cluster of a run exists only during it, so its kubeconfig may come later. */
async function untilExists(
  kubeconfig: string,
  { clusterArn }: PlatformContract,
  { minutes, print, interrupted }: PlatformsArgs,
): Promise<void> {
  if (existsSync(kubeconfig)) return;
  print(
    `waiting for ${kubeconfig}: run npm run tunnel -- --cluster ${clusterArn}, and copy its kubeconfig to this file`,
  );
  const deadline = Date.now() + minutes * 60_000;
  while (!existsSync(kubeconfig)) {
    if (Date.now() >= deadline) throw new Refused(`${kubeconfig} does not exist after ${String(minutes)} minutes.`);
    await pause(LOOK_AGAIN, undefined, { signal: interrupted });
  }
}

/** @throws Refused for a kubeconfig that platform/ could not use */
function emulated(contract: PlatformContract, read: (context: string) => ContextCluster): ContextCluster {
  const context = contextName(contract);
  try {
    return read(context);
  } catch (error) {
    if (!(error instanceof KubeconfigError)) throw error;
    throw new Refused(`${error.message}: name the context of the API server so ("kubectl config rename-context").`);
  }
}

/** What a spoke of an emulator exports, with the Kubernetes API of a kubeconfig. */
export function standIn(
  contract: PlatformContract,
  { server, certificateAuthority = "" }: ContextCluster,
): PlatformContract {
  return { ...contract, clusterEndpoint: server, clusterCertificateAuthority: certificateAuthority };
}

/** Name of the project whose stacks only export. */
const STAND_IN_PROJECT = "stand-in";

/**
 * Creates or updates a stack that only exports a contract.
 *
 * @returns its full name
 */
async function exportStandIn(copy: ProjectCopy, contract: PlatformContract): Promise<string> {
  const { network } = contract;
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: network, projectName: STAND_IN_PROJECT, program: () => Promise.resolve({ platform: contract }) },
    copy.environment,
  );
  await stack.up();
  // A backend in a folder has one organization, of this name.
  return `organization/${STAND_IN_PROJECT}/${network}`;
}
