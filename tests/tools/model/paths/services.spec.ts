import { expect } from "chai";
import { trace } from "../../../../tools/model/paths/trace";
import type { Properties } from "../../../../tools/model/resource";
import { DNS, HTTPS } from "../../../../tools/model/topology/packet-filters";
import * as aws from "../support/resources";
import { describeTrace, threeNetworks, traced, type Expected, type Variation } from "../support/three-networks";
import { transitTable } from "../support/transit-gateways";

const PRIVATE_DNS = 'AWS PrivateLink Guide, "Access an AWS service using an interface VPC endpoint"';
const NAT = 'Amazon VPC User Guide, "NAT gateways"';
const INBOUND = 'Amazon Route 53 Developer Guide, "Forwarding inbound DNS queries to your VPCs"';

/** A group `g` that admits a block for HTTPS and DNS. */
function group(cidrIpv4: string): aws.Part {
  const rule = (name: string, ipProtocol: string, port: number): aws.Part => [
    aws.resource("vpc/securityGroupIngressRule:SecurityGroupIngressRule", name, {
      ...{ securityGroupId: aws.ref("g"), ipProtocol, fromPort: port, toPort: port, cidrIpv4 },
    }),
  ];
  return [rule("https", "tcp", 443), rule("dns-tcp", "tcp", 53), rule("dns-udp", "udp", 53)].flat();
}

/** One for STS in VPC `two`, in its private subnet. */
function endpoint(inputs: Properties = {}): aws.Part {
  return aws.interfaceEndpoint("sts", "sts", {
    ...{ vpcId: aws.ref("two"), subnetIds: [aws.ref("two-private-1")], securityGroupIds: [aws.ref("g")] },
    ...inputs,
  });
}

/** A private zone of a service's name, with an alias of the endpoint. */
function zone(...vpcs: readonly string[]): aws.Part {
  const name = "sts.ap-southeast-3.amazonaws.com";
  return [
    aws.resource("route53/zone:Zone", "zone", { name, vpcs: vpcs.map((each) => ({ vpcId: aws.ref(each) })) }),
    aws.resource("route53/record:Record", "record", {
      ...{ zoneId: aws.ref("zone"), name, type: "A", aliases: [{ name: aws.ref("sts.dnsEntries[0].dnsName") }] },
    }),
  ];
}

function sts(of: Variation, from = "one-private-1"): Expected {
  return traced(threeNetworks(of), from, "sts");
}

describe(`an interface endpoint (${PRIVATE_DNS})`, () => {
  const overGateway: Variation = { private: { "10.0.0.0/8": "tgw" }, gateway: { propagated: ["two"] } };
  const way = ["one-private-1: 10.0.0.0/8 → transit gateway", "table t: 10.2.0.0/16 → two (propagated)"];

  it("is found by private DNS in its own VPC", () => {
    const more = [endpoint({ privateDnsEnabled: true }), group("10.2.0.0/16")];
    expect(sts({ more }, "two-transit-1")).to.deep.equal({
      hops: ["two-transit-1: 10.2.0.0/16 → local", "sts: allows tcp 443 from 10.2.0.0/16"],
      end: "arrives",
    });
  });

  it("is not found by private DNS in another VPC, where public DNS answers", () => {
    const more = [endpoint({ privateDnsEnabled: true }), group("10.0.0.0/8")];
    expect(sts({ ...overGateway, private: { ...overGateway.private, "0.0.0.0/0": "nat-one" }, more })).to.deep.equal({
      hops: [
        ...["one-private-1: 0.0.0.0/0 → NAT gateway", "NAT gateway nat-one: sends from one-public-1"],
        "one-public-1: 0.0.0.0/0 → internet gateway",
      ],
      end: "internet",
    });
  });

  it("is found in another VPC by our private hosted zone, and reached through the transit gateway", () => {
    expect(sts({ ...overGateway, more: [endpoint(), group("10.0.0.0/8"), zone("one", "two")] })).to.deep.equal({
      hops: [...way, "sts: allows tcp 443 from 10.0.0.0/8"],
      end: "arrives",
    });
  });

  it("blocks senders that its security groups do not allow", () => {
    expect(sts({ ...overGateway, more: [endpoint(), group("10.2.0.0/16"), zone("one")] })).to.deep.equal({
      ...{ hops: way, end: "refused", why: "sts does not allow tcp 443 from 10.1.0.0/18" },
    });
  });

  it("allows a sender that any of its security groups allows", () => {
    const groups = { securityGroupIds: [aws.ref("empty"), aws.ref("g")] };
    expect(sts({ ...overGateway, more: [endpoint(groups), group("10.0.0.0/8"), zone("one")] }).end).to.equal("arrives");
  });

  it("is used in the sender's AZ if it has an address there", () => {
    const more = [
      aws.subnet("one-more-2", "10.1.224.0/28"),
      aws.subnet("one-more-1", "10.1.225.0/28"),
      endpoint({
        vpcId: aws.ref("one"),
        subnetIds: ["one-more-2", "one-more-1"].map(aws.ref),
        privateDnsEnabled: true,
      }),
      group("10.1.0.0/16"),
    ];
    // A subnet's own route for one of the two blocks tells them apart.
    const of = { private: { "10.1.225.0/28": "eni-first", "10.1.224.0/28": "eni-second" }, more };
    expect(sts(of, "one-private-1").hops).to.deep.equal(["one-private-1: 10.1.225.0/28 → other"]);
    expect(sts(of, "one-private-2").hops).to.deep.equal(["one-private-2: 10.1.224.0/28 → other"]);
  });

  it("is not reached if a private hosted zone covers its name without a record", () => {
    const more = [endpoint(), group("10.0.0.0/8"), zone("one").slice(0, 1)];
    expect(sts({ ...overGateway, more })).to.deep.equal({
      ...{ hops: [], end: "no route", why: "sts.ap-southeast-3.amazonaws.com does not exist (NXDOMAIN)" },
    });
  });

  it("is not reached by a record that points elsewhere", () => {
    const more = [endpoint().map((each) => ({ ...each, id: aws.ref("other") })), group("10.0.0.0/8"), zone("one")];
    expect(sts({ ...overGateway, more })).to.deep.equal({
      ...{ hops: [], end: "no route", why: "sts.ap-southeast-3.amazonaws.com does not point to an endpoint" },
    });
  });

  it("has no address without a subnet", () => {
    const more = [endpoint({ subnetIds: [] }), group("10.0.0.0/8"), zone("one")];
    expect(sts({ ...overGateway, more })).to.deep.equal({ hops: [], end: "dropped", why: "sts has no address" });
  });

  it(`sees the NAT gateway's addresses as the source (${NAT})`, () => {
    const byNat = (admitted: string): Expected =>
      sts({
        private: { "10.2.0.0/16": "nat-private" },
        public: { "10.2.0.0/16": "tgw" },
        gateway: { propagated: ["two"] },
        more: [
          aws.nat("nat-private", "one-public-1", { connectivityType: "private" }),
          ...[endpoint(), group(admitted), zone("one")],
        ],
      });
    const hops = [
      ...["one-private-1: 10.2.0.0/16 → NAT gateway", "NAT gateway nat-private: sends from one-public-1"],
      ...["one-public-1: 10.2.0.0/16 → transit gateway", "table t: 10.2.0.0/16 → two (propagated)"],
    ];
    expect(byNat("10.1.192.0/24")).to.deep.equal({
      hops: [...hops, "sts: allows tcp 443 from 10.1.192.0/24"],
      end: "arrives",
    });
    expect(byNat("10.1.0.0/18")).to.deep.equal({
      ...{ hops, end: "refused", why: "sts does not allow tcp 443 from 10.1.192.0/24" },
    });
  });
});

describe(`a Resolver inbound endpoint (${INBOUND})`, () => {
  const resolver = aws.resource("route53/resolverEndpoint:ResolverEndpoint", "resolver", {
    ...{ direction: "INBOUND", securityGroupIds: [aws.ref("g")] },
    ipAddresses: [{ subnetId: aws.ref("two-private-1"), ip: "10.2.0.10" }],
  });
  const of = (admitted: string): Variation => ({
    private: { "10.0.0.0/8": "tgw" },
    gateway: { propagated: ["two"] },
    more: [[resolver], group(admitted), transitTable("u", { associated: ["two"], propagated: ["one"] })],
  });

  it("applies its security groups at each address and port", () => {
    const topology = threeNetworks(of("10.1.0.0/16"));
    const from = aws.subnetIn(topology, "one-private-1");
    const last = [...DNS, HTTPS].map((port) => {
      const { hops, end } = describeTrace(trace(topology, from, { kind: "address", address: "10.2.0.10" }, port));
      return [hops.at(-1), end];
    });
    expect(last).to.deep.equal([
      ["resolver: allows udp 53 from 10.1.0.0/16", "arrives"],
      ["resolver: allows tcp 53 from 10.1.0.0/16", "arrives"],
      ["resolver: allows tcp 443 from 10.1.0.0/16", "arrives"],
    ]);
  });

  it("blocks senders that its security groups do not allow", () => {
    expect(traced(threeNetworks(of("10.3.0.0/16")), "one-private-1", "10.2.0.10")).to.deep.equal({
      hops: ["one-private-1: 10.0.0.0/8 → transit gateway", "table t: 10.2.0.0/16 → two (propagated)"],
      ...{ end: "refused", why: "resolver does not allow tcp 443 from 10.1.0.0/18" },
    });
  });

  it("does not apply its security groups to other addresses of its subnet", () => {
    expect(traced(threeNetworks(of("10.3.0.0/16")), "one-private-1", "10.2.0.11").end).to.equal("arrives");
  });
});
