import { addressPlan, hostAddress, type Tier } from "../components/address-plan";
import { HUB } from "../components/settings/networks";
import type { Description } from "./checks";
import { endpointDomains, type RunSettings } from "./settings";

/** Configuration of a deployed network. */
export interface DeployedNetwork {
  /** Names of its AZs, in order. */
  readonly zones: readonly string[];
  readonly natPerZone: boolean;
}

/** The deployed networks by name. */
export type DeployedNetworks = ReadonlyMap<string, DeployedNetwork>;

const TIERS: readonly Tier[] = ["private", "public", "transit"];

/**
 * Describes what AWS must report of a network's VPC. It follows from the configuration and the address plan, not from the
 * program's resources, so that a mistake in the program does not change the expectation too.
 */
export function expectedNetwork(name: string, deployed: DeployedNetworks, settings: RunSettings): Description {
  const { zones } = find(deployed, name);
  const plan = addressPlan(cidrOf(settings, name), zones);
  const subnets = (tier: Tier): string[] => zones.map((_, index) => `${name}-${tier}-${String(index + 1)}`);
  return {
    subnets: TIERS.flatMap((tier) =>
      plan[tier].map(({ cidr, zone }, index) => `${name}-${tier}-${String(index + 1)} ${cidr} ${zone}`),
    ),
    "routes of its subnets, without the local route": [
      ...subnets("private").map((subnet, index) => `${subnet}: ${privateRoutes(name, index, deployed, settings)}`),
      ...subnets("public").map((subnet) => `${subnet}: 0.0.0.0/0 → internet gateway`),
      ...subnets("transit").map((subnet) => `${subnet}: none`),
    ],
    "subnets of its transit gateway attachment": subnets("transit"),
    endpoints: expectedEndpoints(name, subnets("private"), settings),
    "private hosted zones": expectedHostedZones(name, deployed, settings),
    ...(name === HUB ? {} : { "DHCP options": expectedDhcpOptions(name, deployed, settings) }),
  };
}

/** Describes the transit gateway route tables: spokes reach only the hub, and the hub reaches every spoke. */
export function expectedTransitGateway(deployed: DeployedNetworks, { addressSpace }: RunSettings): Description {
  const spokes = spokesOf(deployed);
  return {
    "associated with hub-hub": [HUB],
    "propagating to hub-hub": spokes,
    "static routes of hub-hub": [],
    "associated with hub-spokes": spokes,
    "propagating to hub-spokes": [HUB],
    "static routes of hub-spokes": [`${addressSpace} → blackhole`],
  };
}

function privateRoutes(name: string, index: number, deployed: DeployedNetworks, settings: RunSettings): string {
  const toTransitGateway = `${settings.addressSpace} → transit gateway`;
  if (name === HUB) return toTransitGateway;
  const { natPerZone } = find(deployed, name);
  return `0.0.0.0/0 → NAT ${name}-${String(natPerZone ? index + 1 : 1)}, ${toTransitGateway}`;
}

/** A gateway endpoint for S3 in every network, and the centralized interface endpoints in the hub. */
function expectedEndpoints(name: string, privateSubnets: readonly string[], settings: RunSettings): string[] {
  const { region, sharedEndpoints } = settings;
  const subnets = privateSubnets.join(", ");
  return [
    `Gateway com.amazonaws.${region}.s3 for ${subnets}`,
    ...(name === HUB ? sharedEndpoints : []).map(
      (service) => `Interface com.amazonaws.${region}.${service} in ${subnets}, private DNS off`,
    ),
  ];
}

/** The shared domain, a spoke's own domain (in the hub, that of each spoke), and the domains of the shared endpoints. */
function expectedHostedZones(name: string, deployed: DeployedNetworks, settings: RunSettings): string[] {
  const owners = name === HUB ? spokesOf(deployed) : [name];
  return [settings.domain, ...owners.map((owner) => `${owner}.${settings.domain}`), ...endpointDomains(settings)];
}

/** With `dns-resolver: hub`, first the Resolver inbound endpoint: address 10 of the hub's first two private subnets. */
function expectedDhcpOptions(name: string, deployed: DeployedNetworks, settings: RunSettings): string[] {
  const { private: subnets } = addressPlan(cidrOf(settings, HUB), find(deployed, HUB).zones);
  const first = settings.dnsResolver === "hub" ? subnets.slice(0, 2).map(({ cidr }) => hostAddress(cidr, 10)) : [];
  return [
    `domain-name: ${name}.${settings.domain}`,
    `domain-name-servers: ${[...first, "AmazonProvidedDNS"].join(", ")}`,
  ];
}

function spokesOf(deployed: DeployedNetworks): string[] {
  return [...deployed.keys()].filter((name) => name !== HUB);
}

function find(deployed: DeployedNetworks, name: string): DeployedNetwork {
  const network = deployed.get(name);
  if (network === undefined) throw new Error(`${name} is not deployed`);
  return network;
}

function cidrOf({ networks }: RunSettings, name: string): string {
  const network = networks[name];
  if (network === undefined) throw new Error(`${name} is not in the account map`);
  return network.cidr;
}
