import { expect } from "chai";
import { joined, testFacts, unsupportedIn, type Fact } from "../support/facts";
import * as aws from "../support/resources";
import { zone } from "../support/resources";
import { threeNetworks, type Variation } from "../support/three-networks";
import { transitTable } from "../support/transit-gateways";

const NAT = 'Amazon EC2 API Reference, "CreateNatGateway"';
const SUBNETS = 'Amazon EC2 API Reference, "CreateSubnet"';
const PRIVATE_DNS = 'AWS PrivateLink Guide, "Access an AWS service using an interface VPC endpoint"';
const SHARE = 'Amazon VPC User Guide, "Share your VPC subnets with other accounts"';
const ZONES = 'Amazon Route 53 Developer Guide, "Considerations when working with a private hosted zone"';
const GROUPS = 'Amazon VPC User Guide, "Security group rules"';

const part = (type: string, name: string, inputs: Record<string, unknown>): aws.Part => [
  aws.resource(type, name, inputs),
];
/** Answers to a private NAT gateway find back to its first address alone. */
const pinned = (inputs: Record<string, unknown>): Variation => ({
  ...joined({ private: { "10.2.0.0/16": "nat-p" }, public: { "10.0.0.0/8": "tgw" } }),
  more: [
    aws.nat("nat-p", "one-public-1", { privateIp: "10.1.192.10", ...inputs }),
    transitTable("u", { associated: ["two"], routes: { "10.1.192.10/32": "one" } }),
    aws.routesIn("back", aws.ref("two.defaultRouteTableId"), { "10.0.0.0/8": "tgw" }),
  ],
});
const lost =
  "no route: transit gateway route table u has no route to 10.1.192.0/29, 10.1.192.8/31, 10.1.192.11, 10.1.192.12/30 and 4 more CIDRs";
const endpoint = (service: string): Variation => ({
  private: { "0.0.0.0/0": "nat-one" },
  more: [
    aws.interfaceEndpoint("ep", service, {
      ...{ vpcId: aws.ref("one"), subnetIds: [aws.ref("one-private-2")], privateDnsEnabled: true },
    }),
  ],
});

const facts: readonly Fact[] = [
  {
    ...{ source: NAT, what: "a public NAT gateway without an Elastic IP address is none" },
    of: {
      private: { "0.0.0.0/0": "nat-x" },
      more: [aws.nat("nat-x", "one-public-1", { allocationId: undefined })],
    },
    ...{ to: "internet", ends: ["dropped: the sender has no public address"] },
    reported: ["NatGateway nat-x is public and has no allocationId"],
  },
  {
    ...{ source: NAT, what: "further addresses that AWS chooses may be any of the subnet" },
    of: pinned({ connectivityType: "private", secondaryPrivateIpAddressCount: 3 }),
    ...{ ends: ["arrives"], answers: ["arrives", lost] },
  },
  {
    ...{ source: NAT, what: "so may those of further Elastic IP addresses" },
    of: pinned({ secondaryAllocationIds: ["eipalloc-2"] }),
    ...{ ends: ["arrives"], answers: ["arrives", lost] },
  },
  {
    ...{ source: NAT, what: "an address beyond its subnet is refused" },
    of: { private: { "0.0.0.0/0": "nat-x" }, more: [aws.nat("nat-x", "one-public-1", { privateIp: "10.1.0.9" })] },
    ...{ to: "internet", ends: ["internet"] },
    reported: ["NatGateway nat-x has the address 10.1.0.9, which is outside one-public-1"],
  },
  {
    ...{ source: SUBNETS, what: "a subnet beyond its VPC is refused" },
    of: joined({ more: [aws.subnet("two-out-1", "10.77.0.0/24")] }),
    ends: ["arrives"],
    reported: ["Subnet two-out-1 has the CIDR 10.77.0.0/24, which is outside its VPC"],
  },
  {
    ...{ source: SUBNETS, what: "a subnet over another is refused" },
    of: joined({ more: [aws.subnet("two-over-1", "10.2.0.0/18")] }),
    ends: ["arrives"],
    reported: ["Subnet two-over-1 has the CIDR 10.2.0.0/18, which overlaps two-private-1"],
  },
  {
    ...{ source: PRIVATE_DNS, what: "an endpoint that answers to names which are not known is reported" },
    ...{ of: endpoint("backup"), to: "backup", ends: ["internet"] },
    reported: ["VpcEndpoint ep uses private DNS for backup, whose DNS names are unknown"],
  },
  {
    ...{ source: SHARE, what: "a subnet that is shared is open to what others start in it" },
    of: {
      more: [
        part("ram/resourceAssociation:ResourceAssociation", "share", {
          resourceArn: "arn:aws:ec2:ap-southeast-3:111111111111:subnet/subnet-1",
        }),
      ],
    },
    ends: ["no route: route table one-private has no route to 10.2.0.0/18"],
    reported: ["ResourceAssociation share shares the subnet arn:aws:ec2:ap-southeast-3:111111111111:subnet/subnet-1"],
  },
];

describe("AWS's rules of addresses and names", () => {
  testFacts(facts);
});

describe("a reference to a resource in no stack is reported:", () => {
  const cases: readonly (readonly [string, readonly aws.Part[], readonly string[]])[] = [
    [
      `an unknown account's zone in our VPC (${ZONES})`,
      [part("route53/zoneAssociation:ZoneAssociation", "z", { zoneId: "Z0STRANGE", vpcId: "${one}" })],
      ["ZoneAssociation z refers to Z0STRANGE, which is not in any stack"],
    ],
    [
      `an unknown account's VPC in our zone (${ZONES})`,
      [part("route53/zone:Zone", "z", { name: "a.example", vpcs: [{ vpcId: "vpc-0strange" }] })],
      ["Zone z refers to vpc-0strange, which is not in any stack"],
    ],
    [
      `an unknown account's VPC that may associate itself (${ZONES})`,
      [
        zone("a.example", {}),
        part("route53/vpcAssociationAuthorization:VpcAssociationAuthorization", "z", {
          ...{ zoneId: "${a.example}", vpcId: "vpc-0strange" },
        }),
      ],
      ["VpcAssociationAuthorization z refers to vpc-0strange, which is not in any stack"],
    ],
    [
      `a group of another account (${GROUPS})`,
      [
        part("ec2/securityGroup:SecurityGroup", "sg", { vpcId: "${one}" }),
        part("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "rule", {
          ...{ securityGroupId: "${sg}", referencedSecurityGroupId: "999999999999/sg-1", ipProtocol: "-1" },
        }),
      ],
      ["SecurityGroupIngressRule rule has the referencedSecurityGroupId 999999999999/sg-1, which is not in any stack"],
    ],
    [
      `a prefix list of somebody else's inside a group (${GROUPS})`,
      [
        part("ec2/securityGroup:SecurityGroup", "sg", {
          ...{ vpcId: "${one}", ingress: [{ protocol: "-1", prefixListIds: ["pl-0strange"] }] },
        }),
      ],
      ["SecurityGroup sg allows pl-0strange, which is not in any stack"],
    ],
    [
      `a rule in a group that no stack makes (${GROUPS})`,
      [
        part("ec2/securityGroupRule:SecurityGroupRule", "rule", {
          ...{ type: "ingress", securityGroupId: "sg-0strange", protocol: "-1", cidrBlocks: ["0.0.0.0/0"] },
        }),
      ],
      ["SecurityGroupRule rule has the securityGroupId sg-0strange, which is not in any stack"],
    ],
  ];
  for (const [what, more, reported] of cases) {
    it(what, () => {
      expect(unsupportedIn(threeNetworks({ more }))).to.deep.equal(reported);
    });
  }
});
