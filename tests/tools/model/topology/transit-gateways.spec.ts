import { expect } from "chai";
import { rangesOf } from "../../../../tools/model/addresses/ranges";
import { describeReason } from "../../../../tools/model/paths/path";
import { traceTraffic } from "../../../../tools/model/paths/trace";
import { topologyOf } from "../../../../tools/model/topology/topology";
import { joined, testFacts, unsupportedIn, type Fact } from "../support/facts";
import * as aws from "../support/resources";
import { attachment, inTable, transitGateway, transitTable } from "../support/transit-gateways";

const HOW = 'Amazon VPC Transit Gateways, "How AWS Transit Gateway works"';
const VPC = 'Amazon VPC Transit Gateways, "Amazon VPC attachments in AWS Transit Gateway"';
const TABLES = 'Amazon VPC Transit Gateways, "Transit gateway route tables in AWS Transit Gateway"';
const ACCEPT = 'Amazon VPC Transit Gateways, "Accept a shared attachment"';
const PEERING = 'Amazon VPC Transit Gateways, "Transit gateway peering attachments"';

const transit = (type: string, name: string, inputs: Record<string, unknown>): aws.Part => [
  aws.resource(`ec2transitgateway/${type}`, name, inputs),
];
/** `two` with a transit subnet in the second zone too. */
const twoZones: readonly aws.Part[] = [
  ...[
    aws.table("two-other", { "10.2.0.0/18": "eni-firewall" }),
    aws.subnet("two-transit-2", "10.2.209.0/28", "two-other"),
  ],
  aws.subnet("one-transit-2", "10.1.209.0/28"),
];

const facts: readonly Fact[] = [
  {
    ...{ source: HOW, what: "a packet and its answer each go by the table of the sender's attachment" },
    ...{ of: joined(), ends: ["arrives"], answers: ["arrives"] },
  },
  {
    // Review G7.
    ...{ source: HOW, what: "an answer is lost where the other attachment's table has no route back" },
    of: {
      private: { "10.0.0.0/8": "tgw" },
      gateway: { propagated: ["two"] },
      more: [
        transitTable("u", { associated: ["two"] }),
        aws.routesIn("back", aws.ref("two.defaultRouteTableId"), { "10.0.0.0/8": "tgw" }),
      ],
    },
    ...{ ends: ["arrives"], answers: ["no route: transit gateway route table u has no route to 10.1.0.0/18"] },
  },
  {
    // Review G7.
    ...{ source: HOW, what: "an answer is lost where the receiver's subnet has no route back" },
    of: { private: { "10.0.0.0/8": "tgw" }, gateway: { propagated: ["two"] } },
    ends: ["arrives"],
    answers: ["no route: route table two, main table has no route to 10.1.0.0/18"],
  },
  {
    // Review G3.
    ...{ source: HOW, what: "a blackhole for half of a subnet drops that half" },
    of: joined({ gateway: { propagated: ["two"], routes: { "10.2.32.0/19": "blackhole" } } }),
    ends: ["10.2.0.0/19: arrives", "10.2.32.0/19: dropped: blackhole route"],
  },
  {
    // Review G3.
    ...{ source: HOW, what: "a static route for a part of another VPC leaks that part" },
    of: joined({ gateway: { propagated: [], routes: { "10.0.0.0/8": "blackhole", "10.2.0.0/20": "two" } } }),
    ends: ["10.2.0.0/20: arrives", "10.2.16.0/20, 10.2.32.0/19: dropped: blackhole route"],
  },
  {
    ...{ source: HOW, what: "a route for more specific addresses to the wrong VPC loses them" },
    of: joined({ gateway: { propagated: ["two"], routes: { "10.2.0.0/20": "three" } } }),
    ends: [
      "10.2.16.0/20, 10.2.32.0/19: arrives",
      "10.2.0.0/20: no route: route table three, main table has no route to 10.2.0.0/20",
    ],
  },
  {
    ...{ source: HOW, what: "a blackhole for everything drops what has no route of its own" },
    of: joined({ gateway: { propagated: ["two"], routes: { "0.0.0.0/0": "blackhole" } } }),
    ...{
      to: "10.2.0.0/15",
      ends: [
        "10.2.0.0/18: arrives",
        "10.2.64.0/18, 10.2.128.0/18, 10.2.192.0/20, 10.2.208.16/28 and 8 more CIDRs: dropped: no subnet contains 10.2.64.0/18, 10.2.128.0/18, 10.2.192.0/20, 10.2.208.16/28 and 8 more CIDRs",
        "10.2.208.0/28: arrives",
        "10.3.0.0/16: dropped: blackhole route",
      ],
    },
  },
  {
    ...{ source: HOW, what: "routing is not transitive: the VPC in the middle does not pass it on without a route" },
    of: joined({ gateway: { propagated: ["two"], routes: { "10.3.0.0/16": "two" } } }),
    ...{ to: "10.3.208.0/28", ends: ["no route: route table two-transit has no route to 10.3.208.0/28"] },
  },
  {
    // Review G1.
    ...{ source: HOW, what: "an attachment of no stack that is associated is reported" },
    of: joined({
      more: [
        transit("routeTableAssociation:RouteTableAssociation", "vpn", {
          ...{ transitGatewayAttachmentId: "tgw-attach-0vpn", transitGatewayRouteTableId: aws.ref("t") },
        }),
      ],
    }),
    ends: ["arrives"],
    reported: [
      "RouteTableAssociation vpn has the transitGatewayAttachmentId tgw-attach-0vpn, which is not in any stack",
    ],
  },
  {
    // Review G1.
    ...{ source: HOW, what: "an attachment of no stack that propagates is reported" },
    of: joined({
      more: [
        transit("routeTablePropagation:RouteTablePropagation", "vpn", {
          ...{ transitGatewayAttachmentId: "tgw-attach-0vpn", transitGatewayRouteTableId: aws.ref("t") },
        }),
      ],
    }),
    ends: ["arrives"],
    reported: [
      "RouteTablePropagation vpn has the transitGatewayAttachmentId tgw-attach-0vpn, which is not in any stack",
    ],
  },
  {
    // Review G1.
    ...{ source: HOW, what: "a route to an attachment of no stack is reported, and where it leads is not modeled" },
    of: joined({
      more: [
        transit("route:Route", "vpn", {
          ...{ destinationCidrBlock: "10.8.0.0/16", transitGatewayAttachmentId: "tgw-attach-0vpn" },
          transitGatewayRouteTableId: aws.ref("t"),
        }),
      ],
    }),
    ...{ to: "10.8.0.0/16", ends: ["not modeled: the attachment is not in any stack"] },
    reported: ["Route vpn has the transitGatewayAttachmentId tgw-attach-0vpn, which is not in any stack"],
  },
  {
    // Review G1.
    ...{ source: VPC, what: "an attachment of a VPC of no stack is reported, and what is behind it is not modeled" },
    of: joined({
      gateway: { propagated: ["two"], routes: { "10.8.0.0/16": "legacy" } },
      more: [attachment("legacy", [], { vpcId: "vpc-0legacy" })],
    }),
    ...{ to: "10.8.0.0/16", ends: ["not modeled: the attached VPC is not in any stack"] },
    reported: ["VpcAttachment att-legacy has the vpcId vpc-0legacy, which is not in any stack"],
  },
  {
    ...{ source: VPC, what: "a subnet in a zone without an attachment subnet cannot send" },
    ...{ of: joined(), from: "one-private-2", ends: ["dropped: the attachment has no subnet in ap-southeast-3b"] },
  },
  {
    ...{ source: VPC, what: "traffic stays in its zone where the other attachment is there too" },
    of: joined({
      more: [
        ...[aws.table("two-other", { "10.2.0.0/18": "eni-firewall" })],
        aws.subnet("two-transit-2", "10.2.209.0/28", "two-other"),
        attachment("two", ["two-transit-1", "two-transit-2"]),
      ],
    }),
    ...{ ends: ["arrives"], answers: ["arrives"] },
  },
  {
    ...{ source: VPC, what: "in appliance mode the gateway chooses the zone, so every zone's table counts" },
    of: joined({
      more: [...twoZones, attachment("two", ["two-transit-1", "two-transit-2"], { applianceModeSupport: "enable" })],
    }),
    ends: [
      "10.2.0.0/18: arrives",
      "10.2.0.0/18: not modeled: route two-other 10.2.0.0/18 targets ${eni-firewall}, which is not modeled",
    ],
  },
  {
    ...{ source: VPC, what: "from a zone where the other attachment is not, the gateway chooses among its zones" },
    of: joined({
      more: [
        ...twoZones,
        attachment("one", ["one-transit-1", "one-transit-2"]),
        aws.subnet("two-transit-3", "10.2.210.0/28"),
        attachment("two", ["two-transit-1", "two-transit-3"]),
      ],
    }),
    ...{
      from: "one-private-2",
      ends: ["10.2.0.0/18: arrives", "10.2.0.0/18: arrives"],
      answers: ["arrives"],
    },
  },
  {
    ...{
      source: VPC,
      what: "the table of the attachment's subnet leads on from the gateway, to a NAT gateway of the VPC",
    },
    of: joined({
      private: { "0.0.0.0/0": "tgw" },
      gateway: { propagated: ["two"], routes: { "0.0.0.0/0": "two" } },
      two: { "0.0.0.0/0": "nat-two" },
      more: [
        aws.table("two-public", { "0.0.0.0/0": "igw-two", "10.1.0.0/16": "tgw" }),
        ...[aws.subnet("two-public-1", "10.2.192.0/24", "two-public"), aws.nat("nat-two", "two-public-1")],
        aws.internetGateway("igw-two", "two"),
      ],
    }),
    ...{ to: "internet", ends: ["internet"], answers: ["arrives"] },
  },
  {
    ...{ source: TABLES, what: "an attachment without an association reaches nothing, though it propagates" },
    of: joined({ gateway: { associated: [], propagated: ["two"] } }),
    ends: ["dropped: the attachment is not associated with a route table"],
  },
  {
    // Review G2.
    ...{
      source: TABLES,
      what: "a route in the gateway's own default table, by associationDefaultRouteTableId, is followed",
    },
    of: {
      private: { "10.0.0.0/8": "tgw" },
      more: [
        transitGateway("tgw", {}),
        transitTable("t", {}),
        transit("route:Route", "own", {
          ...{ destinationCidrBlock: "10.2.32.0/19", blackhole: true },
          transitGatewayRouteTableId: aws.ref("tgw.associationDefaultRouteTableId"),
        }),
      ],
      gateway: { associated: [] },
    },
    ends: ["10.2.0.0/19: arrives", "10.2.32.0/19: dropped: blackhole route"],
  },
  {
    // Review G2.
    ...{ source: TABLES, what: "and one by propagationDefaultRouteTableId is in the same table" },
    of: {
      private: { "10.0.0.0/8": "tgw" },
      more: [
        transitGateway("tgw", {}),
        inTable("tgw.propagationDefaultRouteTableId", { routes: { "10.2.32.0/19": "blackhole" } }),
      ],
      gateway: { associated: [] },
    },
    ends: ["10.2.0.0/19: arrives", "10.2.32.0/19: dropped: blackhole route"],
  },
  {
    ...{ source: TABLES, what: "a default table that no stack makes is reported" },
    of: joined({
      more: [
        transit("defaultRouteTableAssociation:DefaultRouteTableAssociation", "strange", {
          ...{ transitGatewayId: aws.ref("tgw"), transitGatewayRouteTableId: "tgw-rtb-0strange" },
        }),
      ],
    }),
    ends: ["arrives"],
    reported: [
      "DefaultRouteTableAssociation strange has the transitGatewayRouteTableId tgw-rtb-0strange, which is not in any stack",
    ],
  },
  {
    // Review G6.
    ...{ source: PEERING, what: "peering of gateways, Connect, prefix list references and multicast are reported" },
    of: joined({
      more: [
        transit("peeringAttachment:PeeringAttachment", "abroad", {}),
        ...[transit("connect:Connect", "sdwan", {}), transit("prefixListReference:PrefixListReference", "list", {})],
        transit("multicastDomain:MulticastDomain", "many", {}),
      ],
    }),
    ends: ["arrives"],
    reported: [
      ...[
        "PeeringAttachment abroad is not modeled",
        "Connect sdwan is not modeled",
        "PrefixListReference list is not modeled",
        "MulticastDomain many is not modeled",
      ],
    ],
  },
  {
    ...{ source: VPC, what: "IPv6 over an attachment is reported" },
    of: joined({ more: [attachment("three", ["three-transit-1"], { ipv6Support: "enable" })] }),
    ...{ ends: ["arrives"], reported: ["VpcAttachment att-three sets ipv6Support"] },
  },
];

describe("AWS's rules of transit gateways", () => {
  testFacts(facts);
});

describe(`an attachment from another account (${ACCEPT})`, () => {
  const ends = (autoAcceptSharedAttachments: string | undefined, accepted: boolean, account = "222222222222") => {
    const gateway = transitGateway("tgw", {
      ...{ defaultRouteTableAssociation: "enable", defaultRouteTablePropagation: "enable" },
      ...(autoAcceptSharedAttachments === undefined ? {} : { autoAcceptSharedAttachments }),
    });
    const network = (name: string, block: string): readonly aws.Part[] => [
      aws.vpc(name, `${block}.0.0/16`),
      ...[
        aws.table(`${name}-private`, { "10.0.0.0/8": "tgw" }),
        aws.subnet(`${name}-private-1`, `${block}.0.0/18`, `${name}-private`),
      ],
      attachment(name, [`${name}-private-1`]),
    ];
    const accepter = transit("vpcAttachmentAccepter:VpcAttachmentAccepter", "accepter", {
      transitGatewayAttachmentId: aws.ref("att-two"),
    });
    const topology = topologyOf({
      stacks: [
        {
          name: "hub",
          isHub: true,
          resources: [...gateway, ...network("one", "10.1"), ...(accepted ? [accepter] : [])].flat(),
        },
        { name: "two", isHub: false, resources: network("two", "10.2").flat() },
      ],
      accountMap: [
        { name: "hub", cidr: "10.1.0.0/16", account: "111111111111" },
        { name: "two", cidr: "10.2.0.0/16", account },
      ],
    });
    const go = (from: string, to: string): string[] =>
      traceTraffic(topology, aws.subnetIn(topology, from), rangesOf([to])).map(({ end, reason }) =>
        reason === undefined ? end : describeReason(reason),
      );
    return [...go("two-private-1", "10.1.0.0/18"), ...go("one-private-1", "10.2.0.0/18"), ...unsupportedIn(topology)];
  };

  // Review G8.
  it("carries nothing until it is accepted, in either direction", () => {
    const stops = [
      "the attachment is pending acceptance",
      "transit gateway route table tgw, default table has no route to 10.2.0.0/18",
    ];
    expect(ends("disable", false)).to.deep.equal(stops);
    expect(ends(undefined, false)).to.deep.equal(stops);
  });

  it("is in use with an accepter, with auto-accept, or in the gateway's own account", () => {
    const carries = ["arrives", "arrives"];
    expect(ends("disable", true)).to.deep.equal(carries);
    expect(ends("enable", false)).to.deep.equal(carries);
    expect(ends("disable", false, "111111111111")).to.deep.equal(carries);
  });
});
