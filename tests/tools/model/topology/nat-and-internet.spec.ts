import { joined, testFacts, type Fact } from "../support/facts";
import * as aws from "../support/resources";
import type { Variation } from "../support/three-networks";
import { transitTable } from "../support/transit-gateways";

const NAT = 'Amazon VPC User Guide, "NAT gateways"';
const USES = 'Amazon VPC User Guide, "NAT gateway use cases"';
const INTERNET = 'Amazon VPC User Guide, "Enable internet access for a VPC using an internet gateway"';
const CENTRAL = 'Amazon VPC Transit Gateways, "Example: Centralized outbound routing to the internet"';

const REGIONAL = 'Amazon VPC User Guide, "Regional NAT gateways for automatic multi-AZ expansion"';

/** The address of a regional NAT gateway in an AZ. */
function inZone(letter: string): object {
  return { availabilityZone: `ap-southeast-3${letter}`, allocationIds: [`eipalloc-${letter}`] };
}

/** All of `one` leaves by a regional NAT gateway with an address in the first AZ. */
function regionalNat(inputs: Record<string, unknown>): Variation {
  const gateway = { vpcId: aws.ref("one"), availabilityMode: "regional", availabilityZoneAddresses: [inZone("a")] };
  return {
    private: { "0.0.0.0/0": "nat-regional" },
    more: [[aws.resource("ec2/natGateway:NatGateway", "nat-regional", { ...gateway, ...inputs })]],
  };
}

/** All of `one` leaves by a NAT gateway in `two`, whose public subnet has some routes. */
function central(publicRoutes: aws.Routes, u: aws.Routes = { "10.1.0.0/16": "one" }): Variation {
  return {
    private: { "0.0.0.0/0": "tgw" },
    gateway: { routes: { "0.0.0.0/0": "two" } },
    two: { "0.0.0.0/0": "nat-two" },
    more: [
      aws.table("two-public", publicRoutes),
      ...[aws.subnet("two-public-1", "10.2.192.0/24", "two-public"), aws.nat("nat-two", "two-public-1")],
      aws.internetGateway("igw-two", "two"),
      transitTable("u", { associated: ["two"], routes: u }),
    ],
  };
}

/** `one` talks to `two` by a private NAT gateway in its public subnet. */
function privateNat(publicRoutes: aws.Routes, natInputs: Record<string, unknown> = {}): Variation {
  return joined({
    private: { "10.2.0.0/16": "nat-private" },
    public: publicRoutes,
    more: [aws.nat("nat-private", "one-public-1", { connectivityType: "private", ...natInputs })],
  });
}

const facts: readonly Fact[] = [
  {
    ...{ source: NAT, what: "a NAT gateway answers a subnet of its own VPC by the local route" },
    ...{ of: { private: { "0.0.0.0/0": "nat-one" } }, to: "internet", ends: ["internet"], answers: ["arrives"] },
  },
  {
    ...{ source: NAT, what: "a subnet without a route to a NAT gateway does not leave" },
    ...{ of: {}, to: "internet", ends: ["no route: route table one-private has no route to the internet"] },
  },
  {
    ...{ source: NAT, what: "a NAT gateway in the sender's own subnet goes round in circles" },
    of: { private: { "0.0.0.0/0": "nat-own" }, more: [aws.nat("nat-own", "one-private-1")] },
    ...{ to: "internet", ends: ["dropped: routing loop through one-private-1"] },
  },
  {
    ...{ source: NAT, what: "a NAT gateway whose subnet has no way out loses everything" },
    of: { private: { "0.0.0.0/0": "nat-one" }, public: {} },
    ...{ to: "internet", ends: ["no route: route table one-public has no route to the internet"] },
  },
  {
    ...{ source: NAT, what: "a NAT gateway whose subnet has a way to half of the internet loses the other half" },
    of: { private: { "0.0.0.0/0": "nat-one" }, public: { "128.0.0.0/1": "igw-one" } },
    ...{ to: "32.0.0.0/3", ends: ["no route: route table one-public has no route to 32.0.0.0/3"] },
  },
  {
    ...{ source: NAT, what: "a public NAT gateway sends private addresses to the internet gateway, which drops them" },
    of: { private: { "0.0.0.0/0": "nat-one" } },
    ends: ["dropped: 10.2.0.0/18 is not public"],
  },
  {
    ...{
      source: REGIONAL,
      what: "a regional NAT gateway without addresses of ours takes what AWS gives it, and is reported",
    },
    of: regionalNat({ availabilityZoneAddresses: [] }),
    ...{ to: "internet", ends: ["dropped: the NAT gateway has no address in ap-southeast-3a"] },
    reported: ["NatGateway nat-regional is regional and has no availabilityZoneAddresses"],
  },
  {
    ...{ source: REGIONAL, what: "a regional NAT gateway leaves by the internet gateway of its VPC, without a subnet" },
    of: { ...regionalNat({}), public: {} },
    ...{ to: "internet", ends: ["internet"], answers: ["arrives"] },
  },
  {
    ...{ source: REGIONAL, what: "a regional NAT gateway does not serve an AZ in which it has no address" },
    of: regionalNat({ availabilityZoneAddresses: [inZone("b")] }),
    ...{ to: "internet", ends: ["dropped: the NAT gateway has no address in ap-southeast-3a"] },
  },
  {
    ...{ source: REGIONAL, what: "a regional NAT gateway is public" },
    of: regionalNat({ connectivityType: "private" }),
    ...{ to: "internet", ends: ["dropped: the sender has no public address"] },
    reported: ["NatGateway nat-regional is regional and private"],
  },
  {
    ...{ source: REGIONAL, what: "a regional NAT gateway has no subnet of ours" },
    of: regionalNat({ subnetId: aws.ref("one-public-1") }),
    ...{ to: "internet", ends: ["internet"], answers: ["arrives"] },
    reported: ["NatGateway nat-regional is regional and has a subnet or allocationId"],
  },
  {
    ...{ source: REGIONAL, what: "a regional NAT gateway serves no other VPC" },
    of: regionalNat({ vpcId: aws.ref("two") }),
    ...{ to: "internet", ends: ["dropped: the NAT gateway is in another VPC"] },
  },
  {
    ...{
      source: REGIONAL,
      what: "a regional NAT gateway sends private addresses to the internet gateway, which drops them",
    },
    of: regionalNat({}),
    ends: ["dropped: 10.2.0.0/18 is not public"],
  },
  {
    // Review G7.
    ...{ source: CENTRAL, what: "central egress is answered where the NAT gateway's subnet has a route back" },
    of: central({ "0.0.0.0/0": "igw-two", "10.0.0.0/8": "tgw" }),
    ...{ to: "internet", ends: ["internet"], answers: ["arrives"] },
  },
  {
    // Review G7.
    ...{ source: CENTRAL, what: "central egress is not answered where the NAT gateway's subnet has no route back" },
    of: central({ "0.0.0.0/0": "igw-two" }),
    ...{ to: "internet", ends: ["internet"], answers: ["dropped: 10.1.0.0/18 is not public"] },
  },
  {
    // Review G7.
    ...{ source: CENTRAL, what: "central egress is not answered where the gateway's table has no route back" },
    of: central({ "0.0.0.0/0": "igw-two", "10.0.0.0/8": "tgw" }, {}),
    ...{
      to: "internet",
      ends: ["internet"],
      answers: ["no route: transit gateway route table u has no route to 10.1.0.0/18"],
    },
  },
  {
    // Review G7.
    ...{ source: CENTRAL, what: "central egress is answered in part where the route back is for half of the subnet" },
    of: central({ "0.0.0.0/0": "igw-two", "10.1.0.0/19": "tgw" }),
    ...{ to: "internet", ends: ["internet"], answers: ["arrives", "dropped: 10.1.32.0/19 is not public"] },
  },
  {
    // Review G7.
    ...{ source: USES, what: "a private NAT gateway is answered where the receiver reaches its subnet" },
    of: privateNat({ "10.0.0.0/8": "tgw" }),
    ...{ ends: ["arrives"], answers: ["arrives"] },
  },
  {
    // Review G7.
    ...{
      source: USES,
      what: "a private NAT gateway is not answered where the gateway knows no way back to its subnet",
    },
    of: {
      ...privateNat({ "10.0.0.0/8": "tgw" }),
      more: [
        aws.nat("nat-private", "one-public-1", { connectivityType: "private" }),
        transitTable("u", { associated: ["two"], routes: { "10.1.0.0/18": "one" } }),
        aws.routesIn("back", aws.ref("two.defaultRouteTableId"), { "10.0.0.0/8": "tgw" }),
      ],
    },
    ...{ ends: ["arrives"], answers: ["no route: transit gateway route table u has no route to 10.1.192.0/24"] },
  },
  {
    ...{ source: USES, what: "the answer to a private NAT gateway is for its pinned address alone" },
    of: {
      ...privateNat({ "10.0.0.0/8": "tgw" }),
      more: [
        aws.nat("nat-private", "one-public-1", { connectivityType: "private", privateIp: "10.1.192.10" }),
        transitTable("u", { associated: ["two"], routes: { "10.1.192.10/32": "one" } }),
        aws.routesIn("back", aws.ref("two.defaultRouteTableId"), { "10.0.0.0/8": "tgw" }),
      ],
    },
    ...{ ends: ["arrives"], answers: ["arrives"] },
  },
  {
    ...{ source: USES, what: "a private NAT gateway does not reach the internet" },
    of: privateNat({ "0.0.0.0/0": "igw-one" }),
    ...{ to: "10.2.0.0/18", ends: ["dropped: 10.2.0.0/18 is not public"] },
  },
  {
    // Review G7.
    ...{ source: NAT, what: "an answer that a NAT gateway translates is one to a question of nobody's" },
    of: {
      private: { "10.0.0.0/8": "tgw" },
      gateway: { propagated: ["two"] },
      more: [
        transitTable("u", { associated: ["two"], propagated: ["one"] }),
        aws.routesIn("back", aws.ref("two.defaultRouteTableId"), { "10.0.0.0/8": "nat-back" }),
        ...[aws.table("two-nat", { "10.0.0.0/8": "tgw" }), aws.subnet("two-nat-1", "10.2.192.0/24", "two-nat")],
        aws.nat("nat-back", "two-nat-1", { connectivityType: "private" }),
      ],
    },
    ends: ["arrives"],
    answers: ["dropped: a NAT gateway changes the source address of the reply"],
  },
  {
    ...{ source: INTERNET, what: "an internet gateway answers a public address by itself" },
    ...{ of: {}, from: "one-public-1", to: "internet", ends: ["internet"], answers: ["arrives"] },
  },
  {
    ...{ source: INTERNET, what: "a private address does not leave by an internet gateway" },
    of: { private: { "0.0.0.0/0": "igw-one" } },
    ...{ to: "internet", ends: ["dropped: the sender has no public address"] },
  },
  {
    ...{ source: INTERNET, what: "an internet gateway that is attached by a resource of its own is attached" },
    of: {
      public: { "0.0.0.0/0": "igw-later" },
      more: [
        [aws.resource("ec2/internetGateway:InternetGateway", "igw-later")],
        [
          aws.resource("ec2/internetGatewayAttachment:InternetGatewayAttachment", "later", {
            ...{ internetGatewayId: aws.ref("igw-later"), vpcId: aws.ref("one") },
          }),
        ],
      ],
    },
    ...{ from: "one-public-1", to: "internet", ends: ["internet"] },
  },
  {
    ...{
      source: INTERNET,
      what: "an internet gateway over a transit gateway is no use: edge to edge routing is not supported",
    },
    of: {
      private: { "0.0.0.0/0": "tgw" },
      gateway: { routes: { "0.0.0.0/0": "two" } },
      two: { "0.0.0.0/0": "igw-two" },
      more: [aws.internetGateway("igw-two", "two")],
    },
    ...{ to: "internet", ends: ["dropped: the sender has no public address"] },
  },
  {
    ...{ source: INTERNET, what: "link-local, multicast and reserved addresses are not of the internet" },
    of: {},
    ...{ from: "one-public-1", to: "224.0.0.0/3", ends: ["dropped: 224.0.0.0/3 is not public"] },
  },
];

describe("AWS's rules of NAT gateways and internet gateways", () => {
  testFacts(facts);
});
