import { expect } from "chai";
import { acl, ALLOW_ALL, joined, unsupportedIn } from "../support/facts";
import * as aws from "../support/resources";
import { aRecord, zone } from "../support/resources";
import { threeNetworks, type Variation } from "../support/three-networks";
import { inTable, transitGateway, transitTable } from "../support/transit-gateways";

const part = (type: string, name: string, inputs: Record<string, unknown>): aws.Part => [
  aws.resource(type, name, inputs),
];
const TRANSIT = "ec2transitgateway";
const ASSOCIATION = "ec2/routeTableAssociation:RouteTableAssociation";
const ENDPOINT = "ec2/vpcEndpoint:VpcEndpoint";

/** What AWS refuses, or takes one of two of, without saying which in a plan. */
interface Refusal {
  /** Page of AWS's documentation. */
  readonly source: string;
  readonly what: string;
  readonly of: Variation;
  readonly reported: readonly string[];
}

const api = (call: string): string => `Amazon EC2 API Reference, "${call}"`;
const PRIORITY = 'Amazon VPC User Guide, "How route priority works"';

const second = [transitGateway("tgw2"), part(`${TRANSIT}/routeTable:RouteTable`, "w", { transitGatewayId: "${tgw2}" })];

const unknownResources: readonly Refusal[] = [
  {
    ...{ source: api("AssociateRouteTable"), what: "a route table of another VPC" },
    of: { more: [aws.subnet("one-x-1", "10.1.224.0/24", "two-transit")] },
    reported: ["RouteTableAssociation one-x-1-table has the routeTableId ${two-transit} of another VPC"],
  },
  {
    ...{ source: api("ReplaceRouteTableAssociation"), what: "a main route table of another VPC" },
    of: {
      more: [
        part("ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", {
          ...{ vpcId: "${one}", routeTableId: "${two-transit}" },
        }),
      ],
    },
    reported: ["MainRouteTableAssociation main has the routeTableId ${two-transit} of another VPC"],
  },
  {
    ...{ source: api("ReplaceNetworkAclAssociation"), what: "a network ACL of another VPC" },
    of: { more: [part("ec2/networkAcl:NetworkAcl", "acl", { vpcId: "${two}", subnetIds: ["${one-private-2}"] })] },
    reported: ["NetworkAcl acl has the subnetIds ${one-private-2} of another VPC"],
  },
  {
    ...{ source: api("CreateTransitGatewayVpcAttachment"), what: "an attachment with a subnet of another VPC" },
    of: {
      more: [
        aws.vpc("four", "10.4.0.0/16"),
        part(`${TRANSIT}/vpcAttachment:VpcAttachment`, "att", {
          ...{ vpcId: "${four}", transitGatewayId: "${tgw}", subnetIds: ["${two-private-1}"] },
        }),
      ],
    },
    reported: ["VpcAttachment att has the subnetIds ${two-private-1} of another VPC"],
  },
  {
    ...{ source: api("CreateVpcEndpoint"), what: "a gateway endpoint in a route table of another VPC" },
    of: {
      more: [
        part(ENDPOINT, "s3", {
          ...{ vpcId: "${two}", serviceName: "com.amazonaws.ap-southeast-3.s3", routeTableIds: ["${one-private}"] },
        }),
      ],
    },
    reported: ["VpcEndpoint s3 has the routeTableIds ${one-private} of another VPC"],
  },
  {
    ...{ source: api("AssociateTransitGatewayRouteTable"), what: "a table of another transit gateway" },
    of: {
      more: [
        ...second,
        part(`${TRANSIT}/routeTableAssociation:RouteTableAssociation`, "wrong", {
          ...{ transitGatewayAttachmentId: "${att-three}", transitGatewayRouteTableId: "${w}" },
        }),
      ],
    },
    reported: ["RouteTableAssociation wrong has the transitGatewayRouteTableId ${w} of another transit gateway"],
  },
  {
    ...{ source: api("CreateTransitGatewayRoute"), what: "a route to an attachment of another transit gateway" },
    of: { more: [...second, inTable("w", { routes: { "10.3.0.0/16": "three" } })] },
    reported: ["Route w 10.3.0.0/16 has the transitGatewayRouteTableId ${w} of another transit gateway"],
  },
  {
    ...{ source: 'Amazon VPC User Guide, "VPC basics"', what: "a route of another Region" },
    of: {
      more: [
        part("ec2/route:Route", "far", {
          ...{ region: "us-east-1", routeTableId: "${one-private}", destinationCidrBlock: "10.9.0.0/16" },
          natGatewayId: "${nat-one}",
        }),
      ],
    },
    reported: ["Route far is in us-east-1, but the network is in ap-southeast-3"],
  },
];

const twice: readonly Refusal[] = [
  {
    ...{ source: api("AssociateRouteTable"), what: "two route tables of one subnet" },
    of: { more: [part(ASSOCIATION, "again", { subnetId: "${one-private-1}", routeTableId: "${one-public}" })] },
    reported: [
      "RouteTableAssociation again sets ${one-public}, which conflicts with ${one-private} in one-private-1-table",
    ],
  },
  {
    ...{ source: api("CreateRoute"), what: "two routes for one block, whatever its host bits" },
    of: joined({ more: [aws.routesIn("again", aws.ref("one-private"), { "10.9.0.0/8": "nat-one" })] }),
    reported: ["Vpc one has two routes for 10.9.0.0/8 in route table one-private; AWS accepts only one"],
  },
  {
    ...{ source: PRIORITY, what: "two prefix lists with overlapping entries, of which AWS chooses one at random" },
    of: {
      private: { "pl-a": "tgw", "pl-b": "nat-one" },
      more: [aws.prefixList("pl-a", "10.2.0.0/18"), aws.prefixList("pl-b", "10.2.0.0/16")],
    },
    reported: ["Vpc one has two routes for 10.2.0.0/16 in route table one-private; AWS accepts only one"],
  },
  {
    ...{ source: api("AttachInternetGateway"), what: "an internet gateway of two VPCs" },
    of: {
      more: [
        part("ec2/internetGatewayAttachment:InternetGatewayAttachment", "again", {
          ...{ internetGatewayId: "${igw-one}", vpcId: "${two}" },
        }),
      ],
    },
    reported: ["InternetGateway igw-one sets ${one}, which conflicts with ${two} in again"],
  },
  {
    ...{ source: api("ReplaceNetworkAclAssociation"), what: "two network ACLs of one subnet" },
    of: { more: ["a", "b"].map((name) => acl(name, ["one-private-2"], [ALLOW_ALL], [ALLOW_ALL])) },
    reported: ["NetworkAcl b sets ${b}, which conflicts with ${a} in a"],
  },
  {
    ...{ source: api("CreateNetworkAclEntry"), what: "a second rule 100 of a default network ACL" },
    of: {
      more: [
        part("ec2/networkAclRule:NetworkAclRule", "deny", {
          ...{ networkAclId: aws.ref("one.defaultNetworkAclId"), ruleNumber: 100, ruleAction: "deny" },
          ...{ protocol: "-1", cidrBlock: "0.0.0.0/0", egress: true },
        }),
      ],
    },
    reported: ["NetworkAclRule deny sets ${deny}, which conflicts with allow everything in one"],
  },
  {
    ...{ source: api("AssociateTransitGatewayRouteTable"), what: "an attachment that two tables are to be read by" },
    of: { more: [transitTable("u", { associated: ["one"] })] },
    reported: ["VpcAttachment att-one sets ${u}, which conflicts with ${t} in att-one"],
  },
  {
    ...{ source: api("CreateTransitGatewayRoute"), what: "two static routes of a gateway's table for one block" },
    of: { gateway: { routes: { "10.2.0.0/16": "two", "10.2.9.0/16": "blackhole" } } },
    reported: ["Route t 10.2.9.0/16 has the destination 10.2.9.0/16, like t 10.2.0.0/16, but another target"],
  },
  {
    ...{
      source: 'Amazon Route 53 API Reference, "AssociateVPCWithHostedZone"',
      what: "two zones of a name in one VPC",
    },
    of: {
      more: [
        zone("a.example", {}),
        part("route53/zone:Zone", "again", { name: "a.example", vpcs: [{ vpcId: "${one}" }] }),
      ],
    },
    reported: ["Zone again sets ${again}, which conflicts with ${a.example} in a.example"],
  },
  {
    ...{
      source: 'Amazon Route 53 API Reference, "ChangeResourceRecordSets"',
      what: "two records of one name and type",
    },
    of: {
      more: [
        zone("a.example", { "h.a.example": "10.0.0.1" }),
        part("route53/record:Record", "again", {
          ...{ zoneId: "${a.example}", name: "h.a.example", type: "A", records: ["10.0.0.2"] },
        }),
      ],
    },
    reported: ["Record again sets ${again}, which conflicts with ${h.a.example@a.example} in h.a.example@a.example"],
  },
];

const asReported = (refusals: readonly Refusal[]): void => {
  for (const { source, what, of, reported } of refusals) {
    it(`${what} (${source})`, () => {
      expect(unsupportedIn(threeNetworks(of))).to.deep.equal(reported);
    });
  }
};

describe("a reference across two networks is reported:", () => {
  asReported(unknownResources);
});

describe("conflicting settings are reported:", () => {
  asReported(twice);

  it("except for records of a routing policy, which are reported anyway", () => {
    const weighted = (name: string): aws.Part => [
      aRecord("a.example", "h.a.example", { setIdentifier: name, records: ["10.0.0.1"] }),
    ];
    const found = unsupportedIn(threeNetworks({ more: [zone("a.example", {}), weighted("a"), weighted("b")] }));
    expect(new Set(found)).to.deep.equal(new Set(["Record h.a.example@a.example sets setIdentifier"]));
  });
});
