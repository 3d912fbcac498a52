import { idOf, withInputs, without, withResource } from "../../../support/modifications";
import { on, subnet, table, vpc, type Mutation } from "./mutation";

const NAT = "aws:ec2/natGateway:NatGateway";
const ALLOW = { ruleNo: 1000, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 };
const DENY = { ...ALLOW, ruleNo: 10, action: "deny", cidrBlock: "10.1.0.0/18" };

/** A network ACL of the second zone's private subnet. */
const acl = (ingress: readonly unknown[], egress: readonly unknown[]) =>
  withResource("aws:ec2/networkAcl:NetworkAcl", "acl", {
    ...{ vpcId: vpc("dev"), subnetIds: [subnet("dev-private-2")], ingress, egress },
  });

/** Changes of route tables, gateways and network ACLs of one VPC. */
export const ROUTES: readonly Mutation[] = [
  on(
    "dev",
    "no route to the hub in one AZ",
    [
      ...[
        "spokes-reach-the-hub",
        "return-paths-are-symmetric",
        "shared-endpoints-are-reachable",
        "image-pulls-are-private",
      ],
      "private-traffic-avoids-nat",
      "names-resolve-consistently",
    ],
    without("ec2/route:Route", "dev-private-2-transit"),
  ),
  on("dev", "no default route in one AZ", ["nat-gateway-of-the-same-az"], without("ec2/route:Route", "dev-private-1")),
  on(
    "dev",
    "a route from a private subnet to the internet gateway",
    ["private-subnets-are-private", "nat-gateway-of-the-same-az"],
    withInputs("ec2/route:Route", "dev-private-1", {
      natGatewayId: undefined,
      gatewayId: idOf("aws:ec2/internetGateway:InternetGateway", "dev"),
    }),
  ),
  on(
    "dev",
    "a route to a peering connection",
    ["paths-are-fully-modeled"],
    withResource("aws:ec2/route:Route", "peer", {
      routeTableId: table("dev-private-1"),
      destinationCidrBlock: "10.3.0.0/16",
      vpcPeeringConnectionId: "pcx-1",
    }),
  ),
  on(
    "dev",
    "a peering connection",
    ["paths-are-fully-modeled"],
    withResource("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", {
      vpcId: vpc("dev"),
      peerVpcId: vpc("prod"),
    }),
  ),
  on(
    "dev",
    "a route to another transit gateway",
    ["paths-are-fully-modeled"],
    withResource("aws:ec2/route:Route", "other", {
      routeTableId: table("dev-private-1"),
      destinationCidrBlock: "172.16.0.0/12",
      transitGatewayId: "tgw-0",
    }),
  ),
  on(
    "dev",
    "a private subnet associated with a public route table",
    [
      "spokes-reach-the-hub",
      "private-subnets-are-private",
      "private-traffic-avoids-nat",
      "nat-gateway-of-the-same-az",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    withInputs("ec2/routeTableAssociation:RouteTableAssociation", "dev-private-2", {
      routeTableId: table("dev-public-2"),
    }),
  ),
  on(
    "dev",
    "a private subnet without an association, which uses the main route table",
    [
      "spokes-reach-the-hub",
      "nat-gateway-of-the-same-az",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    without("ec2/routeTableAssociation:RouteTableAssociation", "dev-private-2"),
  ),
  on(
    "prod",
    "an AZ that uses the NAT gateway of another AZ",
    ["nat-gateway-of-the-same-az"],
    withInputs("ec2/route:Route", "prod-private-2", { natGatewayId: idOf("aws:ec2/natGateway:NatGateway", "prod-1") }),
  ),
  on(
    "dev",
    "a private NAT gateway",
    ["nat-gateway-of-the-same-az", "shared-endpoints-are-reachable"],
    withInputs("ec2/natGateway:NatGateway", "dev-1", { connectivityType: "private" }),
  ),
  on(
    "dev",
    "no default route in the NAT gateway's subnet",
    ["nat-gateway-of-the-same-az", "shared-endpoints-are-reachable"],
    without("ec2/route:Route", "dev-public-1"),
  ),
  on(
    "dev",
    "a route to the transit gateway only for the hub's CIDR",
    ["private-traffic-avoids-nat"],
    withInputs("ec2/route:Route", "dev-private-1-transit", { destinationCidrBlock: "10.0.0.0/16" }),
  ),
  on(
    "dev",
    "a route to the transit gateway for a part of the internet too",
    ["nat-gateway-of-the-same-az"],
    withInputs("ec2/route:Route", "dev-private-1-transit", { destinationCidrBlock: "8.0.0.0/6" }),
  ),
  on(
    "dev",
    "a network ACL without rules on a private subnet",
    [
      "spokes-reach-the-hub",
      "subnets-reach-each-other",
      "nat-gateway-of-the-same-az",
      "shared-endpoints-are-reachable",
      "image-pulls-are-private",
      "names-resolve-consistently",
    ],
    withResource("aws:ec2/networkAcl:NetworkAcl", "acl", { vpcId: vpc("dev"), subnetIds: [subnet("dev-private-2")] }),
  ),
  on(
    "dev",
    "a VPN gateway",
    ["paths-are-fully-modeled"],
    withResource("aws:ec2/vpnGateway:VpnGateway", "vpn", { vpcId: vpc("dev") }),
  ),

  on("dev", "a zone that lets nothing in from another", ["subnets-reach-each-other"], acl([DENY, ALLOW], [ALLOW])),
  on("dev", "a zone that answers nothing to another", ["subnets-reach-each-other"], acl([ALLOW], [DENY, ALLOW])),
  on(
    "dev",
    "a route to another AZ through the NAT gateway, so that replies are lost",
    ["subnets-reach-each-other", "paths-are-fully-modeled"],
    withResource("aws:ec2/route:Route", "aside", {
      ...{ routeTableId: table("dev-private-1"), destinationCidrBlock: "10.1.64.0/18" },
      natGatewayId: idOf(NAT, "dev-1"),
    }),
  ),
  on(
    "dev",
    "a NAT gateway without an Elastic IP address",
    [
      ...["not-reachable-from-the-internet", "paths-are-fully-modeled", "nat-gateway-of-the-same-az"],
      "shared-endpoints-are-reachable",
    ],
    withInputs("ec2/natGateway:NatGateway", "dev-1", { allocationId: undefined }),
  ),
  on(
    "dev",
    "an S3 endpoint of another Region",
    [
      "image-pulls-are-private",
      "paths-are-fully-modeled",
      "s3-endpoint-allows-registries",
      "wildcards-are-allowlisted",
    ],
    withInputs("ec2/vpcEndpoint:VpcEndpoint", "dev-s3", { serviceName: "com.amazonaws.us-east-1.s3" }),
  ),
  on(
    "dev",
    "an S3 endpoint of another VPC",
    ["paths-are-fully-modeled"],
    withInputs("ec2/vpcEndpoint:VpcEndpoint", "dev-s3", { vpcId: vpc("staging") }),
  ),
  on(
    "dev",
    "a VPC of another Region",
    ["paths-are-fully-modeled"],
    withInputs("ec2/vpc:Vpc", "dev", { region: "us-east-1" }),
  ),
  on(
    "dev",
    "a second route table association of a subnet",
    ["paths-are-fully-modeled"],
    withResource("aws:ec2/routeTableAssociation:RouteTableAssociation", "again", {
      ...{ subnetId: subnet("dev-transit-1"), routeTableId: table("dev-private-1") },
    }),
  ),
];
