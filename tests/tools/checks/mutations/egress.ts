import { idOf, withInputs, without, withResource } from "../../../support/modifications";
import { on, subnet, table, TGW, TRANSIT_GATEWAY, vpc, type Mutation } from "./mutation";

const NAT = "aws:ec2/natGateway:NatGateway";
const EIP = "aws:ec2/eip:Eip";
const ROUTE = "ec2/route:Route";
const REGIONAL = "ec2/natGateway:NatGateway";
const SAME_AZ = "nat-gateway-of-the-same-az";
const FULLY = "paths-are-fully-modeled";

const inZone = (letter: string, address: string) => ({
  availabilityZone: `ap-southeast-3${letter}`,
  allocationIds: [idOf(EIP, address)],
});

/** A zonal NAT gateway with its address. */
const zonal = (name: string, place: string) => [
  withResource(EIP, name, {}),
  withResource(NAT, name, { subnetId: subnet(place), allocationId: idOf(EIP, name) }),
];

/** Mutations of a plan in which dev is regional, staging uses the hub and prod has no path to the internet. */
export const OF_EGRESS: readonly Mutation[] = [
  on(
    "dev",
    "a regional NAT gateway without an address in one AZ",
    [SAME_AZ, "not-reachable-from-the-internet"],
    withInputs(REGIONAL, "dev-regional", { availabilityZoneAddresses: [inZone("a", "dev-regional-1")] }),
  ),
  on(
    "dev",
    "a regional NAT gateway whose address of one AZ is in a third one",
    [SAME_AZ],
    withInputs(REGIONAL, "dev-regional", {
      availabilityZoneAddresses: [inZone("a", "dev-regional-1"), inZone("c", "dev-regional-2")],
    }),
  ),
  on(
    "dev",
    "a regional NAT gateway that AWS gives addresses",
    [SAME_AZ, FULLY, "not-reachable-from-the-internet"],
    withInputs(REGIONAL, "dev-regional", { availabilityZoneAddresses: undefined }),
  ),
  on(
    "dev",
    "a private regional NAT gateway",
    [SAME_AZ, FULLY],
    withInputs(REGIONAL, "dev-regional", { connectivityType: "private" }),
  ),
  on(
    "dev",
    "a regional NAT gateway of another VPC",
    [SAME_AZ, FULLY],
    withInputs(REGIONAL, "dev-regional", { vpcId: vpc("prod") }),
  ),
  on(
    "dev",
    "no regional NAT gateway",
    [SAME_AZ, FULLY, "not-reachable-from-the-internet"],
    without(REGIONAL, "dev-regional"),
  ),
  on("dev", "a half route missing in one AZ", [SAME_AZ], without(ROUTE, "dev-private-2-egress-high")),
  on(
    "dev",
    "a half route to the internet gateway",
    [SAME_AZ, "private-subnets-are-private"],
    withInputs(ROUTE, "dev-private-1-egress-low", {
      natGatewayId: undefined,
      gatewayId: idOf("aws:ec2/internetGateway:InternetGateway", "dev"),
    }),
  ),
  on("dev", "a zonal NAT gateway left behind", [SAME_AZ, "faults-are-alarmed"], ...zonal("dev-1", "dev-public-1")),
  on(
    "dev",
    "a half route to a zonal NAT gateway of another AZ",
    [SAME_AZ, "faults-are-alarmed"],
    ...zonal("dev-1", "dev-public-1"),
    withInputs(ROUTE, "dev-private-2-egress-low", { natGatewayId: idOf(NAT, "dev-1") }),
  ),
  on(
    "dev",
    "a route of the address space to the regional NAT gateway",
    ["private-traffic-avoids-nat"],
    withResource("aws:ec2/route:Route", "more", {
      routeTableId: table("dev-private-1"),
      destinationCidrBlock: "10.200.0.0/16",
      natGatewayId: idOf(NAT, "dev-regional"),
    }),
  ),
  on(
    "dev",
    "a VPC without an internet gateway",
    [SAME_AZ, FULLY],
    without("ec2/internetGateway:InternetGateway", "dev"),
  ),
  on("staging", "a half route to the hub missing", [SAME_AZ], without(ROUTE, "staging-private-1-egress-low")),
  on(
    "staging",
    "a half route to a NAT gateway of the hub",
    [SAME_AZ, FULLY],
    withInputs(ROUTE, "staging-private-1-egress-low", {
      transitGatewayId: undefined,
      natGatewayId: idOf(NAT, "hub-egress-1"),
    }),
  ),
  on(
    "hub",
    "no way from the transit gateway to the NAT gateways of the hub",
    [SAME_AZ],
    without(`${TGW}/route:Route`, "hub-spokes-internet"),
  ),
  on("prod", "a NAT gateway left behind", [SAME_AZ, "faults-are-alarmed"], ...zonal("prod-1", "prod-public-1")),
  on(
    "prod",
    "a half route left behind",
    [SAME_AZ],
    withResource("aws:ec2/route:Route", "left", {
      routeTableId: table("prod-private-1"),
      destinationCidrBlock: "0.0.0.0/1",
      transitGatewayId: TRANSIT_GATEWAY,
    }),
  ),
  on(
    "hub",
    "no endpoint of a service that nodes without a path to the internet call",
    ["shared-endpoints-are-reachable"],
    without("ec2/vpcEndpoint:VpcEndpoint", "hub-endpoint-sts"),
  ),
];
