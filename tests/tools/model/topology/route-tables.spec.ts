import { joined, testFacts, type Fact } from "../support/facts";
import * as aws from "../support/resources";
import { attachment, transitTable } from "../support/transit-gateways";

const PRIORITY = 'Amazon VPC User Guide, "How route priority works"';
const CONFIGURE = 'Amazon VPC User Guide, "Configure route tables"';
const TABLES = 'Amazon VPC User Guide, "Subnet route tables"';
const GATEWAY_TABLES = 'Amazon VPC User Guide, "Gateway route tables"';
const LISTS = 'Amazon VPC User Guide, "Reference prefix lists"';
const BLOCKS = 'Amazon VPC User Guide, "VPC CIDR blocks"';

const noRoute = (what: string): string => `no route: route table one-private has no route to ${what}`;
const association = (name: string, inputs: Record<string, unknown>): aws.Part => [
  aws.resource("ec2/routeTableAssociation:RouteTableAssociation", name, inputs),
];

const facts: readonly Fact[] = [
  {
    ...{ source: PRIORITY, what: "the local route takes all of the VPC from a default route" },
    ...{ of: { private: { "0.0.0.0/0": "nat-one" } }, to: "10.1.64.0/18", ends: ["arrives"], answers: ["arrives"] },
  },
  {
    // Review G3.
    ...{ source: PRIORITY, what: "a route for half of a subnet is taken by that half" },
    of: joined({ private: { "10.2.32.0/19": "nat-gone" } }),
    ends: ["10.2.0.0/19: arrives", "10.2.32.0/19: dropped: the NAT gateway does not exist"],
  },
  {
    // Review G3.
    ...{ source: PRIORITY, what: "a route for half of the internet is taken by that half" },
    of: { private: { "0.0.0.0/1": "tgw", "0.0.0.0/0": "nat-one" } },
    to: "internet",
    ends: [
      "128.0.0.0/3, 160.0.0.0/5, 168.0.0.0/8, 169.0.0.0/9 and 28 more CIDRs: internet",
      "1.0.0.0/8, 2.0.0.0/7, 4.0.0.0/6, 8.0.0.0/7 and 15 more CIDRs: no route: transit gateway route table t has no route to 1.0.0.0/8, " +
        "2.0.0.0/7, 4.0.0.0/6, 8.0.0.0/7 and 15 more CIDRs",
    ],
  },
  {
    ...{ source: PRIORITY, what: "a route for one address is taken by that address" },
    of: joined({ private: { "10.2.0.9/32": "nat-gone" } }),
    to: "10.2.0.8/30",
    ends: ["10.2.0.8, 10.2.0.10/31: arrives", "10.2.0.9: dropped: the NAT gateway does not exist"],
  },
  {
    ...{ source: PRIORITY, what: "of three nested routes the narrowest takes its addresses, and so on outwards" },
    of: { private: { "10.0.0.0/8": "nat-gone", "10.2.0.0/17": "tgw", "10.2.0.0/18": "igw-one" } },
    to: "10.2.0.0/16",
    ends: [
      "10.2.0.0/18: dropped: 10.2.0.0/18 is not public",
      "10.2.64.0/18: no route: transit gateway route table t has no route to 10.2.64.0/18",
      "10.2.128.0/17: dropped: the NAT gateway does not exist",
    ],
  },
  {
    ...{ source: PRIORITY, what: "the host bits of a destination count for nothing" },
    ...{ of: joined({ private: { "10.2.32.77/19": "nat-gone" } }), to: "10.2.32.0/19" },
    ends: ["dropped: the NAT gateway does not exist"],
  },
  {
    // Review G11.
    ...{ source: CONFIGURE, what: "a route for the VPC's own block is refused, and the local one stays" },
    ...{ of: { private: { "10.1.0.0/16": "nat-one" } }, to: "10.1.64.0/18", ends: ["arrives"] },
    reported: ["Vpc one has the route 10.1.0.0/16 → ${nat-one} in route table one-private, which AWS refuses"],
  },
  {
    // Review G11.
    ...{ source: CONFIGURE, what: "a route for a part of the VPC to a transit gateway is refused" },
    ...{ of: { private: { "10.1.64.0/18": "tgw" } }, to: "10.1.64.0/18", ends: ["arrives"] },
    reported: ["Vpc one has the route 10.1.64.0/18 → ${tgw} in route table one-private, which AWS refuses"],
  },
  {
    // Review G11.
    ...{ source: CONFIGURE, what: "a route for a part of the VPC to an internet gateway is refused" },
    ...{ of: { private: { "10.1.64.0/18": "igw-one" } }, to: "10.1.64.0/18", ends: ["arrives"] },
    reported: ["Vpc one has the route 10.1.64.0/18 → ${igw-one} in route table one-private, which AWS refuses"],
  },
  {
    // Review G11.
    ...{ source: CONFIGURE, what: "a route for a part of the VPC that is no whole subnet is refused" },
    ...{ of: { private: { "10.1.64.0/19": "eni-firewall" } }, to: "10.1.64.0/18", ends: ["arrives"] },
    reported: ["Vpc one has the route 10.1.64.0/19 → ${eni-firewall} in route table one-private, which AWS refuses"],
  },
  {
    ...{ source: CONFIGURE, what: "a route for a whole subnet to a network interface is taken, which is not modeled" },
    ...{ of: { private: { "10.1.64.0/18": "eni-firewall" } }, to: "10.1.64.0/18" },
    ends: ["not modeled: route one-private 10.1.64.0/18 targets ${eni-firewall}, which is not modeled"],
  },
  {
    ...{ source: CONFIGURE, what: "a route for a whole subnet to a NAT gateway is taken" },
    ...{ of: { private: { "10.1.64.0/18": "nat-one" } }, to: "10.1.64.0/18", ends: ["arrives"], answers: ["arrives"] },
  },
  {
    ...{ source: CONFIGURE, what: "a route for more than the VPC is no matter to the VPC" },
    ...{ of: { private: { "10.0.0.0/8": "nat-gone" } }, to: "10.1.0.0/18", ends: ["arrives"] },
  },
  {
    ...{ source: TABLES, what: "a written out local route says what is so anyway" },
    of: {
      more: [
        [
          aws.resource("ec2/routeTable:RouteTable", "one-listed", {
            ...{ vpcId: aws.ref("one"), routes: [{ cidrBlock: "10.1.0.0/16", gatewayId: "local" }] },
          }),
        ],
        association("listed", { subnetId: aws.ref("one-transit-1"), routeTableId: aws.ref("one-listed") }),
      ],
    },
    ...{ from: "one-transit-1", to: "10.1.64.0/18", ends: ["arrives"] },
  },
  {
    // Review G2.
    ...{
      source: TABLES,
      what: "a route in the main table, by mainRouteTableId, is for subnets without an association",
    },
    of: { more: [aws.routesIn("main", aws.ref("one.mainRouteTableId"), { "0.0.0.0/0": "nat-one" })] },
    ...{ from: "one-transit-1", to: "internet", ends: ["internet"], answers: ["arrives"] },
  },
  {
    // Review G2.
    ...{ source: TABLES, what: "a route in the main table, by the id of what adopts it, is for the same subnets" },
    of: {
      more: [
        [
          aws.resource("ec2/defaultRouteTable:DefaultRouteTable", "adopted", {
            defaultRouteTableId: aws.ref("one.defaultRouteTableId"),
          }),
        ],
        aws.routesIn("main", aws.ref("adopted"), { "0.0.0.0/0": "nat-one" }),
      ],
    },
    ...{ from: "one-transit-1", to: "internet", ends: ["internet"] },
  },
  {
    // Review G2.
    ...{ source: TABLES, what: "what adopts the main table by mainRouteTableId is the main table" },
    of: {
      more: [
        [
          aws.resource("ec2/defaultRouteTable:DefaultRouteTable", "adopted", {
            defaultRouteTableId: aws.ref("one.mainRouteTableId"),
            routes: [aws.route("0.0.0.0/0", "nat-one", "cidrBlock")],
          }),
        ],
      ],
    },
    ...{ from: "one-transit-1", to: "internet", ends: ["internet"] },
  },
  {
    ...{ source: TABLES, what: "a subnet reads the main table by an association that names it too" },
    of: {
      private: { "0.0.0.0/0": "nat-one" },
      more: [
        association("main", { subnetId: aws.ref("one-transit-1"), routeTableId: aws.ref("one.mainRouteTableId") }),
      ],
    },
    ...{
      from: "one-transit-1",
      to: "internet",
      ends: ["no route: route table one, main table has no route to the internet"],
    },
  },
  {
    ...{ source: TABLES, what: "a table that no stack makes is unknown, and so is what its readers do" },
    of: { more: [association("strange", { subnetId: aws.ref("one-transit-1"), routeTableId: "rtb-0strange" })] },
    ...{ from: "one-transit-1", to: "10.1.64.0/18", ends: ["arrives"] },
    reported: ["RouteTableAssociation strange has the routeTableId rtb-0strange, which is not in any stack"],
  },
  {
    // Review G6.
    ...{
      source: GATEWAY_TABLES,
      what: "a table of an internet gateway turns aside what comes in, which is not modeled",
    },
    of: { more: [association("edge", { gatewayId: aws.ref("igw-one"), routeTableId: aws.ref("one-private") })] },
    ...{ to: "10.1.64.0/18", ends: ["arrives"], reported: ["RouteTableAssociation edge sets gatewayId"] },
  },
  {
    ...{ source: PRIORITY, what: "routes that a virtual private gateway propagates are not modeled" },
    of: {
      more: [
        [aws.resource("ec2/routeTable:RouteTable", "one-vpn", { vpcId: aws.ref("one"), propagatingVgws: ["vgw-1"] })],
      ],
    },
    ...{ ends: [noRoute("10.2.0.0/18")], reported: ["RouteTable one-vpn sets propagatingVgws"] },
  },
  {
    // Review G6.
    ...{ source: PRIORITY, what: "a propagation by a resource of its own is not modeled either" },
    of: {
      more: [
        [
          aws.resource("ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation", "vpn", {
            ...{ vpnGatewayId: "vgw-1", routeTableId: aws.ref("one-private") },
          }),
        ],
      ],
    },
    ...{ ends: [noRoute("10.2.0.0/18")], reported: ["VpnGatewayRoutePropagation vpn is not modeled"] },
  },
  {
    ...{ source: LISTS, what: "a prefix list of ours is a route for each of its entries, for part of a subnet too" },
    of: joined({
      private: { "pl-ours": "nat-gone" },
      more: [aws.prefixList("pl-ours", "10.2.0.0/20", "10.2.48.0/20")],
    }),
    ends: [
      "10.2.16.0/20, 10.2.32.0/20: arrives",
      ...[
        "10.2.0.0/20: dropped: the NAT gateway does not exist",
        "10.2.48.0/20: dropped: the NAT gateway does not exist",
      ],
    ],
  },
  {
    // Review G6.
    ...{ source: LISTS, what: "a prefix list of somebody else's may hold any address, and is reported" },
    of: {
      more: [
        [
          aws.resource("ec2/route:Route", "strange", {
            ...{ routeTableId: aws.ref("one-private"), destinationPrefixListId: "pl-0strange" },
            transitGatewayId: aws.ref("tgw"),
          }),
        ],
      ],
    },
    ends: [noRoute("10.2.0.0/18")],
    reported: ["Route strange has a route for the prefix list pl-0strange, whose entries are unknown"],
  },
  {
    ...{ source: BLOCKS, what: "every block of a VPC is local, and what no subnet has is nobody's" },
    of: { more: [aws.block("one", "10.41.0.0/16"), aws.subnet("one-more-1", "10.41.0.0/17")] },
    to: "10.41.0.0/16",
    ends: ["10.41.0.0/17: arrives", "10.41.128.0/17: dropped: no subnet contains 10.41.128.0/17"],
  },
  {
    ...{ source: BLOCKS, what: "a block that a pool gives is not known, and is reported" },
    of: {
      more: [
        [
          aws.resource("ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "pool", {
            ...{ vpcId: aws.ref("one"), ipv4IpamPoolId: "ipam-pool-1", ipv4NetmaskLength: 16 },
          }),
        ],
      ],
    },
    ends: [noRoute("10.2.0.0/18")],
    reported: [
      "VpcIpv4CidrBlockAssociation pool sets ipv4IpamPoolId",
      "VpcIpv4CidrBlockAssociation pool sets ipv4NetmaskLength",
    ],
  },
  {
    ...{ source: 'Amazon VPC User Guide, "Compare IPv4 and IPv6"', what: "IPv6 is not modeled, and is reported" },
    of: {
      more: [
        [aws.resource("ec2/subnet:Subnet", "one-dual-1", { vpcId: aws.ref("one"), ipv6CidrBlock: "fd00::/64" })],
        [
          aws.resource("ec2/route:Route", "six", {
            ...{ routeTableId: aws.ref("one-private"), destinationIpv6CidrBlock: "::/0" },
            egressOnlyGatewayId: "eigw-1",
          }),
        ],
      ],
    },
    ends: [noRoute("10.2.0.0/18")],
    reported: ["Route six sets destinationIpv6CidrBlock", "Subnet one-dual-1 sets ipv6CidrBlock"],
  },
  {
    ...{ source: 'Amazon VPC Peering Guide, "How VPC peering connections work"', what: "peering is not modeled" },
    of: {
      private: { "10.2.0.0/16": "pcx-two" },
      more: [[aws.resource("ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx-two", { vpcId: aws.ref("one") })]],
    },
    ends: ["not modeled: route one-private 10.2.0.0/16 targets ${pcx-two}, which is not modeled"],
    reported: ["VpcPeeringConnection pcx-two is not modeled"],
  },
  {
    ...{ source: 'Amazon VPC Peering Guide, "Unsupported VPC peering configurations"' },
    what: "a peering connection of another VPC is no way: what comes over the gateway is not modeled into it",
    of: joined({ gateway: { propagated: [], routes: { "10.9.0.0/16": "two" } }, two: { "10.9.0.0/16": "pcx-else" } }),
    to: "10.9.0.0/16",
    ends: ["not modeled: route two-transit 10.9.0.0/16 targets ${pcx-else}, which is not modeled"],
  },
  {
    // Review G10.
    ...{ source: 'Amazon VPC Transit Gateways, "Amazon VPC attachments in AWS Transit Gateway"' },
    what: "a block that overlaps one of a VPC that was attached before is not propagated",
    of: joined({
      gateway: { propagated: ["two", "four"] },
      more: [
        ...[aws.vpc("four", "10.2.0.0/17"), aws.subnet("four-private-1", "10.2.0.0/18")],
        attachment("four", ["four-private-1"]),
        transitTable("v", { associated: ["four"] }),
      ],
    }),
    ends: ["arrives"],
    answers: ["arrives"],
  },
];

describe("AWS's rules of route tables", () => {
  testFacts(facts);
});
