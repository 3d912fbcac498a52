import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { refuseUnreadable } from "./contract";
import { isZoneId } from "./facts/aws-regions";
import { kubernetesVersionWarning } from "./facts/versions";
import { type HubContract, readHubContract, spokeRolesOf, unreadableHub } from "./hub-contract";
import { hubAccessVariable, hubSessionName, parameterPath } from "./names";
import { PLATFORM_CONTRACT_VERSION, type PlatformContractOutput } from "./platform-contract";
import { clusterDnsAddress } from "./settings/cidrs";
import { decodeSettings, rawConfig } from "./settings/decode";
import { ConfigurationError, Faults } from "./settings/faults";
import { nodeSources } from "./settings/node-autoscaling";
import { decodeProviderSettings } from "./settings/provider-settings";
import { ownDomain, type Settings, spokeDomains, type SpokeSettings } from "./settings/settings";
import type { Kubernetes } from "./spoke/kubernetes";

const STACK_README = join(__dirname, "..", "Pulumi.README.md");

/**
 * Settings of the stack that runs.
 *
 * @throws RunError for a configuration with faults, before any resource is registered
 */
export function readSettings(): Settings {
  try {
    const config = rawConfig(pulumi.getStack(), pulumi.getProject(), pulumi.runtime.allConfig());
    const settings = decodeSettings(config);
    for (const warning of [...settings.warnings, ...supportWarnings(settings)]) void pulumi.log.warn(warning);
    return settings;
  } catch (error) {
    if (error instanceof ConfigurationError) throw new pulumi.RunError(error.message);
    throw error;
  }
}

/** Not part of the settings, which do not depend on the date. */
function supportWarnings(settings: Settings): string[] {
  if (settings.role === "hub" || !settings.cluster) return [];
  return [kubernetesVersionWarning(settings.kubernetesVersion, new Date().toISOString()) ?? []].flat();
}

/**
 * The AWS provider of all resources of the stack. It refuses any account but the stack's own and sets the default tags.
 * Credentials come from the environment.
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
 * The settings with AZ names in place of AZ IDs. Which name an AZ ID has is known only in the account, and subnets take names.
 * The names are plain values, like the rest of the settings. Nothing is looked up while AZs are given by name.
 *
 * @throws RunError for an AZ ID that the account does not have
 */
export async function withZoneNames<S extends Settings>(settings: S, provider: aws.Provider): Promise<S> {
  const { zones, network, region } = settings;
  if (!zones.some(isZoneId)) return settings;
  // The provider returns both lists in the order of the names (terraform-provider-aws, aws_availability_zones).
  const { names, zoneIds } = await aws.getAvailabilityZones({ filters: FILTERS }, { provider });
  const nameOf = new Map(zoneIds.map((id, index) => [id, names[index]]));
  const found = zones.map((id) => {
    const name = nameOf.get(id);
    if (name !== undefined) return name;
    throw new pulumi.RunError(
      `availability-zones of ${network.name} lists ${id}, which account ${network.account} does not have in ${region}: ` +
        `choose one of ${[...zoneIds].sort().join(", ")}`,
    );
  });
  return { ...settings, zones: found };
}

/** No Local or Wavelength Zones (Amazon EC2 API Reference, DescribeAvailabilityZones). */
const FILTERS = [{ name: "zone-type", values: ["availability-zone"] }];

/**
 * A spoke's provider for the hub's account. The stack's own credentials assume the role that the hub has for this
 * spoke.
 *
 * @throws RunError if the environment variable has another value than `read`
 */
export function hubProvider({ network, region, naming }: SpokeSettings, hub: HubContract): aws.Provider {
  const { assumeRoles, ...given } = userSettings();
  const roles = spokeRolesOf(hub, network.name);
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
 * Whether the stack only reads, as in previews of pull requests and in drift detection, which then need no role that
 * changes the hub. Such a preview shows an update of the provider `hub`, because its role differs.
 */
function onlyReads(variable: string): boolean {
  const value = process.env[variable];
  if (value === undefined || value === "") return false;
  if (value === "read") return true;
  throw new pulumi.RunError(`The environment variable ${variable} is "${value}": must be "read", or not set.`);
}

/**
 * The configuration under `aws:`, which explicit providers do not read by themselves. It was validated with the rest of
 * the configuration.
 */
function userSettings() {
  const settings = decodeProviderSettings(pulumi.runtime.allConfig(), new Faults());
  const { assumeRoles = [], ...others } = settings as UserSettings;
  const marked = Object.entries(others).map(([name, value]) => [name, isSecret(name) ? pulumi.secret(value) : value]);
  return { ...(Object.fromEntries(marked) as Omit<UserSettings, "assumeRoles">), assumeRoles };
}

/** Whether a setting is encrypted in the configuration, such as the URL of a proxy with a password. */
function isSecret(name: string): boolean {
  // The SDK exports it, but not its type.
  const runtime = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };
  return runtime.isConfigSecret(`aws:${name}`);
}

interface UserSettings extends Omit<aws.ProviderArgs, "assumeRoles" | "region"> {
  readonly assumeRoles?: readonly aws.types.input.ProviderAssumeRole[];
}

/**
 * Reads and checks what the hub exports for this spoke.
 *
 * @throws ContractError
 */
export async function readHub(settings: SpokeSettings): Promise<HubContract> {
  const { network, region, hub, hubStack } = settings;
  const name = hubStack ?? `${pulumi.getOrganization()}/${pulumi.getProject()}/${hub.name}`;
  const expected = { hubStack: name, stack: network.name, region, hub, domains: spokeDomains(settings) };
  await refuseUnreadable(name, (reason) => unreadableHub(name, reason));
  return readHubContract(new pulumi.StackReference(name), expected);
}

/** A spoke with a cluster, for its outputs. */
export interface ClusterOutputsArgs {
  readonly settings: SpokeSettings;
  readonly hub: HubContract;
  readonly vpcId: pulumi.Output<string>;
  readonly cluster: Kubernetes;
}

/** Outputs of a spoke's stack about its cluster. */
export function clusterOutputs(args: ClusterOutputsArgs): Record<string, unknown> {
  const { cluster, settings } = args;
  const { region } = settings;
  return {
    clusterName: cluster.clusterName,
    clusterEndpoint: cluster.endpoint,
    kubeconfigCommand: pulumi.interpolate`aws eks update-kubeconfig --region ${region} --name ${cluster.clusterName}`,
    nodeRoleArn: cluster.nodeRoleArn,
    platform: platformContract(args),
    // Pulumi Cloud shows it on the page of the stack and fills in the outputs (Pulumi documentation, "Stack READMEs").
    readme: readFileSync(STACK_README, "utf8"),
  };
}

function platformContract({ settings, hub, vpcId, cluster }: ClusterOutputsArgs): PlatformContractOutput {
  const { network } = settings;
  const { karpenter, autoMode } = cluster;
  return {
    version: PLATFORM_CONTRACT_VERSION,
    network: network.name,
    region: settings.region,
    account: network.account,
    clusterName: cluster.clusterName,
    clusterArn: cluster.clusterArn,
    clusterEndpoint: cluster.endpoint,
    clusterCertificateAuthority: cluster.certificateAuthority,
    kubernetesVersion: settings.kubernetesVersion,
    vpcId,
    vpcCidr: network.cidr,
    dnsAddress: clusterDnsAddress(settings.kubernetesServiceCidr),
    zones: settings.zones,
    domain: ownDomain(network, settings.domain),
    registry: hub.registry,
    tags: settings.tags,
    internetLoadBalancers: settings.internetLoadBalancers,
    ...(settings.egress === "none" ? { isolated: true } : {}),
    nodeAutoscaling: nodeSources(settings.nodeAutoscaling).launchers[0],
    ...(karpenter === undefined ? {} : { karpenter }),
    ...(autoMode === undefined ? {} : { autoMode }),
  };
}

export interface DeletionGuardArgs {
  /** Prefix of the parameter's name. */
  readonly prefix: string;
  /** Name of the network. */
  readonly network: string;
  /** What it guards: the whole stack, or its cluster, which a change of the configuration may remove alone. */
  readonly what: "stack" | "cluster";
  /** Component of the stack. While `protect` is true, no destroy may delete its children. */
  readonly guarded: pulumi.Resource;
  /**
   * Resources that awsx creates for the component inside its plugin: a dependency on a component does not include them.
   */
  readonly parts: pulumi.Output<readonly pulumi.Resource[]>;
  /** Refuse to delete the stack. */
  readonly protect: boolean;
}

/**
 * The first resource that a destroy deletes. Pulumi deletes in the order of dependencies and refuses a protected
 * resource only when it comes to it. Without this one, `pulumi destroy --skip-preview` would delete everything that
 * nothing depends on, such as routes and records, before it comes to a protected resource.
 *
 * This parameter depends on every other resource, so a destroy comes to it first and stops there.
 */
export class DeletionGuard extends pulumi.ComponentResource {
  constructor(
    name: string,
    { prefix, network, what, guarded, parts, protect }: DeletionGuardArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:network:DeletionGuard", name, {}, opts);
    new aws.ssm.Parameter(
      `${name}-deletion-guard`,
      {
        name: `${parameterPath(prefix, network)}/${what === "stack" ? "" : "cluster-"}deletion-guard`,
        type: "String",
        description: `Depends on every resource of the ${what}, so that a destroy stops here while protect is true`,
        value: what === "stack" ? `The stack ${network} is deployed` : `The cluster of ${network} is deployed`,
      },
      { parent: this, protect, dependsOn: parts.apply((list) => [guarded, ...list]) },
    );
    this.registerOutputs({});
  }
}
