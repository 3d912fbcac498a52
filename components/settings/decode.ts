import { architecturesFault } from "../facts/instance-types";
import { defaultTags } from "../names";
import {
  addressSpaceRule,
  type CidrList,
  kubernetesServiceCidrRule,
  privateAccessCidrs,
  publicAccessCidrs,
} from "./cidrs";
import { alarmWarnings, decodeAlarms } from "./alarms";
import { decodeConnections, withTablesForSites } from "./connections";
import { decodeDnsFirewall } from "./dns-firewall";
import { EGRESS, type EgressChoices, egressWarnings } from "./egress";
import { Faults, type Rule } from "./faults";
import { Fields, type Key, refuseUnknownKeys } from "./fields";
import { decodeForwardDomains } from "./forward-domains";
import { decodeInspection, inspectionWarnings } from "./inspection";
import { decodeTagging } from "./naming";
import { decodeNetworks, HUB, smallNetworkWarning } from "./networks";
import { NODE_AUTOSCALING, type NodeAutoscaling } from "./node-autoscaling";
import { refuseOtherNamespaces } from "./provider-settings";
import {
  domainRule,
  endpointServiceRule,
  hubStackRule,
  iamRoleArnRule,
  imagePublisherRule,
  instanceTypeRule,
  kubernetesVersionRule,
  organizationArnRule,
  permissionsBoundaryRule,
  repositoryNameRule,
} from "./rules";
import type { Network, Settings } from "./settings";
import { decodeSites } from "./sites";
import { decodeRegion, decodeZones, zoneNamesWarning } from "./zones";

/** Configuration of a stack as the Pulumi CLI passes it to the program, with its defaults. */
export interface RawConfig {
  /** Name of the stack, which is the name of its network. */
  readonly stack: string;
  /** Name of the project, the namespace of the keys. */
  readonly project: string;
  /** The key `aws:region`; undefined when it is not set. */
  readonly region: string | undefined;
  /** Values by key without its namespace, as text: `true`, `3`, and lists and objects as JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Values by whole key of other namespaces, such as `aws:profile`. @default none */
  readonly others?: Readonly<Record<string, string>>;
}

/** Sorts a stack's configuration, text by `namespace:key`, into what {@link decodeSettings} reads. */
export function rawConfig(stack: string, project: string, config: Readonly<Record<string, string>>): RawConfig {
  const namespace = `${project}:`;
  const own = Object.entries(config).filter(([key]) => key.startsWith(namespace));
  const values = Object.fromEntries(own.map(([key, value]) => [key.slice(namespace.length), value]));
  const others = Object.fromEntries(Object.entries(config).filter(([key]) => !key.startsWith(namespace)));
  return { stack, project, region: config["aws:region"], values, others };
}

/**
 * Reads and validates the configuration of a stack.
 *
 * Every stack reads every key, so a fault in the hub's keys shows before the hub is deployed.
 *
 * @throws ConfigurationError that lists every fault
 */
export function decodeSettings({ stack, project, region: rawRegion, values, others = {} }: RawConfig): Settings {
  const faults = new Faults();
  const fields = new Fields(values, faults);

  const region = decodeRegion(rawRegion, faults);
  const addressSpace = fields.string("address-space", addressSpaceRule);
  const entries = fields.object("networks");
  const kubernetesServiceCidr = fields.string("kubernetes-service-cidr", kubernetesServiceCidrRule);
  const networks = decodeNetworks(entries, { addressSpace, kubernetesServiceCidr }, faults);
  if (entries !== undefined) refuseUnknownStack(stack, entries, faults);
  const network = networks?.find(({ name }) => name === stack);
  const domain = fields.string("domain", domainRule);
  const known = { names: entries && Object.keys(entries), networks, hub: HUB };
  const sites = decodeSites(fields, { ...known, kubernetesServiceCidr }, faults);
  const readings = [
    {
      region,
      addressSpace,
      networks,
      network,
      hub: networks?.find(({ name }) => name === HUB),
      domain,
      names: decodeTagging(fields, Object.keys(entries ?? {}), faults),
      connections: decodeConnections(fields, known, faults),
      sites,
      forwardDomains: decodeForwardDomains(fields, { domain, sites }, faults),
      securityGroupReferences: fields.boolean("security-group-references"),
      kubernetesServiceCidr,
      zones: decodeZones(fields, region, faults),
      firewall: decodeDnsFirewall(fields, region, faults),
      protect: fields.boolean("protect"),
      boundary: fields.string("permissions-boundary", permissionsBoundaryRule(network?.account)),
      alarms: decodeAlarms(fields, region, faults),
    },
    readHubKeys(fields, faults),
    readSpokeKeys(fields, faults),
  ] as const;
  refuseUnknownKeys(values, project, faults);
  refuseOtherNamespaces(others, project, faults);

  const [keys, hubKeys, { hubStack, ...spokeKeys }] = faults.refuseOr(stack, readings);
  const { hub, boundary, names, firewall, ...stackKeys } = keys;
  const shared = {
    ...stackKeys,
    connections: withTablesForSites(stackKeys.connections, stackKeys.sites, spokeNames(stackKeys.networks)),
    naming: { project, prefix: names.prefix },
    tags: defaultTags({ network: stack, ...names }),
    permissionsBoundary: unlessEmpty(boundary),
    dnsFirewall: firewall ?? undefined,
  };
  if (stack === HUB) {
    const spokes = stackKeys.networks.filter((network) => network !== hub);
    const own = hubWarnings({ ...spokeKeys, protect: shared.protect, spokes });
    return {
      role: "hub",
      ...shared,
      ...hubKeys,
      spokes,
      warnings: [
        ...sharedAccountWarnings(stackKeys.networks),
        ...zoneNamesWarning(shared),
        ...inspectionWarnings({ ...hubKeys, region: shared.region }),
        ...own,
        ...alarmWarnings(shared.alarms),
      ],
    };
  }
  return {
    role: "spoke",
    ...shared,
    ...spokeKeys,
    hub,
    hubStack: unlessEmpty(hubStack),
    warnings: [
      ...zoneNamesWarning(shared),
      ...(spokeKeys.cluster ? smallNetworkWarning(shared.network) : []),
      ...spokeWarnings(spokeKeys),
      ...alarmWarnings(shared.alarms),
    ],
  };
}

/** Names of the spokes, in address order. */
function spokeNames(networks: readonly Network[]): readonly string[] {
  return networks.map(({ name }) => name).filter((name) => name !== HUB);
}

/** Most names of networks that a message lists. */
const LISTED = 20;

function refuseUnknownStack(stack: string, entries: object, faults: Faults): void {
  // An account map without a hub has that fault already.
  if (stack === HUB || Object.hasOwn(entries, stack)) return;
  const names = Object.keys(entries);
  const more = names.length - LISTED;
  const listed = [...names.slice(0, LISTED), ...(more > 0 ? [`and ${more} more`] : [])].join(", ") || "none";
  faults.add("stack", stack, `not a network; networks are ${listed}; add networks.${stack} to Pulumi.yaml`);
}

/**
 * The value of an optional key. Its default in `Pulumi.yaml` is empty, since the CLI requires a value for keys without
 * one.
 */
function unlessEmpty(text: string): string | undefined {
  return text === "" ? undefined : text;
}

function readHubKeys(fields: Fields, faults: Faults) {
  const centralEgress = fields.boolean("central-egress");
  return {
    repositories: fields.list("repositories", repositoryNameRule),
    imagePublishers: fields.list("image-publishers", imagePublisherRule),
    sharedEndpoints: fields.list("shared-endpoints", endpointServiceRule),
    shareWith: fields.list("share-with", organizationArnRule),
    inboundResolver: fields.boolean("inbound-resolver"),
    flowLogRetentionDays: fields.integer("flow-log-retention-days", [1, 3650]),
    centralEgress,
    inspection: decodeInspection(fields, centralEgress, faults),
    transitFlowLogs: fields.boolean("transit-flow-logs"),
  };
}

function readSpokeKeys(fields: Fields, faults: Faults) {
  return {
    egress: fields.choice("egress", EGRESS),
    oneNatPerAz: fields.boolean("one-nat-per-az"),
    dnsResolver: fields.choice("dns-resolver", ["hub", "vpc"]),
    hubStack: fields.string("hub-stack", hubStackRule),
    cluster: fields.boolean("cluster"),
    kubernetesVersion: fields.string("kubernetes-version", kubernetesVersionRule),
    clusterAdmins: fields.list("cluster-admins", iamRoleArnRule),
    clusterPrivateAccessCidrs: decodeCidrs("cluster-private-access-cidrs", privateAccessCidrs, fields, faults),
    clusterPublicAccessCidrs: decodeCidrs("cluster-public-access-cidrs", publicAccessCidrs, fields, faults),
    internetLoadBalancers: fields.boolean("internet-load-balancers"),
    nodeAutoscaling: fields.choice("node-autoscaling", NODE_AUTOSCALING),
    nodeInstanceTypes: decodeInstanceTypes(fields, faults),
    nodeCount: fields.integer("node-count", [1, 100]),
  };
}

/** Reads a list of CIDRs that have rules for each and for all together. */
function decodeCidrs(
  key: Key,
  { rule, fault }: CidrList,
  fields: Fields,
  faults: Faults,
): readonly string[] | undefined {
  return decodeTogether(key, fields.list(key, rule), rule, fault, faults);
}

/** Reads instance types, which must be of one architecture: the nodes boot one image. */
function decodeInstanceTypes(fields: Fields, faults: Faults): readonly string[] | undefined {
  const key = "node-instance-types";
  return decodeTogether(key, fields.list(key, instanceTypeRule, 1), instanceTypeRule, architecturesFault, faults);
}

/** Checks the elements of a list together. It does so only when no element has a fault of its own. */
function decodeTogether(
  key: Key,
  list: readonly string[] | undefined,
  rule: Rule,
  faultOf: (list: readonly string[]) => string | undefined,
  faults: Faults,
): readonly string[] | undefined {
  const areGood = list?.every((each) => typeof each === "string" && rule(each) === undefined) ?? false;
  const fault = list !== undefined && areGood ? faultOf(list) : undefined;
  if (fault === undefined) return list;
  faults.add(key, list, fault);
  return undefined;
}

/** Warnings about networks that share an account. It is allowed, and only the hub shows them. */
function sharedAccountWarnings(networks: readonly Network[]): string[] {
  const accounts = [...new Set(networks.map(({ account }) => account))];
  return accounts.flatMap((account) => {
    const sharing = networks.filter((network) => network.account === account);
    if (sharing.length === 1) return [];
    const names = sharing.map(({ name }) => `networks.${name}`).join(" and ");
    return `${names} are in one account, ${account}: they share its quotas, and whoever may change one may change both`;
  });
}

interface HubChoices extends EgressChoices {
  readonly protect: boolean;
  readonly spokes: readonly Network[];
}

/** Warnings about a hub's configuration that is allowed but may surprise. */
function hubWarnings({ egress, oneNatPerAz, protect, spokes }: HubChoices): string[] {
  const names = spokes.map(({ name }) => name).join(", ");
  return [
    ...(egress === "zonal" ? [] : [`egress is ${egress}, which changes nothing: it is a key of spokes`]),
    ...(oneNatPerAz ? ["one-nat-per-az is true, which changes nothing: it is a key of spokes"] : []),
    ...(!protect && spokes.length > 0
      ? [
          "protect is false, so pulumi destroy would delete the hub: " +
            `destroy the spokes first, which lose DNS, images and their log archive without it (${names})`,
        ]
      : []),
  ];
}

interface SpokeChoices extends EgressChoices {
  readonly cluster: boolean;
  readonly clusterAdmins: readonly string[];
  readonly nodeAutoscaling: NodeAutoscaling;
}

/** Warnings about a spoke's configuration that is allowed but may surprise. */
function spokeWarnings(choices: SpokeChoices): string[] {
  return [...egressWarnings(choices), ...clusterWarnings(choices)];
}

function clusterWarnings({ cluster, clusterAdmins, egress, nodeAutoscaling }: SpokeChoices): string[] {
  if (!cluster) {
    return nodeAutoscaling === "karpenter"
      ? []
      : [`node-autoscaling is ${nodeAutoscaling}, which changes nothing: cluster is false, so there is no cluster`];
  }
  return [
    ...(clusterAdmins.length === 0
      ? ["cluster-admins is empty: nobody can use kubectl in the cluster; list the ARNs of the IAM roles that may"]
      : []),
    ...(egress === "none"
      ? [
          "egress is none: nodes pull a cached image only after a spoke with a path to the internet has pulled it once, and " +
            "external-dns does not reach Amazon Route 53, so it writes no records",
        ]
      : []),
    ...(nodeAutoscaling === "karpenter" || nodeAutoscaling === "auto"
      ? []
      : [
          `node-autoscaling is ${nodeAutoscaling}, a step of a move: continue with ` +
            "docs/runbooks/switch-node-autoscaling.md until it is karpenter or auto",
        ]),
  ];
}
