import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HUB } from "../../components/settings/networks";
import { type AccountMap, type NetworkToDeploy, readAccountMap, sentenceOf } from "../account-map";
import { deploymentNames, policyArn } from "../identities";
import { Account } from "./account";
import type { Deployment } from "./deployment-policy";

/** Folder of the network's `Pulumi.yaml`. */
const NETWORK_PROJECT = join(__dirname, "..", "..");

/**
 * Prepares the AWS account of one stack of the network. The stack of this program has the same name. An account
 * administrator runs it once, and again when the grants, `cluster-admins` or `extra-tags` change.
 *
 * @param folder with the `Pulumi.yaml` of the network
 */
async function prepareAccount(folder: string = NETWORK_PROJECT): Promise<Record<string, unknown>> {
  const config = new pulumi.Config();
  const organization = config.require("pulumi-organization");
  if (organization !== organization.toLowerCase()) {
    throw new pulumi.RunError(`pulumi-organization is "${organization}": must be in lower case, as in OIDC tokens`);
  }
  const stack = pulumi.getStack();
  const accountMap = inSentences(() => readAccountMap(folder));
  const network = accountMap.networks.find((each) => each.stack === stack);
  if (network === undefined) {
    const known = accountMap.networks.map((each) => each.stack).join(", ");
    throw new pulumi.RunError(`${stack} is not in the account map (networks): it has ${known}`);
  }
  const { account, region } = network;
  const names = inSentences(() => deploymentNames(accountMap.naming.project, stack));
  const boundaryArn = policyArn(account, names.boundary);
  const provider = new aws.Provider("aws", {
    region: region as aws.Region,
    allowedAccountIds: [account],
    defaultTags: { tags: { ...accountMap.tagsOf(stack) } },
  });
  const deployment = deploymentOf(network, accountMap, boundaryArn, config.requireBoolean("archive-changes"));
  const issuerExists = config.requireBoolean("issuer-exists");
  const { deploymentRoleArn, previewRoleArn } = inSentences(
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
  { stack, account, region, clusterAdmins }: NetworkToDeploy,
  accountMap: AccountMap,
  boundaryArn: string,
  archiveChanges: boolean,
): Deployment {
  const scope = { ...accountMap.naming, tagKeys: accountMap.tagKeys, stack, account, region, boundaryArn };
  if (stack === HUB) return { ...scope, role: "hub", archiveChanges };
  const hub = accountMap.networks.find((each) => each.stack === HUB);
  if (hub === undefined) throw new pulumi.RunError(`networks has no ${HUB}: every spoke needs it, so add it`);
  if (archiveChanges) {
    throw new pulumi.RunError(`archive-changes is true in ${stack}: only the hub has a log archive, so remove it here`);
  }
  return { ...scope, role: "spoke", hubAccount: hub.account, clusterAdmins };
}

/** Ends the program with a message after a mistake of its user. */
function inSentences<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new pulumi.RunError(sentenceOf(error));
  }
}

export = prepareAccount;
