import * as aws from "../support/resources";
import { testPaths, type Case } from "../support/three-networks";
import { transitTable } from "../support/transit-gateways";

const HOW = 'Amazon VPC Transit Gateways, "How AWS Transit Gateway works"';
const VPC = 'Amazon VPC Transit Gateways, "Amazon VPC attachments in AWS Transit Gateway"';
const TABLES = 'Amazon VPC Transit Gateways, "Transit gateway route tables in AWS Transit Gateway"';
const INTERNET = 'Amazon VPC User Guide, "Enable internet access for a VPC using an internet gateway"';
const ENDPOINTS = 'AWS PrivateLink Guide, "Gateway endpoints"';

const toGateway = { "10.0.0.0/8": "tgw" };
const left = "one-private-1: 10.0.0.0/8 → transit gateway";
const allToGateway = { "0.0.0.0/0": "tgw" };
const allLeft = "one-private-1: 0.0.0.0/0 → transit gateway";
const allToTwo = "table t: 0.0.0.0/0 → two (static)";

const cases: readonly Case[] = [
  {
    ...{ source: HOW, what: "a propagated route leads to the VPC that it is of" },
    ...{ of: { private: toGateway, gateway: { propagated: ["two"] } }, to: "10.2.0.10" },
    ...{ hops: [left, "table t: 10.2.0.0/16 → two (propagated)"], end: "arrives" },
  },
  {
    ...{ source: HOW, what: "every block of a VPC is propagated" },
    of: {
      private: toGateway,
      gateway: { propagated: ["two"] },
      more: [aws.block("two", "10.42.0.0/16"), aws.subnet("two-more-1", "10.42.0.0/18")],
    },
    ...{ to: "10.42.0.10", hops: [left, "table t: 10.42.0.0/16 → two (propagated)"], end: "arrives" },
  },
  {
    ...{ source: HOW, what: "the most specific route wins over a blackhole for more" },
    ...{ of: { private: toGateway, gateway: { propagated: ["two"], routes: { "10.0.0.0/8": "blackhole" } } } },
    ...{ to: "10.2.0.10", hops: [left, "table t: 10.2.0.0/16 → two (propagated)"], end: "arrives" },
  },
  {
    ...{ source: HOW, what: "a blackhole drops what nothing more specific saves" },
    ...{ of: { private: toGateway, gateway: { propagated: ["two"], routes: { "10.0.0.0/8": "blackhole" } } } },
    ...{ to: "10.3.208.10", hops: [left, "table t: 10.0.0.0/8 → blackhole (static)"], end: "dropped" },
    why: "blackhole route",
  },
  {
    ...{ source: HOW, what: "a static route wins over a propagated one for the same block" },
    ...{ of: { private: toGateway, gateway: { propagated: ["two"], routes: { "10.2.0.0/16": "blackhole" } } } },
    ...{ to: "10.2.0.10", hops: [left, "table t: 10.2.0.0/16 → blackhole (static)"], end: "dropped" },
    why: "blackhole route",
  },
  {
    ...{ source: HOW, what: "a more specific propagated route wins over a static one" },
    ...{ of: { private: toGateway, gateway: { propagated: ["two"], routes: { "10.2.0.0/15": "three" } } } },
    ...{ to: "10.2.0.10", hops: [left, "table t: 10.2.0.0/16 → two (propagated)"], end: "arrives" },
  },
  {
    ...{ source: HOW, what: "without a route in the gateway's table nothing is reached" },
    ...{ of: { private: toGateway }, to: "10.2.0.10" },
    ...{ hops: [left], end: "no route", why: "transit gateway route table t has no route to 10.2.0.10" },
  },
  {
    ...{ source: HOW, what: "a route that leads to another VPC does not reach this one" },
    ...{ of: { private: toGateway, gateway: { routes: { "10.2.0.0/16": "three" } } }, to: "10.2.0.10" },
    ...{ hops: [left, "table t: 10.2.0.0/16 → three (static)"], end: "no route" },
    why: "route table three, main table has no route to 10.2.0.10",
  },
  {
    // Review G1.
    ...{ source: HOW, what: "a route to an attachment that no stack makes leads where the model does not follow" },
    ...{ of: { private: toGateway, gateway: { routes: { "10.2.0.0/16": "gone" } } }, to: "10.2.0.10" },
    ...{ hops: [left, "table t: 10.2.0.0/16 → ${att-gone} (static)"], end: "not modeled" },
    why: "the attachment is not in any stack",
  },
  {
    ...{ source: HOW, what: "two VPCs that lead each other everything send it round in circles" },
    of: {
      private: toGateway,
      gateway: { routes: { "10.9.0.0/16": "two" } },
      two: toGateway,
      more: [transitTable("u", { associated: ["two"], routes: { "10.9.0.0/16": "two" } })],
    },
    ...{ to: "10.9.0.1", end: "dropped", why: "routing loop through two-transit-1" },
    hops: [
      ...[left, "table t: 10.9.0.0/16 → two (static)"],
      ...["two-transit-1: 10.0.0.0/8 → transit gateway", "table u: 10.9.0.0/16 → two (static)"],
    ],
  },
  {
    ...{ source: TABLES, what: "an attachment that is associated with no table reaches nothing" },
    ...{ of: { private: toGateway, gateway: { associated: [], propagated: ["two"] } }, to: "10.2.0.10" },
    ...{ hops: [left], end: "dropped", why: "the attachment is not associated with a route table" },
  },
  {
    ...{ source: VPC, what: "an attachment serves the zones that it has a subnet in" },
    ...{ of: { private: toGateway, gateway: { propagated: ["two"] } }, from: "one-private-2", to: "10.2.0.10" },
    ...{ hops: ["one-private-2: 10.0.0.0/8 → transit gateway"], end: "dropped" },
    why: "the attachment has no subnet in ap-southeast-3b",
  },
  {
    ...{ source: VPC, what: "a VPC is not attached to every gateway" },
    ...{ of: { private: { "10.0.0.0/8": "tgw-other" } }, to: "10.2.0.10", hops: [left] },
    ...{ end: "dropped", why: "the VPC is not attached to this transit gateway" },
  },
  {
    ...{ source: VPC, what: "in the other VPC the table of the attachment's subnet decides: to a NAT gateway" },
    of: {
      private: allToGateway,
      gateway: { routes: { "0.0.0.0/0": "two" } },
      two: { "0.0.0.0/0": "nat-two" },
      more: [
        ...[aws.table("two-public", { "0.0.0.0/0": "igw-two" }), aws.internetGateway("igw-two", "two")],
        ...[aws.subnet("two-public-1", "10.2.192.0/24", "two-public"), aws.nat("nat-two", "two-public-1")],
      ],
    },
    ...{ to: "internet", end: "internet" },
    hops: [
      ...[allLeft, allToTwo],
      ...["two-transit-1: 0.0.0.0/0 → NAT gateway", "NAT gateway nat-two: sends from two-public-1"],
      "two-public-1: 0.0.0.0/0 → internet gateway",
    ],
  },
  {
    ...{
      source: VPC,
      what: "in the other VPC the table of the attachment's subnet decides: by a route for less than it",
    },
    of: { private: toGateway, gateway: { propagated: ["two"] }, two: { "10.2.0.0/18": "eni-firewall" } },
    ...{ to: "10.2.0.10", end: "not modeled" },
    hops: [left, "table t: 10.2.0.0/16 → two (propagated)", "two-transit-1: 10.2.0.0/18 → other"],
    why: "route two-transit 10.2.0.0/18 targets ${eni-firewall}, which is not modeled",
  },
  {
    ...{ source: INTERNET, what: "a public address is no use at the internet gateway of another VPC" },
    of: {
      public: allToGateway,
      gateway: { routes: { "0.0.0.0/0": "two" } },
      two: { "0.0.0.0/0": "igw-two" },
      more: [aws.internetGateway("igw-two", "two")],
    },
    ...{ from: "one-public-1", to: "internet", end: "dropped", why: "the sender has no public address" },
    hops: [...["one-public-1: 0.0.0.0/0 → transit gateway", allToTwo], "two-transit-1: 0.0.0.0/0 → internet gateway"],
  },
  {
    ...{ source: ENDPOINTS, what: "a gateway endpoint is not reached over a transit gateway" },
    of: {
      private: allToGateway,
      gateway: { routes: { "0.0.0.0/0": "two" } },
      more: [aws.gatewayEndpoint("s3-two", "s3", "two-transit")],
    },
    ...{ to: "s3", hops: [allLeft, allToTwo, "two-transit-1: s3 → gateway endpoint"], end: "dropped" },
    why: "a gateway endpoint serves only its own VPC",
  },
];

describe("a trace follows AWS's rules of transit gateways", () => {
  testPaths(cases);
});
