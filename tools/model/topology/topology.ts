import { regionOfZone } from "../../../components/facts/aws-regions";
import type { Tier } from "../../../components/address-plan";
import { EGRESS_SUBNET_TYPE } from "../../../components/names";
import { isProperties, lookup, type ModelResource, type StackResources, text, textIn, texts } from "../resource";
import {
  type InboundResolver,
  type InterfaceEndpoint,
  type PrivateZone,
  readInboundResolvers,
  readInterfaceEndpoints,
  readPrivateZones,
} from "./endpoints-and-zones";
import { type NatGateway, readNatGateways } from "./nat-gateways";
import { type IngressRule, type NetworkAcl, readIngressRules, readNetworkAcls } from "./packet-filters";
import { readResolverRules, type ResolverRule } from "./resolver-rules";
import { cached, groupBy, Resources, type Sources } from "./resources";
import { readRouteTables, type RouteTable, type RouteTables } from "./route-tables";
import { readTransitGateways, type Transit } from "./transit-gateways";
import { findUnsupported } from "./unsupported/unsupported";

/** The networks of all stacks, in AWS's terms. */
export interface Topology {
  /** The hub first. */
  readonly networks: readonly VpcNetwork[];
  readonly networkById: ReadonlyMap<string, VpcNetwork>;
  readonly subnetById: ReadonlyMap<string, Subnet>;
  readonly natById: ReadonlyMap<string, NatGateway>;
  /** Id of the VPC that an internet gateway is attached to, by id of the gateway. */
  readonly internetGateways: ReadonlyMap<string, string>;
  readonly transit: Transit;
  /** Ingress rules by id of the security group. */
  readonly rules: ReadonlyMap<string, readonly IngressRule[]>;
  readonly endpoints: readonly InterfaceEndpoint[];
  readonly resolvers: readonly InboundResolver[];
  readonly zones: readonly PrivateZone[];
  readonly resolverRules: readonly ResolverRule[];
  /** What the model does not cover, by stack: sentences that start with `TYPE::NAME`. */
  readonly unsupported: ReadonlyMap<string, readonly string[]>;
}

/** A VPC. */
export interface VpcNetwork {
  readonly id: string;
  readonly name: string;
  /** Name of its stack. */
  readonly stack: string;
  readonly isHub: boolean;
  /** Taken from its AZs: `ap-southeast-3` for `ap-southeast-3a`. */
  readonly region: string;
  /** CIDRs, the primary one first. */
  readonly blocks: readonly string[];
  readonly subnets: readonly Subnet[];
  /** Whether the VPC's own resolver answers: DNS support, which is on by default. */
  readonly hasResolver: boolean;
  /** Whether private hosted zones work here: they need DNS support and DNS hostnames. */
  readonly readsPrivateZones: boolean;
  /** DNS servers of the DHCP options, in order; without options, AmazonProvidedDNS. */
  readonly servers: readonly string[];
}

/** The tiers of every network, and that of the hub's NAT gateways. */
export type SubnetTier = Tier | "egress";

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly tier: SubnetTier;
  readonly zone: string;
  readonly block: string;
  /** Whether instances get a public address at launch. */
  readonly givesPublicAddresses: boolean;
  readonly table: RouteTable;
  /** Undefined: the VPC's default network ACL as AWS creates it, which allows everything. */
  readonly acl: NetworkAcl | undefined;
}

/** Whether a tier contains gateways to the internet and no hosts. */
export function isGatewayTier({ tier }: Pick<Subnet, "tier">): boolean {
  return tier === "public" || tier === "egress";
}

/** The topology of some stacks. It is built once and cached, because every check uses it. */
export const topologyOf = cached((sources: Sources): Topology => buildTopology(new Resources(sources)));

function buildTopology(resources: Resources): Topology {
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
      region: regionOfZone(subnets.get(vpc.id)?.[0]?.zone ?? ""),
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
    natById: readNatGateways(resources),
    internetGateways: internetGateways(resources),
    transit: gateways,
    rules: readIngressRules(resources),
    endpoints: readInterfaceEndpoints(resources),
    resolvers: readInboundResolvers(resources),
    zones: readPrivateZones(resources),
    resolverRules: readResolverRules(resources),
    unsupported: findUnsupported(resources, { tables, transit: gateways, blocksOf }),
  };
}

/** Every VPC of a stack: it may have several. */
export function networksOf({ networks }: Topology, { name }: Pick<StackResources, "name">): readonly VpcNetwork[] {
  return networks.filter(({ stack }) => stack === name);
}

/** The first VPC of a stack; undefined: it has none. */
export function networkOf({ networks }: Topology, { name }: Pick<StackResources, "name">): VpcNetwork | undefined {
  return networks.find(({ stack }) => stack === name);
}

/** The subnets of one tier of a network. */
export function inTier(network: VpcNetwork | undefined, tier: SubnetTier): readonly Subnet[] {
  return network?.subnets.filter((subnet) => subnet.tier === tier) ?? [];
}

/** The name of the VPC's own resolver in DHCP options. */
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

const TIERS: Readonly<Record<string, SubnetTier>> = {
  Public: "public",
  Private: "private",
  Isolated: "transit",
  [EGRESS_SUBNET_TYPE]: "egress",
};

/** From the tag SubnetType. A subnet without the tag must comply with the rules for private subnets, the strictest. */
function tierOf({ inputs: { tags } }: ModelResource): SubnetTier {
  return lookup(TIERS, isProperties(tags) ? textIn(tags, "SubnetType") : "") ?? "private";
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
