import { withInputs, without, withResource } from "../../../support/modifications";
import { attachment, on, subnet, TGW, TRANSIT_GATEWAY, transitTable, type Mutation } from "./mutation";

export const TRANSIT: readonly Mutation[] = [
  on(
    "hub",
    "the tables swapped: spokes read where all announce themselves",
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
    "spokes announced where spokes read",
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
    "the gateway's own default table for associations",
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
    "no propagation of the spokes",
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
    "one spoke announced to the others",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withResource(`aws:${TGW}/routeTablePropagation:RouteTablePropagation`, "leak", {
      transitGatewayAttachmentId: attachment("prod"),
      transitGatewayRouteTableId: transitTable("hub-spokes"),
    }),
  ),
  on(
    "hub",
    "a static route to a spoke in the spokes' table",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withResource(`aws:${TGW}/route:Route`, "leak", {
      transitGatewayRouteTableId: transitTable("hub-spokes"),
      destinationCidrBlock: "10.3.0.0/16",
      transitGatewayAttachmentId: attachment("prod"),
    }),
  ),
  on(
    "hub",
    "the blackhole forgotten",
    ["transit-routes-isolate-spokes"],
    without(`${TGW}/route:Route`, "hub-spokes-blackhole"),
  ),
  on(
    "hub",
    "the blackhole as narrow as the hub, and so over its route",
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
    "the hub not announced to the spokes",
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
    "the hub's way back forgotten in one zone",
    ["spokes-reach-the-hub", "return-paths-are-symmetric", "shared-endpoints-are-reachable", "image-pulls-are-private"],
    without("ec2/route:Route", "hub-private-2-transit"),
  ),
  on(
    "dev",
    "the attachment not in the second zone",
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
    "the attachment to another gateway",
    [
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
    "the attachment out of the default tables",
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
];
