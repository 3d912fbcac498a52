import { attribute, items, text, textIn, texts, type ModelResource } from "../../resource";
import { prefixListBlocks, type Resources } from "../resources";
import type { RouteTables } from "../route-tables";
import { readSiteAttachments } from "../sites";
import { EC2, IN_TABLE, TRANSIT, type Unsupported } from "./coverage";

/**
 * Properties that refer to another part of the network. If no stack has it, it was created elsewhere and the model knows
 * nothing about it. A transit gateway may be in another stack: `paths-are-fully-modeled` checks the attachments.
 */
const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  [`${EC2}/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation`]: ["vpcId"],
  [`${EC2}/subnet:Subnet`]: ["vpcId"],
  [`${EC2}/routeTable:RouteTable`]: ["vpcId"],
  [`${EC2}/route:Route`]: ["routeTableId"],
  [`${EC2}/defaultRouteTable:DefaultRouteTable`]: ["defaultRouteTableId"],
  [`${EC2}/routeTableAssociation:RouteTableAssociation`]: ["subnetId", "routeTableId"],
  [`${EC2}/mainRouteTableAssociation:MainRouteTableAssociation`]: ["vpcId", "routeTableId"],
  [`${EC2}/internetGateway:InternetGateway`]: ["vpcId"],
  [`${EC2}/internetGatewayAttachment:InternetGatewayAttachment`]: ["vpcId", "internetGatewayId"],
  [`${EC2}/natGateway:NatGateway`]: ["subnetId", "vpcId"],
  [`${EC2}/vpcEndpoint:VpcEndpoint`]: ["vpcId", "subnetIds", "routeTableIds", "securityGroupIds"],
  [`${EC2}/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation`]: ["vpcEndpointId", "routeTableId"],
  [`${EC2}/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation`]: ["vpcId", "dhcpOptionsId"],
  [`${EC2}/networkAcl:NetworkAcl`]: ["vpcId", "subnetIds"],
  [`${EC2}/defaultNetworkAcl:DefaultNetworkAcl`]: ["defaultNetworkAclId"],
  [`${EC2}/networkAclRule:NetworkAclRule`]: ["networkAclId"],
  [`${EC2}/networkAclAssociation:NetworkAclAssociation`]: ["networkAclId", "subnetId"],
  [`${EC2}/vpnConnection:VpnConnection`]: ["customerGatewayId", "transitGatewayId"],
  "aws:directconnect/gatewayAssociation:GatewayAssociation": ["associatedGatewayId"],
  [`${TRANSIT}/vpcAttachment:VpcAttachment`]: ["vpcId", "subnetIds"],
  [`${TRANSIT}/route:Route`]: IN_TABLE,
  [`${TRANSIT}/routeTableAssociation:RouteTableAssociation`]: IN_TABLE,
  [`${TRANSIT}/routeTablePropagation:RouteTablePropagation`]: IN_TABLE,
  [`${TRANSIT}/defaultRouteTableAssociation:DefaultRouteTableAssociation`]: ["transitGatewayRouteTableId"],
  [`${TRANSIT}/defaultRouteTablePropagation:DefaultRouteTablePropagation`]: ["transitGatewayRouteTableId"],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    ...["securityGroupId", "referencedSecurityGroupId", "prefixListId"],
  ],
  [`${EC2}/securityGroupRule:SecurityGroupRule`]: ["securityGroupId", "sourceSecurityGroupId", "prefixListIds"],
  "aws:route53/resolverEndpoint:ResolverEndpoint": ["securityGroupIds"],
  "aws:route53/resolverFirewallRule:ResolverFirewallRule": ["firewallRuleGroupId"],
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": [
    ...["vpcId", "firewallRuleGroupId"],
  ],
};

/** References to resources that are in no stack, each with the resource that has the reference. */
export function unknownReferences(resources: Resources, tables: RouteTables): Unsupported[] {
  const isKnown = isKnownIn(resources, tables);
  const direct = Object.entries(REFERENCES).flatMap(([type, properties]) =>
    resources.ofType(type).flatMap((resource) =>
      properties
        .flatMap((property) => [text(resource, property), ...texts(resource, property)].map((id) => ({ property, id })))
        .filter(({ id }) => id !== "" && !isKnown(resources.canonical(id)))
        .map(({ property, id }) => ({ resource, why: `has the ${property} ${id}, which is not in any stack` })),
    ),
  );
  const isUnknown = (id: string): boolean => id !== "" && !isKnown(resources.canonical(id));
  return [
    ...direct,
    ...unknownLists(resources),
    ...unknownInGroups(resources, isUnknown),
    ...unknownInZones(resources),
  ];
}

/** Ids that are known: resources, and what AWS creates along with them. */
function isKnownIn(resources: Resources, { byId }: RouteTables): (id: string) => boolean {
  const [ofVpcs, ofGateways] = [withDefaults(resources, VPC), withDefaults(resources, GATEWAY)];
  const ofSites = new Set(readSiteAttachments(resources).map(({ id }) => id));
  // EKS creates a security group for each cluster (Amazon EKS User Guide, "View Amazon EKS security group requirements").
  const clusterGroups = new Set(
    resources.ofType("aws:eks/cluster:Cluster").flatMap((cluster) => {
      const { vpcConfig } = cluster.inputs as { readonly vpcConfig?: { readonly clusterSecurityGroupId?: string } };
      return [attribute(cluster, "vpcConfig.clusterSecurityGroupId"), vpcConfig?.clusterSecurityGroupId ?? ""];
    }),
  );
  return (id) =>
    resources.byId(id) !== undefined ||
    byId.has(id) ||
    [ofVpcs, ofGateways, ofSites, clusterGroups].some((known) => known.has(id));
}

/** A type, and the attributes with the ids of what AWS creates along with each resource. */
interface TypeWithDefaults {
  readonly type: string;
  readonly attributes: readonly string[];
}

const VPC: TypeWithDefaults = {
  type: `${EC2}/vpc:Vpc`,
  attributes: ["defaultNetworkAclId", "defaultSecurityGroupId"],
};
const GATEWAY: TypeWithDefaults = {
  type: `${TRANSIT}/transitGateway:TransitGateway`,
  attributes: ["defaultRouteTableId", "associationDefaultRouteTableId", "propagationDefaultRouteTableId"],
};

/** The ids of resources and of what AWS creates along with them, each with the id of the resource. */
function withDefaults(resources: Resources, { type, attributes }: TypeWithDefaults): ReadonlyMap<string, string> {
  return new Map(
    resources
      .ofType(type)
      .flatMap((each) => [each.id, ...attributes.map((name) => attribute(each, name))].map((id) => [id, each.id])),
  );
}

/** Routes to prefix lists with unknown entries, such as those that AWS manages. */
function unknownLists(resources: Resources): Unsupported[] {
  const why = (list: string): string => `has a route for the prefix list ${list}, whose entries are unknown`;
  const isUnknown = (list: string): boolean => list !== "" && prefixListBlocks(resources, list) === undefined;
  const separate = resources.ofType(`${EC2}/route:Route`).flatMap((resource) => {
    const list = text(resource, "destinationPrefixListId");
    return isUnknown(list) ? [{ resource, why: why(list) }] : [];
  });
  const inline = resources
    .ofType(`${EC2}/routeTable:RouteTable`, `${EC2}/defaultRouteTable:DefaultRouteTable`)
    .flatMap((resource) =>
      items(resource, "routes")
        .map((route) => textIn(route, "destinationPrefixListId"))
        .filter(isUnknown)
        .map((list) => ({ resource, why: why(list) })),
    );
  return [...separate, ...inline];
}

/** Unknown groups and prefix lists in inline security group rules. */
function unknownInGroups(resources: Resources, isUnknown: (id: string) => boolean): Unsupported[] {
  return resources
    .ofType(`${EC2}/securityGroup:SecurityGroup`, `${EC2}/defaultSecurityGroup:DefaultSecurityGroup`)
    .flatMap((resource) =>
      items(resource, "ingress")
        .flatMap((inputs) => ["securityGroups", "prefixListIds"].flatMap((property) => texts({ inputs }, property)))
        .filter(isUnknown)
        .map((id) => ({ resource, why: `allows ${id}, which is not in any stack` })),
    );
}

const ZONE_REFERENCES: Readonly<Record<string, readonly string[]>> = {
  "aws:route53/zone:Zone": ["vpcs"],
  "aws:route53/zoneAssociation:ZoneAssociation": ["zoneId", "vpcId"],
  "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization": ["zoneId", "vpcId"],
  "aws:route53/record:Record": ["zoneId"],
  "aws:route53/resolverRule:ResolverRule": ["resolverEndpointId"],
  "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": ["resolverRuleId", "vpcId"],
};

/**
 * Hosted zones, Resolver rules and VPCs in no stack: an unknown hosted zone would answer queries in our VPC, and an unknown VPC
 * would read ours. Skipped if the hub's stack is missing, because its hosted zones are then unknown.
 */
function unknownInZones(resources: Resources): Unsupported[] {
  if (!resources.hasHub) return [];
  return Object.entries(ZONE_REFERENCES).flatMap(([type, properties]) =>
    resources.ofType(type).flatMap((resource) =>
      properties
        .flatMap((property) => [
          text(resource, property),
          ...items(resource, property).map((each) => textIn(each, "vpcId")),
        ])
        .filter((id) => id !== "" && resources.byId(id) === undefined)
        .map((id) => ({ resource, why: `refers to ${id}, which is not in any stack` })),
    ),
  );
}

const DEFAULT_TABLE = ["transitGatewayId", "transitGatewayRouteTableId"];

/** Properties that must refer to one VPC; AWS refuses references to two (Amazon EC2 API Reference, the calls of these types). */
const OF_ONE_VPC: Readonly<Record<string, readonly string[]>> = {
  [`${EC2}/routeTableAssociation:RouteTableAssociation`]: ["subnetId", "routeTableId"],
  [`${EC2}/mainRouteTableAssociation:MainRouteTableAssociation`]: ["vpcId", "routeTableId"],
  [`${EC2}/networkAcl:NetworkAcl`]: ["vpcId", "subnetIds"],
  [`${EC2}/defaultNetworkAcl:DefaultNetworkAcl`]: ["defaultNetworkAclId", "subnetIds"],
  [`${EC2}/networkAclAssociation:NetworkAclAssociation`]: ["networkAclId", "subnetId"],
  [`${EC2}/vpcEndpoint:VpcEndpoint`]: ["vpcId", "subnetIds", "routeTableIds", "securityGroupIds"],
  [`${EC2}/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation`]: ["vpcEndpointId", "routeTableId"],
  [`${TRANSIT}/vpcAttachment:VpcAttachment`]: ["vpcId", "subnetIds"],
  "aws:route53/resolverEndpoint:ResolverEndpoint": ["ipAddresses", "securityGroupIds"],
};

/** Properties that must refer to one transit gateway. */
const OF_ONE_GATEWAY: Readonly<Record<string, readonly string[]>> = {
  [`${TRANSIT}/route:Route`]: IN_TABLE,
  [`${TRANSIT}/routeTableAssociation:RouteTableAssociation`]: IN_TABLE,
  [`${TRANSIT}/routeTablePropagation:RouteTablePropagation`]: IN_TABLE,
  [`${TRANSIT}/defaultRouteTableAssociation:DefaultRouteTableAssociation`]: DEFAULT_TABLE,
  [`${TRANSIT}/defaultRouteTablePropagation:DefaultRouteTablePropagation`]: DEFAULT_TABLE,
};

/** Resources that refer to two VPCs or two transit gateways, which AWS refuses. */
export function mixedReferences(resources: Resources, tables: RouteTables): Unsupported[] {
  const vpcOf = vpcs(resources, tables);
  const gatewayOf = gateways(resources);
  return [
    ...referencesToTwo(resources, OF_ONE_VPC, vpcOf, "VPC"),
    ...referencesToTwo(resources, OF_ONE_GATEWAY, gatewayOf, "transit gateway"),
  ];
}

function referencesToTwo(
  resources: Resources,
  types: Readonly<Record<string, readonly string[]>>,
  ownerOf: (id: string) => string,
  what: string,
): Unsupported[] {
  return Object.entries(types).flatMap(([type, properties]) =>
    resources.ofType(type).flatMap((resource) => {
      const named = properties.flatMap((property) =>
        idsIn(resource, property).map((id) => ({ property, id, owner: ownerOf(resources.canonical(id)) })),
      );
      const known = named.filter(({ owner }) => owner !== "");
      const other = known.find(({ owner }) => owner !== known[0]?.owner);
      return other === undefined ? [] : [{ resource, why: `has the ${other.property} ${other.id} of another ${what}` }];
    }),
  );
}

/** Ids in a property: a single id, a list, or the subnets in a list of addresses. */
function idsIn(resource: ModelResource, property: string): string[] {
  const nested = items(resource, property).map((each) => textIn(each, "subnetId"));
  return [text(resource, property), ...texts(resource, property), ...nested].filter((id) => id !== "");
}

/** The VPC of a resource id; empty if unknown. */
function vpcs(resources: Resources, { byId }: RouteTables): (id: string) => string {
  const known = withDefaults(resources, VPC);
  return (id) => byId.get(id)?.vpcId ?? known.get(id) ?? textOf(resources.byId(id), "vpcId");
}

/** The transit gateway of a resource id; empty if unknown. */
function gateways(resources: Resources): (id: string) => string {
  const sites = readSiteAttachments(resources).map(({ id, gatewayId }) => [id, gatewayId] as const);
  const known = new Map([...withDefaults(resources, GATEWAY), ...sites]);
  return (id) => known.get(id) ?? textOf(resources.byId(id), "transitGatewayId");
}

function textOf(resource: ModelResource | undefined, property: string): string {
  return resource === undefined ? "" : text(resource, property);
}
