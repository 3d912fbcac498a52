import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HUB } from "../components/settings/networks";
import { defaultTags } from "../components/tags";
import { readRegister, type Registered } from "./register";
import { Account } from "./account";
import { deploymentNames, policyArn } from "./identities";

/**
 * Prepares the account of one stack, which this program's own stack is named after. An administrator of the account runs
 * it, once, and again when the grants change.
 */
export = async (): Promise<Record<string, unknown>> => {
  const config = new pulumi.Config();
  const organization = config.require("pulumi-organization");
  if (organization !== organization.toLowerCase()) {
    throw new pulumi.RunError(`pulumi-organization is "${organization}": tokens have it in lower case`);
  }
  const stack = pulumi.getStack();
  const register = knownNetworks();
  const network = register.find((each) => each.stack === stack);
  if (network === undefined) {
    const known = register.map((each) => each.stack).join(", ");
    throw new pulumi.RunError(`${stack} is not a network of the register: networks are ${known}`);
  }
  const { account, region } = network;
  const boundaryArn = policyArn(account, deploymentNames(stack).boundary);
  const provider = new aws.Provider("aws", {
    region: region as aws.Region,
    allowedAccountIds: [account],
    defaultTags: { tags: defaultTags(stack) },
  });
  const { deploymentRoleArn, previewRoleArn } = new Account(
    stack,
    {
      deployment: {
        stack,
        account,
        region,
        boundaryArn,
        hubAccount: stack === HUB ? undefined : register.find((each) => each.stack === HUB)?.account,
      },
      organization,
      issuerExists: config.requireBoolean("issuer-exists"),
    },
    { providers: [provider] },
  );
  return {
    deploymentRoleArn,
    previewRoleArn,
    // To be run where the network's Pulumi.yaml is: without it the deployment role is refused every role it makes.
    configCommand: `pulumi config set --stack ${stack} permissions-boundary ${boundaryArn}`,
  };
};

/** A bad register ends the program here, in a sentence. */
function knownNetworks(): readonly Registered[] {
  try {
    return readRegister(join(__dirname, ".."));
  } catch (error) {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}
