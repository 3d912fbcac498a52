import { expect } from "chai";
import { covers, rangesOf } from "../../../../tools/model/addresses/ranges";
import type { Properties } from "../../../../tools/model/resource";
import { admitted, describeSource, DNS, HTTPS, type Port } from "../../../../tools/model/topology/packet-filters";
import * as aws from "../support/resources";

const RULES = 'Amazon VPC User Guide, "Security group rules"';
const [DNS_UDP, DNS_TCP] = DNS as readonly [Port, Port];
const SSH: Port = { protocol: "tcp", port: 22 };
const ASKED: Readonly<Record<string, Port>> = { HTTPS, SSH, DNS_UDP, DNS_TCP };
const HTTPS_IN = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/** What of all that is asked a group lets in from a block; every kind of rule is in group `g`. */
function letsIn(source: string, ...parts: readonly aws.Part[]): string[] {
  const rules = aws.topology(...parts).rules.get(aws.ref("g")) ?? [];
  return Object.keys(ASKED).filter((name) => covers(admitted(rules, ASKED[name]!), rangesOf([source])));
}

function rule(inputs: Properties): aws.Part {
  const securityGroupId = aws.ref("g");
  return [
    aws.resource("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "rule", { securityGroupId, ...inputs }),
  ];
}

function olderRule(inputs: Properties): aws.Part {
  const securityGroupId = aws.ref("g");
  return [aws.resource("ec2/securityGroupRule:SecurityGroupRule", "rule", { securityGroupId, ...inputs })];
}

function group(...ingress: readonly Properties[]): aws.Part {
  return [aws.resource("ec2/securityGroup:SecurityGroup", "g", { ingress })];
}

describe(`a security group (${RULES})`, () => {
  it("lets nothing in without a rule", () => {
    expect(letsIn("10.1.0.0/18", group())).to.deep.equal([]);
  });

  it("lets in what a rule says, in each of the ways to write it", () => {
    const inline = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.9.0.0/16", "10.1.0.0/16"] };
    for (const part of [
      rule({ ...HTTPS_IN, cidrIpv4: "10.1.0.0/16" }),
      olderRule({ ...inline, type: "ingress" }),
      group(inline),
      [aws.resource("ec2/defaultSecurityGroup:DefaultSecurityGroup", "g", { ingress: [inline] })],
    ]) {
      expect(letsIn("10.1.0.0/18", part)).to.deep.equal(["HTTPS"]);
      expect(letsIn("10.2.0.0/18", part)).to.deep.equal([]);
    }
  });

  it("lets nothing in by a rule for what goes out", () => {
    const inputs = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
    expect(letsIn("10.1.0.0/18", olderRule({ ...inputs, type: "egress" }))).to.deep.equal([]);
    expect(
      letsIn("10.1.0.0/18", [aws.resource("ec2/securityGroup:SecurityGroup", "g", { egress: [inputs] })]),
    ).to.deep.equal([]);
  });

  it("lets in a range of ports, its ends included", () => {
    const range = (fromPort: number, toPort: number): string[] =>
      letsIn("10.1.0.0/18", rule({ ipProtocol: "tcp", fromPort, toPort, cidrIpv4: "10.0.0.0/8" }));
    expect(range(22, 443)).to.deep.equal(["HTTPS", "SSH", "DNS_TCP"]);
    expect(range(23, 442)).to.deep.equal(["DNS_TCP"]);
    expect(range(0, 65535)).to.deep.equal(["HTTPS", "SSH", "DNS_TCP"]);
    expect(range(0, 0)).to.deep.equal([]);
  });

  it("lets in every protocol and port by protocol -1, whatever ports stand beside it", () => {
    const all = ["HTTPS", "SSH", "DNS_UDP", "DNS_TCP"];
    expect(letsIn("10.1.0.0/18", rule({ ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" }))).to.deep.equal(all);
    const inline = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/8"] };
    expect(letsIn("10.1.0.0/18", group(inline))).to.deep.equal(all);
    expect(letsIn("10.1.0.0/18", group({ ...inline, protocol: "all" }))).to.deep.equal(all);
  });

  it("lets in a protocol by its number, and by its name in capitals", () => {
    const dns = (ipProtocol: string): string[] =>
      letsIn("10.1.0.0/18", rule({ ipProtocol, fromPort: 53, toPort: 53, cidrIpv4: "10.0.0.0/8" }));
    expect(["udp", "UDP", "17"].map(dns)).to.deep.equal([["DNS_UDP"], ["DNS_UDP"], ["DNS_UDP"]]);
    expect(["tcp", "TCP", "6"].map(dns)).to.deep.equal([["DNS_TCP"], ["DNS_TCP"], ["DNS_TCP"]]);
    expect(["icmp", "1", "58"].map(dns)).to.deep.equal([[], [], []]);
  });

  it("lets in a block that a rule holds whole, and no more", () => {
    const half = rule({ ...HTTPS_IN, cidrIpv4: "10.1.0.0/19" });
    expect(letsIn("10.1.0.0/19", half)).to.deep.equal(["HTTPS"]);
    expect(letsIn("10.1.0.0/18", half)).to.deep.equal([]);
    expect(letsIn("10.1.0.0/18", rule({ ...HTTPS_IN, cidrIpv6: "::/0" }))).to.deep.equal([]);
  });

  it("lets in the blocks of a prefix list of ours, and none of a list that is not known", () => {
    const list = aws.prefixList("pl-ours", "10.9.0.0/16", "10.1.0.0/16");
    const inputs = { ...HTTPS_IN, prefixListId: aws.ref("pl-ours") };
    expect(letsIn("10.1.0.0/18", list, rule(inputs))).to.deep.equal(["HTTPS"]);
    expect(letsIn("10.2.0.0/18", list, rule(inputs))).to.deep.equal([]);
    const older = { type: "ingress", protocol: "tcp", fromPort: 22, toPort: 22, prefixListIds: [aws.ref("pl-ours")] };
    expect(letsIn("10.1.0.0/18", list, olderRule(older))).to.deep.equal(["SSH"]);
    expect(letsIn("10.1.0.0/18", rule({ ...HTTPS_IN, prefixListId: "pl-63a5400a" }))).to.deep.equal([]);
  });

  it("lets no block in by a rule for members of a group: who is one is not known from an address", () => {
    expect(letsIn("10.1.0.0/18", rule({ ...HTTPS_IN, referencedSecurityGroupId: aws.ref("g") }))).to.deep.equal([]);
    expect(letsIn("10.1.0.0/18", group({ protocol: "tcp", fromPort: 443, toPort: 443, self: true }))).to.deep.equal([]);
  });

  it("names each source of a rule", () => {
    const of = group({
      ...{ protocol: "tcp", fromPort: 443, toPort: 443, self: true },
      ...{ cidrBlocks: ["10.0.0.0/8"], ipv6CidrBlocks: ["::/0"], securityGroups: ["sg-1"], prefixListIds: ["pl-1"] },
    });
    const rules = aws.topology(of).rules.get(aws.ref("g")) ?? [];
    expect(rules.map(({ source }) => describeSource(source))).to.deep.equal([
      "10.0.0.0/8",
      "::/0",
      "sg-1",
      "pl-1",
      aws.ref("g"),
    ]);
  });
});
