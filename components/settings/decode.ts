import { architecturesFault } from "../spoke/instance-types";
import { defaultTags } from "../tags";
import { iamRoleArnRule, organizationArnRule, permissionsBoundaryRule } from "./arns";
import { addressSpaceRule, kubernetesServiceCidrRule, privateAccessCidrRule, publicAccessCidrRule } from "./cidrs";
import { Faults } from "./faults";
import { Fields } from "./fields";
import { refuseUnknownKeys } from "./known-keys";
import { decodeTagging } from "./naming";
import { decodeNetworks, HUB } from "./networks";
import {
  domainRule,
  endpointServiceRule,
  hubStackRule,
  imagePublisherRule,
  instanceTypeRule,
  kubernetesVersionRule,
  repositoryNameRule,
} from "./rules";
import type { Settings } from "./settings";
import { hubWarnings, sharedAccountWarnings, spokeWarnings } from "./warnings";
import { decodeRegion, decodeZones } from "./zones";

/** Configuration of a stack as the Pulumi CLI hands it to the program, its defaults filled in. */
export interface RawConfig {
  /** Name of the stack, which is the name of its network. */
  readonly stack: string;
  /** Name of the project, the namespace of the keys. */
  readonly project: string;
  /** The key `aws:region`; undefined when it is not set. */
  readonly region: string | undefined;
  /** Key without its namespace, to text: `true`, `3`, and lists and objects as JSON. */
  readonly values: Readonly<Record<string, string>>;
}

/** The part of a stack's whole configuration, `namespace:key` to text, that is read here. */
export function rawConfig(stack: string, project: string, config: Readonly<Record<string, string>>): RawConfig {
  const namespace = `${project}:`;
  const own = Object.entries(config).filter(([key]) => key.startsWith(namespace));
  const values = Object.fromEntries(own.map(([key, value]) => [key.slice(namespace.length), value]));
  return { stack, project, region: config["aws:region"], values };
}

/**
 * What a stack is, read from its configuration.
 *
 * Every key is read in every stack, so that a fault in the hub's part does not wait for the hub.
 *
 * @throws ConfigurationError that lists every fault there is
 */
export function decodeSettings({ stack, project, region: rawRegion, values }: RawConfig): Settings {
  const faults = new Faults();
  const fields = new Fields(values, faults);

  const region = decodeRegion(rawRegion, faults);
  const addressSpace = fields.string("address-space", addressSpaceRule);
  const register = fields.object("networks");
  const kubernetesServiceCidr = fields.string("kubernetes-service-cidr", kubernetesServiceCidrRule);
  const networks = decodeNetworks(register, { addressSpace, kubernetesServiceCidr }, faults);
  // A register without a hub has that fault already.
  if (register !== undefined && stack !== HUB && !Object.hasOwn(register, stack)) {
    const names = Object.keys(register).join(", ") || "none";
    faults.add("stack", stack, `not a network; networks are ${names}; add networks.${stack} to Pulumi.yaml`);
  }
  const network = networks?.find(({ name }) => name === stack);
  const readings = [
    {
      region,
      addressSpace,
      networks,
      network,
      hub: networks?.find(({ name }) => name === HUB),
      domain: fields.string("domain", domainRule),
      names: decodeTagging(fields, Object.keys(register ?? {}), faults),
      kubernetesServiceCidr,
      zones: decodeZones(fields, region, faults),
      protect: fields.boolean("protect"),
      boundary: fields.string("permissions-boundary", permissionsBoundaryRule(network?.account)),
    },
    readHubKeys(fields),
    readSpokeKeys(fields, faults),
  ] as const;
  refuseUnknownKeys(values, project, faults);

  const [keys, hubKeys, { hubStack, ...spokeKeys }] = faults.refuseOr(stack, readings);
  const { networks: all, hub, boundary, names, ...stackKeys } = keys;
  const shared = {
    ...stackKeys,
    naming: { project, prefix: names.prefix },
    tags: defaultTags({ network: stack, ...names }),
    permissionsBoundary: unlessEmpty(boundary),
  };
  const warnings = sharedAccountWarnings(all);
  if (stack === HUB) {
    const spokes = all.filter((network) => network !== hub);
    const own = hubWarnings({ oneNatPerAz: spokeKeys.oneNatPerAz, protect: shared.protect, spokes });
    return { role: "hub", ...shared, ...hubKeys, spokes, warnings: [...warnings, ...own] };
  }
  const own = spokeWarnings(spokeKeys);
  return {
    role: "spoke",
    ...shared,
    ...spokeKeys,
    hub,
    hubStack: unlessEmpty(hubStack),
    warnings: [...warnings, ...own],
  };
}

/** What an optional text says: its default in `Pulumi.yaml` is empty, since the CLI demands keys that have none. */
function unlessEmpty(text: string): string | undefined {
  return text === "" ? undefined : text;
}

function readHubKeys(fields: Fields) {
  return {
    repositories: fields.list("repositories", repositoryNameRule),
    imagePublishers: fields.list("image-publishers", imagePublisherRule),
    sharedEndpoints: fields.list("shared-endpoints", endpointServiceRule),
    shareWith: fields.list("share-with", organizationArnRule),
    inboundResolver: fields.boolean("inbound-resolver"),
    flowLogRetentionDays: fields.integer("flow-log-retention-days", [1, 3650]),
  };
}

function readSpokeKeys(fields: Fields, faults: Faults) {
  return {
    oneNatPerAz: fields.boolean("one-nat-per-az"),
    dnsResolver: fields.choice("dns-resolver", ["hub", "vpc"]),
    hubStack: fields.string("hub-stack", hubStackRule),
    cluster: fields.boolean("cluster"),
    kubernetesVersion: fields.string("kubernetes-version", kubernetesVersionRule),
    clusterAdmins: fields.list("cluster-admins", iamRoleArnRule),
    clusterPrivateAccessCidrs: fields.list("cluster-private-access-cidrs", privateAccessCidrRule),
    clusterPublicAccessCidrs: fields.list("cluster-public-access-cidrs", publicAccessCidrRule),
    nodeInstanceTypes: decodeInstanceTypes(fields, faults),
    nodeCount: fields.integer("node-count", [1, 100]),
  };
}

/** Types of one architecture: the nodes boot one image. */
function decodeInstanceTypes(fields: Fields, faults: Faults): readonly string[] | undefined {
  const key = "node-instance-types";
  const types = fields.list(key, instanceTypeRule, 1);
  const fault = types?.every((type) => instanceTypeRule(type) === undefined) ? architecturesFault(types) : undefined;
  if (fault === undefined) return types;
  faults.add(key, types, fault);
  return undefined;
}
