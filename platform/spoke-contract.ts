import * as pulumi from "@pulumi/pulumi";
import { ContractError } from "../components/contract";
import { type PlatformContract, readPlatformContract } from "../components/platform-contract";
import type { PlatformSettings } from "./settings";

/**
 * Reads and checks what the spoke exports for the platform.
 *
 * @param project name of the network's project, for a stack without `spoke-stack`
 * @throws ContractError
 */
export async function readSpoke({ stack, spokeStack }: PlatformSettings, project: string): Promise<PlatformContract> {
  const name = spokeStack ?? `${pulumi.getOrganization()}/${project}/${stack}`;
  await refuseUnreadableSpoke(name, stack);
  return readPlatformContract(new pulumi.StackReference(name), { spokeStack: name, network: stack });
}

/**
 * Refuses a spoke's stack that the engine cannot read. A StackReference that fails ends the update with the engine's own
 * message. The function behind it returns its error to the program.
 *
 * @throws ContractError that names the stack and what to do
 */
async function refuseUnreadableSpoke(name: string, network: string): Promise<void> {
  try {
    await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name });
  } catch (error) {
    throw new ContractError(unreadableSpoke(name, network, error instanceof Error ? error.message : String(error)));
  }
}

/**
 * Message about a spoke's stack that the engine cannot read.
 *
 * @param reason in the engine's words; of a stack that does not exist, `unknown stack "ORG/PROJECT/STACK"`
 */
export function unreadableSpoke(spokeStack: string, network: string, reason: string): string {
  if (reason.includes("unknown stack")) {
    return (
      `There is no stack ${spokeStack}, and the platform of ${network} reads it: deploy the spoke first ` +
      `(pulumi up --stack ${network} in the folder of the network's Pulumi.yaml), or set spoke-stack to ` +
      "ORG/PROJECT/STACK of a spoke that is deployed."
    );
  }
  return (
    `The stack ${spokeStack} cannot be read: ${reason.trim()}. Log in as somebody who may read it, or set spoke-stack to ` +
    "ORG/PROJECT/STACK of the spoke."
  );
}
