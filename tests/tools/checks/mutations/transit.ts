import { withInputs, without, withResource } from "../../../support/modifications";
import { attachment, on, subnet, TGW, TRANSIT_GATEWAY, transitTable, type Mutation } from "./mutation";

export const TRANSIT: readonly Mutation[] = [
  on(
    "hub",
    "the route tables swapped: spokes use the one that all attachments propagate to",
    [
      "spokes-are-isolated",
      "spokes-reach-the-hub",
      "transit-routes-isolate-spokes",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    withInputs(`${TGW}/defaultRouteTableAssociation:DefaultRouteTableAssociation`, "hub-spokes", {
      transitGatewayRouteTableId: transitTable("hub-hub"),
    }),
  ),
  on(
    "hub",
    "spokes propagated to the route table that spokes use",
    [
      "spokes-reach-the-hub",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "spokes-are-isolated",
      "transit-routes-isolate-spokes",
      "names-resolve-consistently",
    ],
    withInputs(`${TGW}/defaultRouteTablePropagation:DefaultRouteTablePropagation`, "hub-hub", {
      transitGatewayRouteTableId: transitTable("hub-spokes"),
    }),
  ),
  on(
    "hub",
    "the transit gateway's own default association route table",
    [
      "spokes-reach-the-hub",
      "transit-routes-isolate-spokes",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    without(`${TGW}/defaultRouteTableAssociation:DefaultRouteTableAssociation`, "hub-spokes"),
  ),
  on(
    "hub",
    "no default propagation of spokes",
    [
      "spokes-reach-the-hub",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    without(`${TGW}/defaultRouteTablePropagation:DefaultRouteTablePropagation`, "hub-hub"),
  ),
  on(
    "hub",
    "a spoke propagated to the other spokes",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withResource(`aws:${TGW}/routeTablePropagation:RouteTablePropagation`, "leak", {
      transitGatewayAttachmentId: attachment("prod"),
      transitGatewayRouteTableId: transitTable("hub-spokes"),
    }),
  ),
  on(
    "hub",
    "a static route to a spoke in the spokes' route table",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withResource(`aws:${TGW}/route:Route`, "leak", {
      transitGatewayRouteTableId: transitTable("hub-spokes"),
      destinationCidrBlock: "10.3.0.0/16",
      transitGatewayAttachmentId: attachment("prod"),
    }),
  ),
  on(
    "hub",
    "no blackhole route",
    ["transit-routes-isolate-spokes"],
    without(`${TGW}/route:Route`, "hub-spokes-blackhole"),
  ),
  on(
    "hub",
    "a blackhole route only for the hub's CIDR, which overrides the propagated route",
    [
      "spokes-reach-the-hub",
      "transit-routes-isolate-spokes",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    withInputs(`${TGW}/route:Route`, "hub-spokes-blackhole", { destinationCidrBlock: "10.0.0.0/16" }),
  ),
  on(
    "hub",
    "the hub not propagated to the spokes",
    [
      "spokes-reach-the-hub",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    without(`${TGW}/routeTablePropagation:RouteTablePropagation`, "hub"),
  ),
  on(
    "hub",
    "no return route of the hub in one AZ",
    ["spokes-reach-the-hub", "return-paths-are-symmetric", "shared-endpoints-are-reachable", "image-pulls-are-private"],
    without("ec2/route:Route", "hub-private-2-transit"),
  ),
  on(
    "dev",
    "an attachment without the second AZ",
    [
      "spokes-reach-the-hub",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    withInputs(`${TGW}/vpcAttachment:VpcAttachment`, "dev", { subnetIds: [subnet("dev-transit-1")] }),
  ),
  on(
    "dev",
    "an attachment to another transit gateway",
    [
      "faults-are-alarmed",
      "spokes-reach-the-hub",
      "paths-are-fully-modeled",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
      "transit-routes-isolate-spokes",
    ],
    withInputs(`${TGW}/vpcAttachment:VpcAttachment`, "dev", { transitGatewayId: "tgw-0" }),
  ),
  on(
    "dev",
    "an attachment without the default association",
    [
      "spokes-reach-the-hub",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
      "transit-routes-isolate-spokes",
    ],
    withInputs(`${TGW}/vpcAttachment:VpcAttachment`, "dev", { transitGatewayDefaultRouteTableAssociation: false }),
  ),
  on(
    "hub",
    "a peering attachment of the transit gateway",
    ["paths-are-fully-modeled"],
    withResource(`aws:${TGW}/peeringAttachment:PeeringAttachment`, "abroad", { transitGatewayId: TRANSIT_GATEWAY }),
  ),
  on(
    "hub",
    "a VPN connection that sites does not name",
    ["sites-reach-only-named-spokes", "data-and-access-are-protected", "paths-are-fully-modeled", "faults-are-alarmed"],
    withResource("aws:ec2/vpnConnection:VpnConnection", "other", {
      ...{ type: "ipsec.1", customerGatewayId: "cgw-0", transitGatewayId: TRANSIT_GATEWAY },
    }),
  ),
  on(
    "hub",
    "a Direct Connect gateway that sites does not name",
    ["sites-reach-only-named-spokes", "paths-are-fully-modeled"],
    withResource("aws:directconnect/gatewayAssociation:GatewayAssociation", "other", {
      ...{ dxGatewayId: "01234567-89ab-cdef-0123-456789abcdef", associatedGatewayId: TRANSIT_GATEWAY },
    }),
  ),
];
