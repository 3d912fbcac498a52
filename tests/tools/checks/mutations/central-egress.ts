import { idOf, withInputs, without, withResource } from "../../../support/modifications";
import { attachment, on, table, TGW, TRANSIT_GATEWAY, transitTable, type Mutation } from "./mutation";

const ROUTE = "ec2/route:Route";
const TRANSIT_ROUTE = `${TGW}/route:Route`;
const nat = (name: string): string => idOf("aws:ec2/natGateway:NatGateway", name);

/** Mutations of a plan with central egress, in which dev, staging and prod use the NAT gateways of the hub. */
export const OF_CENTRAL_EGRESS: readonly Mutation[] = [
  on(
    "hub",
    "no default route of spokes on the transit gateway",
    ["nat-gateway-of-the-same-az", "shared-endpoints-are-reachable"],
    without(TRANSIT_ROUTE, "hub-spokes-internet"),
  ),
  on(
    "hub",
    "no way back from a NAT gateway of the hub",
    ["nat-gateway-of-the-same-az"],
    without(ROUTE, "hub-egress-2-transit"),
  ),
  on("hub", "no way out of an egress subnet", ["nat-gateway-of-the-same-az"], without(ROUTE, "hub-egress-1-internet")),
  on(
    "hub",
    "no route from a transit subnet to its NAT gateway",
    ["nat-gateway-of-the-same-az"],
    without(ROUTE, "hub-transit-1-internet"),
  ),
  on(
    "hub",
    "a transit subnet that uses the NAT gateway of another AZ",
    ["nat-gateway-of-the-same-az"],
    withInputs(ROUTE, "hub-transit-1-internet", { natGatewayId: nat("hub-egress-2") }),
  ),
  on(
    "hub",
    "no blackhole route beside the default route",
    ["private-traffic-avoids-nat", "spokes-are-isolated", "transit-routes-isolate-spokes"],
    without(TRANSIT_ROUTE, "hub-spokes-blackhole"),
  ),
  on(
    "hub",
    "a route to another spoke through the hub, beside the blackhole route",
    ["private-traffic-avoids-nat", "spokes-are-isolated", "transit-routes-isolate-spokes"],
    withResource(`aws:${TRANSIT_ROUTE}`, "around", {
      transitGatewayRouteTableId: transitTable("hub-spokes"),
      destinationCidrBlock: "10.3.0.0/16",
      transitGatewayAttachmentId: attachment("hub"),
    }),
  ),
  on(
    "hub",
    "a default route in the hub's own route table, so that it reaches the internet through itself",
    ["transit-routes-isolate-spokes"],
    withResource(`aws:${TRANSIT_ROUTE}`, "own", {
      transitGatewayRouteTableId: transitTable("hub-hub"),
      destinationCidrBlock: "0.0.0.0/0",
      transitGatewayAttachmentId: attachment("dev"),
    }),
  ),
  on(
    "hub",
    "an egress subnet that is tagged as a private one",
    ["private-subnets-are-private"],
    withInputs("ec2/subnet:Subnet", "hub-egress-1", { tags: { Name: "hub-egress-1" } }),
  ),
  on(
    "hub",
    "a NAT gateway of the hub without an Elastic IP address",
    ["nat-gateway-of-the-same-az", "not-reachable-from-the-internet", "paths-are-fully-modeled"],
    withInputs("ec2/natGateway:NatGateway", "hub-egress-3", { allocationId: undefined }),
  ),
  on(
    "hub",
    "a private subnet of the hub with a route to a NAT gateway",
    [
      "image-pulls-are-private",
      "private-traffic-avoids-nat",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    withResource(`aws:${ROUTE}`, "leak", {
      ...{ routeTableId: table("hub-private-1"), destinationCidrBlock: "10.3.0.0/16" },
      natGatewayId: nat("hub-egress-1"),
    }),
  ),
  on(
    "dev",
    "a spoke with one half of the internet only",
    ["nat-gateway-of-the-same-az"],
    without(ROUTE, "dev-private-1-egress-high"),
  ),
  on(
    "hub",
    "a default route from the egress subnet to the transit gateway",
    ["nat-gateway-of-the-same-az"],
    withInputs(ROUTE, "hub-egress-1-internet", { gatewayId: undefined, transitGatewayId: TRANSIT_GATEWAY }),
  ),
];
