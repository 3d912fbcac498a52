import type { Tier } from "../../../components/address-plan";
import { isProperties, lookup, text, textIn, texts, type ModelResource } from "../resource";
import type { StackResources } from "../stacks";
import { readNetworkAcls, type NetworkAcl } from "./network-acls";
import { type PrivateZone, readPrivateZones } from "./private-zones";
import { groupBy, Resources, type Sources } from "./resources";
import { type RouteTable, readRouteTables, type RouteTables } from "./route-tables";
import { readIngressRules, type IngressRule } from "./security-groups";
import {
  type InboundResolver,
  readInboundResolvers,
  type InterfaceEndpoint,
  readInterfaceEndpoints,
} from "./vpc-endpoints";
import { readTransitGateways, type Transit } from "./transit-gateways";
import { findUnsupported } from "./unsupported/unsupported";

/** The networks of all stacks as one, in AWS's own terms, found by id. */
export interface Topology {
  /** The hub first. */
  readonly networks: readonly VpcNetwork[];
  readonly networkById: ReadonlyMap<string, VpcNetwork>;
  readonly subnetById: ReadonlyMap<string, Subnet>;
  readonly natById: ReadonlyMap<string, NatGateway>;
  /** VPC that an internet gateway is attached to, by its id. */
  readonly internetGateways: ReadonlyMap<string, string>;
  readonly transit: Transit;
  /** By security group. */
  readonly rules: ReadonlyMap<string, readonly IngressRule[]>;
  readonly endpoints: readonly InterfaceEndpoint[];
  readonly resolvers: readonly InboundResolver[];
  readonly zones: readonly PrivateZone[];
  /** What the model does not cover, by stack: sentences that start with `TYPE::NAME`. */
  readonly unsupported: ReadonlyMap<string, readonly string[]>;
}

/** A VPC. */
export interface VpcNetwork {
  readonly id: string;
  readonly name: string;
  /** Stack that makes it. */
  readonly stack: string;
  readonly isHub: boolean;
  /** From its zones, which are named REGION and a letter. */
  readonly region: string;
  readonly blocks: readonly string[];
  readonly subnets: readonly Subnet[];
  /** Whether the VPC's own resolver answers: DNS support, which AWS switches on. */
  readonly hasResolver: boolean;
  /** Whether private zones answer here: Route 53 asks for DNS support and DNS host names, both. */
  readonly readsPrivateZones: boolean;
  /** Servers that DHCP hands out, in order; AmazonProvidedDNS where no options are set. */
  readonly servers: readonly string[];
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly tier: Tier;
  readonly zone: string;
  readonly block: string;
  /** Whether instances get a public address when they start. */
  readonly givesPublicAddresses: boolean;
  readonly table: RouteTable;
  /** Undefined: the VPC's default network ACL as AWS makes it, which allows everything. */
  readonly acl: NetworkAcl | undefined;
}

export interface NatGateway {
  readonly id: string;
  readonly name: string;
  readonly subnetId: string;
  /** Whether it has an address of the internet's. */
  readonly isPublic: boolean;
  /** Private addresses that it sends from, where they are pinned; empty: any of its subnet's. */
  readonly addresses: readonly string[];
}

const known = new WeakMap<object, Topology>();

/** The topology of an estate, made once: every check asks the same one. */
export function topologyOf(estate: Sources): Topology {
  const made = known.get(estate) ?? topology(new Resources(estate));
  known.set(estate, made);
  return made;
}

function topology(resources: Resources): Topology {
  const vpcs = resources.ofType("aws:ec2/vpc:Vpc");
  const more = groupBy(resources.ofType("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"), (each) =>
    text(each, "vpcId"),
  );
  const blocks = new Map(
    vpcs.map((vpc) => [vpc.id, [vpc, ...(more.get(vpc.id) ?? [])].map((each) => text(each, "cidrBlock"))]),
  );
  const blocksOf = (vpcId: string): readonly string[] => blocks.get(vpcId) ?? [];
  const tables = readRouteTables(resources, blocksOf);
  const gateways = readTransitGateways(resources, blocksOf);
  const subnets = groupBy(subnetsOf(resources, tables), ({ vpcId }) => vpcId);
  const servers = dhcpServers(resources);
  const networks = vpcs.map((vpc): VpcNetwork => {
    const stack = resources.stackOf(vpc);
    const hasResolver = vpc.inputs["enableDnsSupport"] !== false;
    return {
      id: vpc.id,
      name: vpc.name,
      stack: stack?.name ?? "",
      isHub: stack?.isHub === true,
      region: (subnets.get(vpc.id)?.[0]?.zone ?? "").replace(/[a-z]$/, ""),
      blocks: blocks.get(vpc.id) ?? [],
      subnets: subnets.get(vpc.id) ?? [],
      hasResolver,
      readsPrivateZones: hasResolver && vpc.inputs["enableDnsHostnames"] === true,
      servers: servers.get(vpc.id) ?? [AMAZON_PROVIDED_DNS],
    };
  });
  networks.sort((a, b) => Number(b.isHub) - Number(a.isHub));
  return {
    networks,
    networkById: new Map(networks.map((network) => [network.id, network])),
    subnetById: new Map(networks.flatMap((network) => network.subnets.map((subnet) => [subnet.id, subnet] as const))),
    natById: new Map(resources.ofType("aws:ec2/natGateway:NatGateway").map((nat) => [nat.id, natGateway(nat)])),
    internetGateways: internetGateways(resources),
    transit: gateways,
    rules: readIngressRules(resources),
    endpoints: readInterfaceEndpoints(resources),
    resolvers: readInboundResolvers(resources),
    zones: readPrivateZones(resources),
    unsupported: findUnsupported(resources, { tables, transit: gateways, blocksOf }),
  };
}

/** Every network of a stack: it may have more VPCs than one. */
export function networksOf({ networks }: Topology, { name }: Pick<StackResources, "name">): readonly VpcNetwork[] {
  return networks.filter(({ stack }) => stack === name);
}

/** The first network of a stack; undefined for a stack without a VPC. */
export function networkOf({ networks }: Topology, { name }: Pick<StackResources, "name">): VpcNetwork | undefined {
  return networks.find(({ stack }) => stack === name);
}

/** The subnets of a network's tier. */
export function inTier(network: VpcNetwork | undefined, tier: string): readonly Subnet[] {
  return network?.subnets.filter((subnet) => subnet.tier === tier) ?? [];
}

/** The VPC's own resolver, in DHCP options. */
export const AMAZON_PROVIDED_DNS = "AmazonProvidedDNS";

function subnetsOf(resources: Resources, tables: RouteTables): Subnet[] {
  const acls = readNetworkAcls(resources);
  return resources.ofType("aws:ec2/subnet:Subnet").flatMap((subnet) => {
    const vpcId = text(subnet, "vpcId");
    const table = tables.byId.get(tables.ofSubnet.get(subnet.id) ?? tables.mainOf.get(vpcId) ?? "");
    return {
      id: subnet.id,
      name: subnet.name,
      vpcId,
      tier: tierOf(subnet),
      zone: text(subnet, "availabilityZone"),
      block: text(subnet, "cidrBlock"),
      givesPublicAddresses: subnet.inputs["mapPublicIpOnLaunch"] === true,
      table: table ?? { id: "", name: "no table", vpcId, routes: [], refused: [] },
      acl: acls.of(subnet.id, vpcId),
    };
  });
}

const TIERS: Readonly<Record<string, Tier>> = { Public: "public", Private: "private", Isolated: "transit" };

/** From the tag that awsx sets. A subnet without the tag must comply with the rules for private subnets, the strictest. */
function tierOf({ inputs: { tags } }: ModelResource): Tier {
  return lookup(TIERS, isProperties(tags) ? textIn(tags, "SubnetType") : "") ?? "private";
}

function natGateway(nat: ModelResource): NatGateway {
  const isPublic = text(nat, "connectivityType") !== "private" && text(nat, "allocationId") !== "";
  const [first, more] = [text(nat, "privateIp"), texts(nat, "secondaryPrivateIpAddresses")];
  // AWS chooses a private address for each further Elastic IP address, or as many as are asked for.
  const chosen = Number(nat.inputs["secondaryPrivateIpAddressCount"] ?? texts(nat, "secondaryAllocationIds").length);
  const addresses = first === "" || chosen > more.length ? [] : [first, ...more];
  return { id: nat.id, name: nat.name, subnetId: text(nat, "subnetId"), isPublic, addresses };
}

function internetGateways(resources: Resources): ReadonlyMap<string, string> {
  const own = resources.ofType("aws:ec2/internetGateway:InternetGateway").map((each) => [each.id, text(each, "vpcId")]);
  const later = resources
    .ofType("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment")
    .map((each) => [text(each, "internetGatewayId"), text(each, "vpcId")]);
  return new Map([...own, ...later] as [string, string][]);
}

function dhcpServers(resources: Resources): ReadonlyMap<string, readonly string[]> {
  const associations = resources.ofType("aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation");
  return new Map(
    associations.map((each) => {
      const options = resources.byId(text(each, "dhcpOptionsId"));
      return [text(each, "vpcId"), options === undefined ? [] : texts(options, "domainNameServers")];
    }),
  );
}
