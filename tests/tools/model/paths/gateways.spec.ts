import { expect } from "chai";
import { traceFromInternet } from "../../../../tools/model/paths/trace";
import * as aws from "../support/resources";
import {
  describeTrace,
  testPaths,
  threeNetworks,
  type Case,
  type Expected,
  type Variation,
} from "../support/three-networks";

const INTERNET = 'Amazon VPC User Guide, "Enable internet access for a VPC using an internet gateway"';
const NAT = 'Amazon VPC User Guide, "NAT gateways"';
const ENDPOINTS = 'AWS PrivateLink Guide, "Gateway endpoints"';
const byNat = ["one-private-1: 0.0.0.0/0 → NAT gateway", "NAT gateway nat-one: sends from one-public-1"];

const cases: readonly Case[] = [
  {
    ...{ source: NAT, what: "a public NAT gateway leads to the internet, by the internet gateway of its own subnet" },
    ...{ of: { private: { "0.0.0.0/0": "nat-one" } }, to: "internet" },
    ...{ hops: [...byNat, "one-public-1: 0.0.0.0/0 → internet gateway"], end: "internet" },
  },
  {
    ...{ source: NAT, what: "a private NAT gateway has no address that an internet gateway would translate" },
    of: {
      private: { "0.0.0.0/0": "nat-private" },
      more: [aws.nat("nat-private", "one-public-1", { connectivityType: "private" })],
    },
    ...{ to: "internet", end: "dropped", why: "the sender has no public address" },
    hops: [byNat[0]!, "NAT gateway nat-private: sends from one-public-1", "one-public-1: 0.0.0.0/0 → internet gateway"],
  },
  {
    ...{ source: NAT, what: "a route to a NAT gateway that is gone is a blackhole" },
    ...{ of: { private: { "0.0.0.0/0": "nat-gone" } }, to: "internet" },
    ...{ hops: [byNat[0]!], end: "dropped", why: "the NAT gateway does not exist" },
  },
  {
    ...{ source: NAT, what: "a NAT gateway serves its own VPC" },
    of: { private: { "0.0.0.0/0": "nat-two" }, more: [aws.nat("nat-two", "two-private-1")] },
    ...{ to: "internet", hops: [byNat[0]!], end: "dropped", why: "the NAT gateway is in another VPC" },
  },
  {
    ...{ source: NAT, what: "a NAT gateway whose own subnet leads back to itself is a routing loop" },
    of: { private: { "0.0.0.0/0": "nat-one" }, public: { "0.0.0.0/0": "nat-one" } },
    ...{ to: "internet", end: "dropped", why: "routing loop through one-public-1" },
    hops: [...byNat, "one-public-1: 0.0.0.0/0 → NAT gateway", byNat[1]!],
  },
  {
    ...{ source: INTERNET, what: "an internet gateway serves who has a public address" },
    ...{ of: {}, from: "one-public-1", to: "internet" },
    ...{ hops: ["one-public-1: 0.0.0.0/0 → internet gateway"], end: "internet" },
  },
  {
    ...{ source: INTERNET, what: "an internet gateway serves nobody without a public address" },
    ...{ of: { private: { "0.0.0.0/0": "igw-one" } }, to: "internet" },
    ...{
      hops: ["one-private-1: 0.0.0.0/0 → internet gateway"],
      end: "dropped",
      why: "the sender has no public address",
    },
  },
  {
    ...{ source: INTERNET, what: "an internet gateway serves the VPC that it is attached to" },
    of: { public: { "0.0.0.0/0": "igw-two" }, more: [aws.internetGateway("igw-two", "two")] },
    ...{ from: "one-public-1", to: "internet", hops: ["one-public-1: 0.0.0.0/0 → internet gateway"] },
    ...{ end: "dropped", why: "the internet gateway is not attached to this VPC" },
  },
  {
    ...{ source: INTERNET, what: "nothing private is on the internet" },
    ...{ of: {}, from: "one-public-1", to: "10.2.0.10", hops: ["one-public-1: 0.0.0.0/0 → internet gateway"] },
    ...{ end: "dropped", why: "10.2.0.10 is not public" },
  },
  {
    ...{ source: ENDPOINTS, what: "a gateway endpoint's prefix list is more specific than the route to a NAT gateway" },
    of: { private: { "0.0.0.0/0": "nat-one" }, more: [aws.gatewayEndpoint("s3-one", "s3", "one-private")] },
    ...{ to: "s3", hops: ["one-private-1: s3 → gateway endpoint"], end: "arrives" },
  },
  {
    ...{ source: ENDPOINTS, what: "a gateway endpoint is for its service alone" },
    of: { private: { "0.0.0.0/0": "nat-one" }, more: [aws.gatewayEndpoint("s3-one", "s3", "one-private")] },
    ...{ to: "dynamodb", hops: [...byNat, "one-public-1: 0.0.0.0/0 → internet gateway"], end: "internet" },
  },
  {
    ...{ source: ENDPOINTS, what: "a gateway endpoint is in the tables that it is attached to and no other" },
    of: { private: { "0.0.0.0/0": "nat-one" }, more: [aws.gatewayEndpoint("s3-one", "s3", "one-public")] },
    ...{ to: "s3", hops: [...byNat, "one-public-1: s3 → gateway endpoint"], end: "arrives" },
  },
  {
    ...{ source: ENDPOINTS, what: "a gateway endpoint may be attached by a resource of its own" },
    of: {
      more: [
        aws.gatewayEndpoint("s3-one", "s3"),
        [
          aws.resource("ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation", "s3", {
            ...{ vpcEndpointId: aws.ref("s3-one"), routeTableId: aws.ref("one-private") },
          }),
        ],
      ],
    },
    ...{ to: "s3", hops: ["one-private-1: s3 → gateway endpoint"], end: "arrives" },
  },
];

describe("a trace follows AWS's rules of gateways", () => {
  testPaths(cases);
});

describe(`a packet from the internet (${INTERNET})`, () => {
  const from = (world: Variation, to: string): Expected => {
    const topology = threeNetworks(world);
    return describeTrace(traceFromInternet(topology, aws.subnetIn(topology, to)));
  };

  it("reaches a public address through the internet gateway", () => {
    expect(from({}, "one-public-1")).to.deep.equal({
      hops: ["one-public-1: 0.0.0.0/0 → internet gateway"],
      end: "arrives",
    });
  });

  it("does not reach a subnet without public addresses, whatever its routes", () => {
    const expected = { hops: [], end: "dropped", why: "one-private-1 has no public address" };
    expect(from({ private: { "0.0.0.0/0": "nat-one" } }, "one-private-1")).to.deep.equal(expected);
    expect(from({ private: { "0.0.0.0/0": "igw-one" } }, "one-private-1")).to.deep.equal(expected);
  });

  it("does not reach a public address without a route to an internet gateway", () => {
    expect(from({ public: { "0.0.0.0/0": "nat-one" } }, "one-public-1")).to.deep.equal({
      ...{ hops: [], end: "dropped", why: "one-public-1 has no route to an internet gateway" },
    });
  });
});
