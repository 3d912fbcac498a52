import { withInputs, without, withResource } from "../../../support/modifications";
import { attachment, on, subnet, TGW, transitTable, type Mutation } from "./mutation";

const ASSOCIATION = `${TGW}/routeTableAssociation:RouteTableAssociation`;
const PROPAGATION = `${TGW}/routeTablePropagation:RouteTablePropagation`;
const ROUTE = `${TGW}/route:Route`;
const ofDev = transitTable("hub-connection-dev");
const ofStaging = transitTable("hub-connection-staging");

/** Mutations of a plan in which dev and staging are connected, and prod with none. */
export const OF_A_PAIR: readonly Mutation[] = [
  on(
    "hub",
    "a third spoke propagated to the route table of a connected one",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withResource(`aws:${PROPAGATION}`, "leak", {
      transitGatewayAttachmentId: attachment("prod"),
      transitGatewayRouteTableId: ofDev,
    }),
  ),
  on(
    "hub",
    "a static route to a third spoke in the route table of a connected one",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withResource(`aws:${ROUTE}`, "leak", {
      transitGatewayRouteTableId: ofStaging,
      destinationCidrBlock: "10.3.0.0/16",
      transitGatewayAttachmentId: attachment("prod"),
    }),
  ),
  on(
    "hub",
    "a connected spoke propagated to the shared route table, so that it and every other spoke are connected",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withResource(`aws:${PROPAGATION}`, "leak", {
      transitGatewayAttachmentId: attachment("dev"),
      transitGatewayRouteTableId: transitTable("hub-spokes"),
    }),
  ),
  on(
    "hub",
    "a third spoke connected in both directions",
    ["spokes-are-isolated", "transit-routes-isolate-spokes"],
    withResource(`aws:${PROPAGATION}`, "there", {
      transitGatewayAttachmentId: attachment("prod"),
      transitGatewayRouteTableId: ofDev,
    }),
    withResource(`aws:${PROPAGATION}`, "back", {
      transitGatewayAttachmentId: attachment("dev"),
      transitGatewayRouteTableId: transitTable("hub-spokes"),
    }),
  ),
  on(
    "hub",
    "a connection without one direction",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    without(PROPAGATION, "hub-connection-dev.staging"),
  ),
  on(
    "hub",
    "a connection without its routes",
    ["spokes-are-isolated", "transit-routes-isolate-spokes"],
    without(PROPAGATION, "hub-connection-dev.staging"),
    without(PROPAGATION, "hub-connection-staging.dev"),
  ),
  on(
    "hub",
    "a connected spoke that still uses the shared route table",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    without(ASSOCIATION, "hub-connection-dev"),
  ),
  on(
    "hub",
    "a second association of a connected spoke, which does not replace the first",
    ["paths-are-fully-modeled"],
    withInputs(ASSOCIATION, "hub-connection-dev", { replaceExistingAssociation: false }),
  ),
  on(
    "hub",
    "no blackhole route in the route table of a connected spoke",
    ["transit-routes-isolate-spokes"],
    without(ROUTE, "hub-connection-dev-blackhole"),
  ),
  on(
    "hub",
    "the hub not propagated to a connected spoke",
    [
      "spokes-reach-the-hub",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    without(PROPAGATION, "hub-connection-dev.hub"),
  ),
  on(
    "hub",
    "a connected spoke in the route table of the other",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withInputs(ASSOCIATION, "hub-connection-dev", { transitGatewayRouteTableId: ofStaging }),
  ),
  on(
    "hub",
    "a third spoke in the route table of a connected one",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withResource(`aws:${ASSOCIATION}`, "leak", {
      transitGatewayAttachmentId: attachment("prod"),
      transitGatewayRouteTableId: ofDev,
      replaceExistingAssociation: true,
    }),
  ),
  on(
    "hub",
    "the route table of a connected spoke as the default for new attachments",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withInputs(`${TGW}/defaultRouteTableAssociation:DefaultRouteTableAssociation`, "hub-spokes", {
      transitGatewayRouteTableId: ofDev,
    }),
  ),
  on(
    "hub",
    "the route table of a connected spoke as the one that all attachments propagate to",
    [
      "spokes-reach-the-hub",
      "spokes-are-isolated",
      "transit-routes-isolate-spokes",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    withInputs(`${TGW}/defaultRouteTablePropagation:DefaultRouteTablePropagation`, "hub-hub", {
      transitGatewayRouteTableId: ofDev,
    }),
  ),
  on(
    "hub",
    "a static route to a connected spoke that is wider than its CIDR",
    ["transit-routes-isolate-spokes"],
    withResource(`aws:${ROUTE}`, "wide", {
      transitGatewayRouteTableId: ofDev,
      destinationCidrBlock: "10.2.0.0/15",
      transitGatewayAttachmentId: attachment("staging"),
    }),
  ),
  on(
    "hub",
    "a blackhole route for the CIDR of a connected spoke, which overrides the propagated route",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withResource(`aws:${ROUTE}`, "hole", {
      transitGatewayRouteTableId: ofDev,
      destinationCidrBlock: "10.2.0.0/16",
      blackhole: true,
    }),
  ),
  on(
    "staging",
    "no route of a connected spoke to the transit gateway in one AZ",
    [
      "spokes-reach-the-hub",
      "spokes-are-isolated",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "private-traffic-avoids-nat",
    ],
    without("ec2/route:Route", "staging-private-2-transit"),
  ),
  on(
    "dev",
    "an attachment of a connected spoke without the second AZ",
    [
      "spokes-reach-the-hub",
      "spokes-are-isolated",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    withInputs(`${TGW}/vpcAttachment:VpcAttachment`, "dev", { subnetIds: [subnet("dev-transit-1")] }),
  ),
];

/** Mutations of a plan in which every spoke reaches prod. */
export const OF_A_SPOKE_FOR_ALL: readonly Mutation[] = [
  on(
    "hub",
    "no route of the others to a spoke for all",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    without(PROPAGATION, "hub-connection-all.prod"),
  ),
  on(
    "hub",
    "no route of a spoke for all to one of the others",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    without(PROPAGATION, "hub-connection-prod.dev"),
  ),
  on(
    "hub",
    "a spoke for all that uses the shared route table",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    without(ASSOCIATION, "hub-connection-prod"),
  ),
  on(
    "hub",
    "a second spoke in the shared route table",
    ["spokes-are-isolated", "transit-routes-isolate-spokes", "return-paths-are-symmetric"],
    withResource(`aws:${PROPAGATION}`, "leak", {
      transitGatewayAttachmentId: attachment("dev"),
      transitGatewayRouteTableId: transitTable("hub-spokes"),
    }),
  ),
];
