import { idOf, more, withInputs } from "../../../support/bend";
import { on, subnet, table, vpc, type Mutation } from "./mutation";

const NAT = "aws:ec2/natGateway:NatGateway";
const ALLOW = { ruleNo: 1000, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 };
const DENY = { ...ALLOW, ruleNo: 10, action: "deny", cidrBlock: "10.1.0.0/18" };

/** A network ACL of the second zone's private subnet. */
const acl = (ingress: readonly unknown[], egress: readonly unknown[]) =>
  more("aws:ec2/networkAcl:NetworkAcl", "acl", {
    ...{ vpcId: vpc("dev"), subnetIds: [subnet("dev-private-2")], ingress, egress },
  });

/** Changes inside of one VPC, and of what AWS refuses there. */
export const INSIDE: readonly Mutation[] = [
  on("dev", "a zone that lets nothing in from another", ["subnets-reach-each-other"], acl([DENY, ALLOW], [ALLOW])),
  on("dev", "a zone that answers nothing to another", ["subnets-reach-each-other"], acl([ALLOW], [DENY, ALLOW])),
  on(
    "dev",
    "another zone by the NAT gateway, so that answers to it are lost",
    ["subnets-reach-each-other", "paths-are-fully-modeled"],
    more("aws:ec2/route:Route", "aside", {
      ...{ routeTableId: table("dev-private-1"), destinationCidrBlock: "10.1.64.0/18" },
      natGatewayId: idOf(NAT, "dev-1"),
    }),
  ),
  on(
    "dev",
    "a NAT gateway without an Elastic IP address",
    ["not-reachable-from-the-internet", "paths-are-fully-modeled", "nat-gateway-of-the-same-az"],
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
    "a second table of a private subnet",
    ["paths-are-fully-modeled"],
    more("aws:ec2/routeTableAssociation:RouteTableAssociation", "again", {
      ...{ subnetId: subnet("dev-transit-1"), routeTableId: table("dev-private-1") },
    }),
  ),
];
