import { expect } from "chai";
import { trace } from "../../../../tools/model/paths/trace";
import { HTTPS } from "../../../../tools/model/topology/packet-filters";
import * as aws from "../support/resources";
import { describeTrace, testPaths, threeNetworks, type Case } from "../support/three-networks";

const PRIORITY = 'Amazon VPC User Guide, "How route priority works"';
const TABLES = 'Amazon VPC User Guide, "Subnet route tables"';
const byNat = ["NAT gateway nat-one: sends from one-public-1", "one-public-1: 0.0.0.0/0 → internet gateway"];

const cases: readonly Case[] = [
  {
    ...{ source: PRIORITY, what: "a VPC's own block stays in it, under a route for more" },
    ...{ of: { private: { "10.0.0.0/8": "tgw" } }, to: "10.1.64.10" },
    ...{ hops: ["one-private-1: 10.1.0.0/16 → local"], end: "arrives" },
  },
  {
    ...{ source: PRIORITY, what: "the local route comes before another for the same block" },
    ...{ of: { private: { "10.1.0.0/16": "nat-one" } }, to: "10.1.64.10" },
    ...{ hops: ["one-private-1: 10.1.0.0/16 → local"], end: "arrives" },
  },
  {
    ...{ source: PRIORITY, what: "a route for less than the VPC comes before the local one" },
    ...{ of: { private: { "10.1.192.0/24": "eni-firewall" } }, to: "10.1.192.10" },
    ...{ hops: ["one-private-1: 10.1.192.0/24 → other"], end: "not modeled" },
    why: "route one-private 10.1.192.0/24 targets ${eni-firewall}, which is not modeled",
  },
  {
    ...{ source: PRIORITY, what: "the more specific of two routes is taken" },
    ...{ of: { private: { "0.0.0.0/0": "nat-one", "203.0.113.0/24": "igw-one" } }, to: "internet" },
    ...{
      hops: ["one-private-1: 203.0.113.0/24 → internet gateway"],
      end: "dropped",
      why: "the sender has no public address",
    },
  },
  {
    ...{ source: PRIORITY, what: "a static route comes before that of a prefix list for the same block" },
    of: {
      private: { "pl-all": "pcx-else", "0.0.0.0/0": "nat-one" },
      more: [aws.prefixList("pl-all", "0.0.0.0/0")],
    },
    ...{ to: "internet", hops: ["one-private-1: 0.0.0.0/0 → NAT gateway", ...byNat], end: "internet" },
  },
  {
    ...{ source: PRIORITY, what: "without a route nothing is reached" },
    ...{ of: {}, to: "10.2.0.10", hops: [], end: "no route", why: "route table one-private has no route to 10.2.0.10" },
  },
  {
    ...{ source: PRIORITY, what: "a peering connection is not modeled, and said so" },
    ...{ of: { private: { "10.2.0.0/16": "pcx-two" } }, to: "10.2.0.10" },
    ...{ hops: ["one-private-1: 10.2.0.0/16 → other"], end: "not modeled" },
    why: "route one-private 10.2.0.0/16 targets ${pcx-two}, which is not modeled",
  },
  {
    ...{ source: PRIORITY, what: "a virtual private gateway is no internet gateway, though both are a gatewayId" },
    ...{ of: { private: { "0.0.0.0/0": "vgw-one" } }, to: "internet" },
    ...{ hops: ["one-private-1: 0.0.0.0/0 → other"], end: "not modeled" },
    why: "route one-private 0.0.0.0/0 targets ${vgw-one}, which is not modeled",
  },
  {
    ...{ source: PRIORITY, what: "a prefix list of ours is a route for each of its blocks" },
    of: {
      private: { "0.0.0.0/0": "nat-one", "pl-ours": "pcx-two" },
      more: [aws.prefixList("pl-ours", "10.9.0.0/16", "10.2.0.0/16")],
    },
    ...{ to: "10.2.0.10", hops: ["one-private-1: 10.2.0.0/16 → other"], end: "not modeled" },
    why: "route one-private pl-ours targets ${pcx-two}, which is not modeled",
  },
  {
    ...{ source: PRIORITY, what: "a prefix list has the entries too that are resources of their own" },
    of: {
      private: { "pl-ours": "pcx-two" },
      more: [
        aws.prefixList("pl-ours"),
        [
          aws.resource("ec2/managedPrefixListEntry:ManagedPrefixListEntry", "entry", {
            ...{ prefixListId: aws.ref("pl-ours"), cidr: "10.2.0.0/16" },
          }),
        ],
      ],
    },
    ...{ to: "10.2.0.10", hops: ["one-private-1: 10.2.0.0/16 → other"], end: "not modeled" },
    why: "route one-private pl-ours targets ${pcx-two}, which is not modeled",
  },
  {
    ...{ source: PRIORITY, what: "a prefix list of AWS's own holds no address that is known here" },
    ...{ of: { private: { "pl-63a5400a": "nat-one" } }, to: "internet" },
    ...{ hops: [], end: "no route", why: "route table one-private has no route to the internet" },
  },
  {
    ...{ source: TABLES, what: "every block of a VPC is local" },
    of: { more: [aws.block("one", "10.41.0.0/16"), aws.subnet("one-more-1", "10.41.0.0/18")] },
    ...{ to: "10.41.0.10", hops: ["one-private-1: 10.41.0.0/16 → local"], end: "arrives" },
  },
  {
    ...{ source: TABLES, what: "an address of the VPC's that is in no subnet is nobody's" },
    of: {},
    ...{ to: "10.1.250.1", hops: ["one-private-1: 10.1.0.0/16 → local"], end: "dropped" },
    why: "no subnet contains 10.1.250.1",
  },
  {
    ...{
      source: TABLES,
      what: "a subnet without an association reads the main table, which has the local route alone",
    },
    ...{ of: { private: { "0.0.0.0/0": "nat-one" } }, from: "one-transit-1", to: "internet" },
    ...{ hops: [], end: "no route", why: "route table one, main table has no route to the internet" },
  },
  {
    ...{ source: TABLES, what: "the main table that AWS made has the routes that we put into it" },
    of: { more: [aws.routesIn("main", aws.ref("one.defaultRouteTableId"), { "0.0.0.0/0": "nat-one" })] },
    ...{ from: "one-transit-1", to: "internet", end: "internet" },
    hops: ["one-transit-1: 0.0.0.0/0 → NAT gateway", ...byNat],
  },
  {
    ...{ source: TABLES, what: "another table is the main one where it was made so" },
    of: {
      private: { "0.0.0.0/0": "nat-one" },
      more: [
        [
          aws.resource("ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", {
            ...{ vpcId: aws.ref("one"), routeTableId: aws.ref("one-private") },
          }),
        ],
      ],
    },
    ...{ from: "one-transit-1", to: "internet", end: "internet" },
    hops: ["one-transit-1: 0.0.0.0/0 → NAT gateway", ...byNat],
  },
  {
    ...{ source: TABLES, what: "routes inside a table are routes, those of an adopted main table too" },
    of: {
      more: [
        [
          aws.resource("ec2/defaultRouteTable:DefaultRouteTable", "one-main", {
            defaultRouteTableId: aws.ref("one.defaultRouteTableId"),
            routes: [aws.route("10.2.0.0/16", "pcx-two", "cidrBlock")],
          }),
        ],
      ],
    },
    ...{ from: "one-transit-1", to: "10.2.0.10", hops: ["one-transit-1: 10.2.0.0/16 → other"], end: "not modeled" },
    why: "route one-main targets ${pcx-two}, which is not modeled",
  },
];

describe("a trace follows AWS's rules of route tables", () => {
  testPaths(cases);

  it("says when there is no such subnet", () => {
    const topology = threeNetworks({});
    expect(
      describeTrace(
        trace(topology, aws.subnetIn(topology, "one-private-1"), { kind: "subnet", subnetId: "gone" }, HTTPS),
      ),
    ).to.deep.equal({
      ...{ hops: [], end: "no route", why: "there is no subnet gone" },
    });
  });
});
