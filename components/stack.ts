import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { decodeSettings, rawConfig } from "./settings/decode";
import { ConfigurationError } from "./settings/errors";
import { spokeDomains, type Settings, type SpokeSettings } from "./settings/settings";
import { readHubContract, type HubContract } from "./hub-contract";
import { hubAccessVariable, hubSessionName } from "./names";
import type { Kubernetes } from "./spoke/kubernetes";
import { kubernetesVersionWarning } from "./spoke/kubernetes-versions";

const STACK_README = join(__dirname, "..", "Pulumi.README.md");

/** Settings of the stack that runs. Bad configuration ends the program here, before any resource is asked for. */
export function readSettings(): Settings {
  try {
    const config = rawConfig(pulumi.getStack(), pulumi.getProject(), pulumi.runtime.allConfig());
    const settings = decodeSettings(config);
    for (const warning of [...settings.warnings, ...supportEnds(settings)]) void pulumi.log.warn(warning);
    return settings;
  } catch (error) {
    if (error instanceof ConfigurationError) throw new pulumi.RunError(error.message);
    throw error;
  }
}

/** Kept apart from the settings, which do not depend on the day. */
function supportEnds(settings: Settings): string[] {
  if (settings.role === "hub" || !settings.cluster) return [];
  return [kubernetesVersionWarning(settings.kubernetesVersion, new Date().toISOString()) ?? []].flat();
}

/**
 * The AWS provider of all resources of the stack: it refuses any account but the stack's own, and tags what it makes.
 * Credentials come from the environment, as always.
 */
export function stackProvider({ network, region, tags }: Settings): aws.Provider {
  const { assumeRoles, ...given } = userSettings();
  return new aws.Provider("aws", {
    region: region as aws.Region,
    allowedAccountIds: [network.account],
    defaultTags: { tags: { ...tags } },
    ...given,
    ...(assumeRoles.length > 0 ? { assumeRoles } : {}),
  });
}

/**
 * A spoke's provider for the hub's account: the stack's own credentials take the role that the hub grants this spoke,
 * in a preview as well as in an update.
 *
 * @throws RunError for another value of the environment variable than `read`
 */
export function hubProvider({ network, region, naming }: SpokeSettings, hub: HubContract): aws.Provider {
  const { assumeRoles, ...given } = userSettings();
  const roles = hub.spokeRoles[network.name];
  if (roles === undefined) throw new Error(`the contract has no roles for ${network.name}`);
  const roleArn = onlyReads(hubAccessVariable(naming.prefix)) ? roles.preview : roles.access;
  const spokeAccess = { roleArn, sessionName: hubSessionName(naming.prefix, network.name) };
  return new aws.Provider("hub", {
    region: region as aws.Region,
    allowedAccountIds: [hub.account],
    ...given,
    assumeRoles: [...assumeRoles, spokeAccess],
  });
}

/**
 * Whether the stack only reads: in previews of pull requests and searches for drift, which then need no role that changes
 * the hub. The provider `hub` shows as updated in such a preview, as its role differs.
 */
function onlyReads(variable: string): boolean {
  const value = process.env[variable];
  if (value === undefined || value === "") return false;
  if (value === "read") return true;
  throw new pulumi.RunError(`The environment variable ${variable} is "${value}": must be "read", or not set.`);
}

/** An explicit provider does not read `aws:` configuration, so what a user may set there is passed on. */
function userSettings() {
  const config = new pulumi.Config("aws");
  const profile = config.get("profile");
  const endpoints = config.getObject<aws.types.input.ProviderEndpoint[]>("endpoints");
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(endpoints === undefined ? {} : { endpoints }),
    assumeRoles: config.getObject<aws.types.input.ProviderAssumeRole[]>("assumeRoles") ?? [],
  };
}

/** What the hub of this spoke exports, checked. */
export async function hubOf(settings: SpokeSettings): Promise<HubContract> {
  const { network, region, hub, hubStack } = settings;
  const name = hubStack ?? `${pulumi.getOrganization()}/${pulumi.getProject()}/${hub.name}`;
  const expected = { hubStack: name, stack: network.name, region, hub, domains: spokeDomains(settings) };
  try {
    return await readHubContract(new pulumi.StackReference(name), expected);
  } catch (error) {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}

/** What an operator wants to know of a spoke's cluster. */
export function clusterOutputs(cluster: Kubernetes, { region }: SpokeSettings): Record<string, unknown> {
  return {
    clusterName: cluster.clusterName,
    clusterEndpoint: cluster.endpoint,
    kubeconfigCommand: pulumi.interpolate`aws eks update-kubeconfig --region ${region} --name ${cluster.clusterName}`,
    nodeRoleArn: cluster.nodeRoleArn,
    karpenter: cluster.karpenter,
    // Pulumi Cloud shows it on the stack's page, with the outputs filled in ("Stack READMEs").
    readme: readFileSync(STACK_README, "utf8"),
  };
}
