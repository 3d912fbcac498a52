import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HUB } from "../../components/settings/networks";
import { readRegister, type Register, type Registered } from "./register";
import { Account } from "./account";
import type { Deployment } from "./deployment-policy";
import { deploymentNames, policyArn } from "./identities";

/**
 * Prepares the AWS account of one stack; this program's own stack has the same name. An account administrator runs it once,
 * and again when the grants, `cluster-admins` or `extra-tags` change.
 *
 * @param folder of the network's project
 */
export async function prepare(folder: string): Promise<Record<string, unknown>> {
  const config = new pulumi.Config();
  const organization = config.require("pulumi-organization");
  if (organization !== organization.toLowerCase()) {
    throw new pulumi.RunError(`pulumi-organization is "${organization}": must be in lower case, as in OIDC tokens`);
  }
  const stack = pulumi.getStack();
  const register = inWords(() => readRegister(folder));
  const network = register.networks.find((each) => each.stack === stack);
  if (network === undefined) {
    const known = register.networks.map((each) => each.stack).join(", ");
    throw new pulumi.RunError(`${stack} is not in the account map (networks): it has ${known}`);
  }
  const { account, region } = network;
  const names = inWords(() => deploymentNames(register.naming.project, stack));
  const boundaryArn = policyArn(account, names.boundary);
  const provider = new aws.Provider("aws", {
    region: region as aws.Region,
    allowedAccountIds: [account],
    defaultTags: { tags: { ...register.tagsOf(stack) } },
  });
  const deployment = deploymentOf(network, register, boundaryArn, config.requireBoolean("archive-changes"));
  const issuerExists = config.requireBoolean("issuer-exists");
  const { deploymentRoleArn, previewRoleArn } = inWords(
    () => new Account(stack, { deployment, organization, issuerExists }, { providers: [provider] }),
  );
  return {
    deploymentRoleArn,
    previewRoleArn,
    // Run it in the folder of the network's Pulumi.yaml; without it, the deployment role cannot create any role.
    configCommand: `pulumi config set --stack ${stack} permissions-boundary ${boundaryArn}`,
  };
}

function deploymentOf(
  { stack, account, region, clusterAdmins }: Registered,
  register: Register,
  boundaryArn: string,
  archiveChanges: boolean,
): Deployment {
  const scope = { ...register.naming, tagKeys: register.tagKeys, stack, account, region, boundaryArn };
  if (stack === HUB) return { ...scope, role: "hub", archiveChanges };
  const hub = register.networks.find((each) => each.stack === HUB);
  if (hub === undefined) throw new pulumi.RunError(`networks has no ${HUB}: every spoke needs it, so add it`);
  if (archiveChanges) {
    throw new pulumi.RunError(`archive-changes is true in ${stack}: only the hub has a log archive, so remove it here`);
  }
  return { ...scope, role: "spoke", hubAccount: hub.account, clusterAdmins };
}

/** Turns faults of the account map, and policies that exceed AWS's size limits, into a sentence. */
function inWords<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}
