import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { decodeSettings, rawConfig } from "./settings/decode";
import { ConfigurationError } from "./settings/errors";
import type { Settings, SpokeSettings } from "./settings/settings";
import { readHubContract, type HubContract } from "./hub-contract";
import { defaultTags } from "./tags";

/** Settings of the stack that runs. Bad configuration ends the program here, before any resource is asked for. */
export function readSettings(): Settings {
  try {
    const config = rawConfig(pulumi.getStack(), pulumi.getProject(), pulumi.runtime.allConfig());
    const settings = decodeSettings(config);
    for (const warning of settings.warnings) void pulumi.log.warn(warning);
    return settings;
  } catch (error) {
    if (error instanceof ConfigurationError) throw new pulumi.RunError(error.message);
    throw error;
  }
}

/**
 * The AWS provider of all resources: it refuses any account but the stack's own, and tags what it makes.
 *
 * An explicit provider does not read `aws:` configuration, so what a user may set there is passed on; credentials
 * come from the environment, as always.
 */
export function guardedProvider({ network, region }: Settings): aws.Provider {
  const config = new pulumi.Config("aws");
  const given = {
    profile: config.get("profile"),
    assumeRoles: config.getObject<aws.types.input.ProviderAssumeRole[]>("assumeRoles"),
    endpoints: config.getObject<aws.types.input.ProviderEndpoint[]>("endpoints"),
  };
  return new aws.Provider("aws", {
    region: region as aws.Region,
    allowedAccountIds: [network.account],
    defaultTags: { tags: defaultTags(network.name) },
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  });
}

/** What the hub of this spoke exports, checked. */
export async function hubOf({ network, region, hub, hubStack }: SpokeSettings): Promise<HubContract> {
  const name = hubStack ?? `${pulumi.getOrganization()}/${pulumi.getProject()}/${hub.name}`;
  const reference = new pulumi.StackReference(name);
  try {
    return await readHubContract(reference, { hubStack: name, stack: network.name, region, hubCidr: hub.cidr });
  } catch (error) {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}
