import { expect } from "chai";
import { describeHop, describeReason, type Destination, type Path } from "../../../../tools/model/paths/path";
import { trace } from "../../../../tools/model/paths/trace";
import { HTTPS } from "../../../../tools/model/topology/packet-filters";
import type { Topology } from "../../../../tools/model/topology/topology";
import * as aws from "./resources";
import { attachment, transitGateway, transitTable, type Members } from "./transit-gateways";

/** What differs between the test networks. */
export interface Variation {
  /** Routes of the private subnets of `one`. */
  readonly private?: aws.Routes;
  /** Routes of the public subnet of `one`. @default to its internet gateway */
  readonly public?: aws.Routes;
  /** The transit gateway route table of the attachment of `one`. */
  readonly gateway?: Members;
  /** Routes of the transit subnet of `two`. */
  readonly two?: aws.Routes;
  readonly more?: readonly aws.Part[];
}

const OUT: aws.Routes = { "0.0.0.0/0": "igw-one" };

/**
 * VPCs `one`, `two` and `three` on a transit gateway, with 10.1.0.0/16 and so on. `one` has private subnets in two AZs,
 * a public one with a NAT gateway, and an attachment in the first AZ; its transit gateway route table is `t`.
 */
export function threeNetworks({
  private: routes = {},
  public: out = OUT,
  gateway = {},
  two = {},
  more = [],
}: Variation): Topology {
  return aws.topology(
    aws.vpc("one", "10.1.0.0/16"),
    aws.table("one-private", routes),
    aws.table("one-public", out),
    aws.subnet("one-private-1", "10.1.0.0/18", "one-private"),
    aws.subnet("one-private-2", "10.1.64.0/18", "one-private"),
    aws.subnet("one-public-1", "10.1.192.0/24", "one-public"),
    aws.subnet("one-transit-1", "10.1.208.0/28"),
    aws.internetGateway("igw-one", "one"),
    aws.nat("nat-one", "one-public-1"),
    aws.vpc("two", "10.2.0.0/16"),
    aws.table("two-transit", two),
    aws.subnet("two-private-1", "10.2.0.0/18"),
    aws.subnet("two-transit-1", "10.2.208.0/28", "two-transit"),
    aws.vpc("three", "10.3.0.0/16"),
    aws.subnet("three-transit-1", "10.3.208.0/28"),
    transitGateway("tgw"),
    attachment("one", ["one-transit-1"]),
    attachment("two", ["two-transit-1"]),
    attachment("three", ["three-transit-1"]),
    transitTable("t", { associated: ["one"], ...gateway }),
    ...more,
  );
}

export interface Expected {
  readonly hops: readonly string[];
  readonly end: Path["end"];
  readonly why?: string;
}

export interface Case extends Expected {
  /** Page of AWS's documentation with the rule. */
  readonly source: string;
  readonly what: string;
  readonly of: Variation;
  /** Subnet. @default one-private-1 */
  readonly from?: string;
  /** An address, `internet`, or a service, such as `s3`. */
  readonly to: string;
}

/** A test for each case. */
export function testPaths(cases: readonly Case[]): void {
  for (const { source, what, of, from = "one-private-1", to, ...expected } of cases) {
    it(`${what} (${source})`, () => {
      expect(traced(threeNetworks(of), from, to)).to.deep.equal(expected);
    });
  }
}

export function traced(topology: Topology, from: string, to: string): Expected {
  return describeTrace(trace(topology, aws.subnetIn(topology, from), destination(to), HTTPS));
}

/** The hops and the end of a path in words. */
export function describeTrace({ hops, end, reason }: Path): Expected {
  return { hops: hops.map(describeHop), end, ...(reason === undefined ? {} : { why: describeReason(reason) }) };
}

function destination(to: string): Destination {
  if (to === "internet") return { kind: "internet" };
  return /^[0-9.]+$/.test(to)
    ? { kind: "address", address: to }
    : { kind: "service", service: to, region: "ap-southeast-3" };
}
