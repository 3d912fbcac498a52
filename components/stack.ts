import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { decodeSettings, rawConfig } from "./settings/decode";
import { ConfigurationError } from "./settings/errors";
import { Faults } from "./settings/faults";
import { decodeProviderSettings } from "./settings/provider-settings";
import { spokeDomains, type Settings, type SpokeSettings } from "./settings/settings";
import { readHubContract, unreadableHub, type HubContract } from "./hub-contract";
import { hubAccessVariable, hubSessionName } from "./names";
import type { Kubernetes } from "./spoke/kubernetes";
import { kubernetesVersionWarning } from "./facts/kubernetes-versions";

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
    ...(assumeRoles.length > 0 ? { assumeRoles: [...assumeRoles] } : {}),
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

/**
 * What the configuration says under `aws:`, for the program's providers: explicit ones do not read it. It was checked with
 * the rest of the configuration.
 */
function userSettings() {
  const settings = decodeProviderSettings(pulumi.runtime.allConfig(), new Faults());
  const { assumeRoles = [], ...given } = settings as UserSettings;
  const kept = Object.entries(given).map(([name, value]) => [name, isSecret(name) ? pulumi.secret(value) : value]);
  return { ...(Object.fromEntries(kept) as Omit<UserSettings, "assumeRoles">), assumeRoles };
}

/** Whether a setting is encrypted in the configuration, as a proxy with a password in it is. */
function isSecret(name: string): boolean {
  // Exported, and left out of the SDK's types.
  const runtime = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };
  return runtime.isConfigSecret(`aws:${name}`);
}

interface UserSettings extends Omit<aws.ProviderArgs, "assumeRoles" | "region"> {
  readonly assumeRoles?: readonly aws.types.input.ProviderAssumeRole[];
}

/** What the hub of this spoke exports, checked. */
export async function hubOf(settings: SpokeSettings): Promise<HubContract> {
  const { network, region, hub, hubStack } = settings;
  const name = hubStack ?? `${pulumi.getOrganization()}/${pulumi.getProject()}/${hub.name}`;
  const expected = { hubStack: name, stack: network.name, region, hub, domains: spokeDomains(settings) };
  try {
    await refuseUnreadableHub(name);
    return await readHubContract(new pulumi.StackReference(name), expected);
  } catch (error) {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Refuses a hub stack that the engine cannot read. A failed StackReference ends the update in the engine's words before
 * the program hears of it; a failed invoke of the same function is answered to the program.
 *
 * @throws Error that names the stack and what to do
 */
async function refuseUnreadableHub(name: string): Promise<void> {
  try {
    await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name });
  } catch (error) {
    throw new Error(unreadableHub(name, error instanceof Error ? error.message : String(error)));
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
