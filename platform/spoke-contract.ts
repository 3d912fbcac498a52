import * as pulumi from "@pulumi/pulumi";
import { refuseUnreadable } from "../components/contract";
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
  await refuseUnreadable(name, (reason) => unreadableSpoke(name, stack, reason));
  return readPlatformContract(new pulumi.StackReference(name), { spokeStack: name, network: stack });
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
