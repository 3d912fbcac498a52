import { addressPlan, hostAddress, type Tier } from "../components/address-plan";
import { HUB } from "../components/settings/networks";
import { endpointDomains, type Common } from "./common";
import type { Facts } from "./facts";

/** How a network was deployed. */
export interface Shape {
  /** Names of its zones, in order. */
  readonly zones: readonly string[];
  readonly natPerZone: boolean;
}

/** All that was deployed: networks by name. */
export type Deployed = ReadonlyMap<string, Shape>;

const TIERS: readonly Tier[] = ["private", "public", "transit"];

/**
 * What must be so of a network's VPC. Told from the configuration and the address plan, and not from what the program
 * makes of them: a fault of the program must not excuse itself.
 */
export function expectedNetwork(name: string, deployed: Deployed, common: Common): Facts {
  const { zones } = shapeOf(deployed, name);
  const plan = addressPlan(cidrOf(common, name), zones);
  const subnets = (tier: Tier): string[] => zones.map((_, zone) => `${name}-${tier}-${String(zone + 1)}`);
  return {
    subnets: TIERS.flatMap((tier) =>
      subnets(tier).map((subnet, zone) => `${subnet} ${plan[tier][zone]?.cidr ?? ""} ${zones[zone] ?? ""}`),
    ),
    "routes of its subnets, without the local route": [
      ...subnets("private").map((subnet, zone) => `${subnet}: ${privateRoutes(name, zone, deployed, common)}`),
      ...subnets("public").map((subnet) => `${subnet}: 0.0.0.0/0 → internet gateway`),
      ...subnets("transit").map((subnet) => `${subnet}: none`),
    ],
    "subnets of its transit gateway attachment": subnets("transit"),
    endpoints: expectedEndpoints(name, subnets("private"), common),
    "private hosted zones": expectedZones(name, deployed, common),
    ...(name === HUB ? {} : { "DHCP options": expectedDhcpOptions(name, deployed, common) }),
  };
}

/** What must be so of the transit gateway's tables: spokes read the hub alone, and the hub reads every spoke. */
export function expectedTransit(deployed: Deployed, { addressSpace }: Common): Facts {
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

function privateRoutes(name: string, zone: number, deployed: Deployed, common: Common): string {
  const { natPerZone } = shapeOf(deployed, name);
  return name === HUB
    ? `${common.addressSpace} → transit gateway`
    : `0.0.0.0/0 → NAT ${name}-${String(natPerZone ? zone + 1 : 1)}, ${common.addressSpace} → transit gateway`;
}

/** S3 in every network, for its private subnets; what is shared in the hub. */
function expectedEndpoints(name: string, subnets: readonly string[], common: Common): string[] {
  const { region, sharedEndpoints } = common;
  const shared = name === HUB ? sharedEndpoints : [];
  return [
    `Gateway com.amazonaws.${region}.s3 for ${subnets.join(", ")}`,
    ...shared.map(
      (service) => `Interface com.amazonaws.${region}.${service} in ${subnets.join(", ")}, private DNS off`,
    ),
  ];
}

/** The domain of all, the network's own or all of them in the hub, and those that lead to the shared endpoints. */
function expectedZones(name: string, deployed: Deployed, common: Common): string[] {
  const { domain } = common;
  const owners = name === HUB ? spokesOf(deployed) : [name];
  return [domain, ...owners.map((owner) => `${owner}.${domain}`), ...endpointDomains(common)];
}

/**
 * The VPC's own resolver, and before it, where that is asked for, the hub's: at address 10 of the hub's first two private
 * subnets.
 */
function expectedDhcpOptions(name: string, deployed: Deployed, common: Common): string[] {
  const hub = addressPlan(cidrOf(common, HUB), shapeOf(deployed, HUB).zones);
  const first = common.dnsResolver === "hub" ? hub.private.slice(0, 2).map(({ cidr }) => hostAddress(cidr, 10)) : [];
  return [
    `domain-name: ${name}.${common.domain}`,
    `domain-name-servers: ${[...first, "AmazonProvidedDNS"].join(", ")}`,
  ];
}

function spokesOf(deployed: Deployed): string[] {
  return [...deployed.keys()].filter((name) => name !== HUB);
}

function shapeOf(deployed: Deployed, name: string): Shape {
  const shape = deployed.get(name);
  if (shape === undefined) throw new Error(`${name} is not deployed`);
  return shape;
}

function cidrOf({ networks }: Common, name: string): string {
  const network = networks[name];
  if (network === undefined) throw new Error(`${name} is not in the register`);
  return network.cidr;
}
