import { attribute, items, text, textIn, texts, type ModelResource } from "../../resource";
import type { Resources } from "../resources";
import type { RouteTables } from "../route-tables";
import type { Reported } from "./reported";

const EC2 = "aws:ec2";
const TRANSIT = "aws:ec2transitgateway";
const IN_TABLE = ["transitGatewayAttachmentId", "transitGatewayRouteTableId"];
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
export function joinsStrangers(resources: Resources, tables: RouteTables): Reported[] {
  const vpcOf = vpcs(resources, tables);
  const gatewayOf = gateways(resources);
  return [
    ...joining(resources, OF_ONE_VPC, vpcOf, "VPC"),
    ...joining(resources, OF_ONE_GATEWAY, gatewayOf, "transit gateway"),
  ];
}

function joining(
  resources: Resources,
  types: Readonly<Record<string, readonly string[]>>,
  ownerOf: (id: string) => string,
  what: string,
): Reported[] {
  return Object.entries(types).flatMap(([type, properties]) =>
    resources.ofType(type).flatMap((resource) => {
      const named = properties.flatMap((property) =>
        idsIn(resource, property).map((id) => ({ property, id, owner: ownerOf(resources.canonical(id)) })),
      );
      const known = named.filter(({ owner }) => owner !== "");
      const odd = known.find(({ owner }) => owner !== known[0]?.owner);
      return odd === undefined ? [] : [{ resource, why: `has the ${odd.property} ${odd.id} of another ${what}` }];
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
  const byAws = new Map(
    resources
      .ofType(`${EC2}/vpc:Vpc`)
      .flatMap((vpc) =>
        [vpc.id, attribute(vpc, "defaultNetworkAclId"), attribute(vpc, "defaultSecurityGroupId")].map(
          (id) => [id, vpc.id] as const,
        ),
      ),
  );
  return (id) => {
    const resource = resources.byId(id);
    return byId.get(id)?.vpcId ?? byAws.get(id) ?? (resource === undefined ? "" : text(resource, "vpcId"));
  };
}

/** The transit gateway of a resource id; empty if unknown. */
function gateways(resources: Resources): (id: string) => string {
  const byAws = new Map(
    resources.ofType(`${TRANSIT}/transitGateway:TransitGateway`).flatMap((gateway) =>
      ["defaultRouteTableId", "associationDefaultRouteTableId", "propagationDefaultRouteTableId"]
        .map((name) => attribute(gateway, name))
        .concat(gateway.id)
        .map((id) => [id, gateway.id] as const),
    ),
  );
  return (id) => {
    const resource = resources.byId(id);
    return byAws.get(id) ?? (resource === undefined ? "" : text(resource, "transitGatewayId"));
  };
}
