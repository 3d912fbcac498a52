import { expect } from "chai";
import { resolveByDhcp, resolveByHub } from "../../../../tools/model/names/dhcp";
import type { Topology } from "../../../../tools/model/topology/topology";
import * as aws from "../support/resources";
import { threeNetworks } from "../support/three-networks";
import { transitTable } from "../support/transit-gateways";

const OPTIONS = 'Amazon VPC User Guide, "DHCP option sets in Amazon VPC"';
const SUPPORT = 'Amazon VPC User Guide, "DNS attributes for your VPC"';
const INBOUND = 'Amazon Route 53 Developer Guide, "Forwarding inbound DNS queries to your VPCs"';
const AWS_DNS = "AmazonProvidedDNS";

interface Options {
  /** In the DHCP options of `one`. */
  readonly servers?: readonly string[];
  /** Block that the resolver admits. */
  readonly admitted?: string;
  readonly protocols?: readonly string[];
  /** Whether the subnet of the resolver has a route back. @default true */
  readonly answers?: boolean;
  readonly more?: readonly aws.Part[];
}

/** `two` with a resolver at 10.2.0.10, which has a zone that `one` has not: `hub.internal`. */
function withResolver({
  servers,
  admitted = "10.0.0.0/8",
  protocols = ["udp", "tcp"],
  answers = true,
  more = [],
}: Options): Topology {
  const back = aws.routesIn("back", aws.ref("two.defaultRouteTableId"), { "10.0.0.0/8": "tgw" });
  const name = "hub.internal";
  return threeNetworks({
    private: { "10.0.0.0/8": "tgw" },
    gateway: { propagated: ["two"] },
    more: [
      transitTable("u", { associated: ["two"], propagated: ["one"] }),
      ...(answers ? [back] : []),
      [
        aws.resource("route53/resolverEndpoint:ResolverEndpoint", "resolver", {
          ...{ direction: "INBOUND", securityGroupIds: [aws.ref("g")] },
          ipAddresses: [{ subnetId: aws.ref("two-private-1"), ip: "10.2.0.10" }],
        }),
        ...protocols.map((protocol) =>
          aws.resource("ec2/securityGroupRule:SecurityGroupRule", protocol, {
            ...{ securityGroupId: aws.ref("g"), type: "ingress", protocol, fromPort: 53, toPort: 53 },
            cidrBlocks: [admitted],
          }),
        ),
        aws.resource("route53/zone:Zone", "zone", { name, vpcs: [{ vpcId: aws.ref("two") }] }),
        aws.resource("route53/record:Record", "record", {
          ...{ zoneId: aws.ref("zone"), name: "db.hub.internal", type: "A", records: ["10.2.0.20"] },
        }),
      ],
      ...(servers === undefined ? [] : [options(servers)]),
      ...more,
    ],
  });
}

function options(domainNameServers: readonly string[]): aws.Part {
  return [
    aws.resource("ec2/vpcDhcpOptions:VpcDhcpOptions", "options", { domainNameServers }),
    aws.resource("ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation", "options-one", {
      ...{ vpcId: aws.ref("one"), dhcpOptionsId: aws.ref("options") },
    }),
  ];
}

/** Which server answers, what, and who was silent. */
function asked(of: Options, name = "db.hub.internal"): readonly [string | undefined, string | undefined, string[]] {
  const topology = withResolver(of);
  const network = topology.networkById.get(aws.ref("one"))!;
  const { server, answer, silent } = resolveByDhcp(topology, network, aws.subnetIn(topology, "one-private-1"), name);
  return [server, answer?.kind, [...silent]];
}

describe(`a client with DHCP options (${OPTIONS})`, () => {
  it("queries the VPC's own resolver if no options are set", () => {
    expect(asked({})).to.deep.equal([AWS_DNS, "public", []]);
  });

  it("uses the first server that answers, with the answer of that server's VPC", () => {
    expect(asked({ servers: ["10.2.0.10", AWS_DNS] })).to.deep.equal(["10.2.0.10", "record", []]);
    expect(asked({ servers: [AWS_DNS, "10.2.0.10"] })).to.deep.equal([AWS_DNS, "public", []]);
  });

  it("queries no other server after NXDOMAIN", () => {
    expect(asked({ servers: ["10.2.0.10", AWS_DNS] }, "gone.hub.internal")).to.deep.equal([
      ...["10.2.0.10", "no such name", []],
    ]);
  });

  it("queries the next server if security groups block the first, for TCP or UDP", () => {
    const path =
      "10.2.0.10: one-private-1: 10.0.0.0/8 → transit gateway; table t: 10.2.0.0/16 → two (propagated); blocked: resolver";
    const servers = ["10.2.0.10", AWS_DNS];
    expect(asked({ servers, admitted: "10.3.0.0/16" })).to.deep.equal([
      ...[AWS_DNS, "public", [`${path} does not allow udp 53 from 10.1.0.0/18`]],
    ]);
    expect(asked({ servers, protocols: ["udp"] })).to.deep.equal([
      ...[AWS_DNS, "public", [`${path} does not allow tcp 53 from 10.1.0.0/18`]],
    ]);
  });

  // Review G7.
  it("queries the next server if the reply has no return path", () => {
    const [server, , [why]] = asked({ servers: ["10.2.0.10", AWS_DNS], answers: false });
    expect([server, why]).to.deep.equal([
      AWS_DNS,
      "10.2.0.10: one-private-1: 10.0.0.0/8 → transit gateway; table t: 10.2.0.0/16 → two (propagated); " +
        "resolver: allows udp 53 from 10.0.0.0/8; delivered; one-way, reply: dropped: " +
        "route table two, main table has no route to 10.1.0.0/18",
    ]);
  });

  it("queries the next server if no endpoint has the address", () => {
    expect(asked({ servers: ["10.2.0.11", AWS_DNS] })).to.deep.equal([
      ...[AWS_DNS, "public", ["10.2.0.11: no Resolver endpoint has this address"]],
    ]);
  });

  it("gets no answer if no server answers, or if there is none", () => {
    expect(asked({ servers: ["10.2.0.11"] })).to.deep.equal([
      ...[undefined, undefined, ["10.2.0.11: no Resolver endpoint has this address"]],
    ]);
    expect(asked({ servers: [] })).to.deep.equal([undefined, undefined, []]);
  });

  it(`recognizes the VPC's own resolver by its two addresses (${SUPPORT})`, () => {
    expect(asked({ servers: ["10.1.0.2"] })).to.deep.equal(["10.1.0.2", "public", []]);
    expect(asked({ servers: ["169.254.169.253"] })).to.deep.equal(["169.254.169.253", "public", []]);
    const more = [aws.block("one", "10.41.0.0/16")];
    expect(asked({ servers: ["10.41.0.2", "10.2.0.2"], more })).to.deep.equal([
      ...[
        undefined,
        undefined,
        ["10.41.0.2: no Resolver endpoint has this address", "10.2.0.2: no Resolver endpoint has this address"],
      ],
    ]);
  });

  it(`gets no answer from the VPC's own resolver if DNS support is disabled (${SUPPORT})`, () => {
    const topology = aws.topology(
      ...[aws.vpc("one", "10.1.0.0/16", { enableDnsSupport: false }), aws.subnet("one-private-1", "10.1.0.0/18")],
      options([AWS_DNS, "10.1.0.2"]),
    );
    const from = aws.subnetIn(topology, "one-private-1");
    expect(resolveByDhcp(topology, topology.networks[0]!, from, "example.org")).to.deep.equal({
      ...{ server: undefined, answer: undefined },
      silent: [AWS_DNS, "10.1.0.2"].map((server) => `${server}: DNS support is disabled for the VPC`),
    });
  });
});

describe(`the hub's Resolver inbound endpoint (${INBOUND})`, () => {
  it("gives every client the answers of its own VPC's resolver", () => {
    expect(resolveByHub(withResolver({}), "db.hub.internal")?.values).to.deep.equal(["10.2.0.20"]);
  });

  it("does not exist with an outbound endpoint only", () => {
    expect(resolveByHub(threeNetworks({}), "db.hub.internal")).to.equal(undefined);
    const outbound = aws.resource("route53/resolverEndpoint:ResolverEndpoint", "out", {
      ...{ direction: "OUTBOUND", ipAddresses: [{ subnetId: aws.ref("two-private-1"), ip: "10.2.0.10" }] },
    });
    expect(resolveByHub(threeNetworks({ more: [[outbound]] }), "db.hub.internal")).to.equal(undefined);
  });
});
