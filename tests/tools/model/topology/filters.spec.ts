import { expect } from "chai";
import { traceFromInternet } from "../../../../tools/model/paths/trace";
import { DNS, type Port } from "../../../../tools/model/topology/packet-filters";
import { acl, ALLOW_ALL, joined, testFacts, type Fact } from "../support/facts";
import * as aws from "../support/resources";
import { threeNetworks } from "../support/three-networks";

const BASICS = 'Amazon VPC User Guide, "Control subnet traffic with network access control lists"';
const RULES = 'Amazon VPC User Guide, "Network ACL rules"';
const DEFAULT = 'Amazon VPC User Guide, "Default network ACL for a VPC"';
const CUSTOM = 'Amazon VPC User Guide, "Custom network ACLs for your VPC"';
const TRANSIT = 'Amazon VPC Transit Gateways, "Network ACLs for transit gateways"';
const [UDP] = DNS as readonly [Port, Port];

const EPHEMERAL = "100 allow tcp 1024-65535 0.0.0.0/0";
const inside = { of: { private: { "0.0.0.0/0": "nat-one" } }, to: "10.1.64.0/18" };
const onPrivate2 = (ingress: readonly string[], egress: readonly string[]): Fact["of"] => ({
  ...inside.of,
  more: [acl("acl", ["one-private-2"], ingress, egress)],
});
const noIn = (from: string): string => `refused: network ACL acl allows no ingress from ${from}`;
const noOut = (to: string): string => `refused: network ACL acl allows no egress to ${to}`;

const facts: readonly Fact[] = [
  {
    ...{ source: DEFAULT, what: "the default network ACL lets everything pass", ...inside },
    ...{ ends: ["arrives"], answers: ["arrives"] },
  },
  {
    ...{ source: CUSTOM, what: "a custom network ACL denies what no rule allows", ...inside },
    ...{ of: onPrivate2([], []), ends: [noIn("10.1.0.0/18")] },
  },
  {
    ...{ source: RULES, what: "a rule allows a part of the sources, and of the others nothing", ...inside },
    of: onPrivate2(["100 allow tcp 443 10.1.0.0/19"], [ALLOW_ALL]),
    ends: ["10.1.64.0/18: arrives", `10.1.64.0/18: ${noIn("10.1.32.0/19")}`],
  },
  {
    ...{ source: RULES, what: "the rule with the lowest number decides: a deny before an allow", ...inside },
    ...{ of: onPrivate2(["90 deny tcp 443 10.1.0.0/18", ALLOW_ALL], [ALLOW_ALL]), ends: [noIn("10.1.0.0/18")] },
  },
  {
    ...{ source: RULES, what: "the rule with the lowest number decides: an allow before a deny", ...inside },
    of: onPrivate2(["110 deny -1 - 0.0.0.0/0", ALLOW_ALL], [ALLOW_ALL]),
    ...{ ends: ["arrives"], answers: ["arrives"] },
  },
  {
    ...{ source: RULES, what: "a rule for another port does not count", ...inside },
    ...{ of: onPrivate2(["100 allow tcp 80 0.0.0.0/0"], [ALLOW_ALL]), ends: [noIn("10.1.0.0/18")] },
  },
  {
    ...{ source: RULES, what: "a rule for another protocol does not count", ...inside, port: UDP },
    ...{ of: onPrivate2(["100 allow tcp 53 0.0.0.0/0"], [ALLOW_ALL]), ends: [noIn("10.1.0.0/18")] },
  },
  {
    ...{ source: RULES, what: "a protocol by its number counts", ...inside, port: UDP },
    ...{ of: onPrivate2(["100 allow 17 53 0.0.0.0/0"], [ALLOW_ALL]), ends: ["arrives"] },
  },
  {
    ...{ source: BASICS, what: "network ACLs are stateless: without an egress rule the answer is lost", ...inside },
    ...{ of: onPrivate2([ALLOW_ALL], []), ends: ["arrives"], answers: [noOut("10.1.0.0/18")] },
  },
  {
    ...{ source: CUSTOM, what: "an egress rule for ephemeral ports lets the answer pass", ...inside },
    ...{ of: onPrivate2([ALLOW_ALL], [EPHEMERAL]), ends: ["arrives"], answers: ["arrives"] },
  },
  {
    ...{ source: CUSTOM, what: "an egress rule for some of the ephemeral ports loses answers", ...inside },
    of: onPrivate2([ALLOW_ALL], ["100 allow tcp 32768-60999 0.0.0.0/0"]),
    ...{ ends: ["arrives"], answers: [noOut("10.1.0.0/18")] },
  },
  {
    ...{ source: CUSTOM, what: "rules that together are for all ephemeral ports are as good as one", ...inside },
    of: onPrivate2([ALLOW_ALL], ["100 allow tcp 1024-32767 0.0.0.0/0", "110 allow tcp 32768-65535 0.0.0.0/0"]),
    ...{ ends: ["arrives"], answers: ["arrives"] },
  },
  {
    ...{ source: BASICS, what: "a network ACL is no matter inside its subnet" },
    ...{ of: onPrivate2([], []), from: "one-private-2", to: "10.1.64.0/18", ends: ["arrives"], answers: ["arrives"] },
  },
  {
    ...{ source: BASICS, what: "a network ACL counts for what leaves its subnet, by the destination" },
    of: onPrivate2([ALLOW_ALL], ["100 allow tcp 443 10.1.0.0/19"]),
    ...{ from: "one-private-2", to: "10.1.0.0/18" },
    ends: ["10.1.0.0/19: arrives", `10.1.32.0/19: ${noOut("10.1.32.0/19")}`],
  },
  {
    ...{ source: BASICS, what: "an ACL by a resource of association is that of the subnet, with rules of their own" },
    ...inside,
    of: {
      more: [
        [aws.resource("ec2/networkAcl:NetworkAcl", "acl", { vpcId: aws.ref("one") })],
        [
          aws.resource("ec2/networkAclAssociation:NetworkAclAssociation", "association", {
            ...{ networkAclId: aws.ref("acl"), subnetId: aws.ref("one-private-2") },
          }),
          aws.resource("ec2/networkAclRule:NetworkAclRule", "rule", {
            ...{ networkAclId: aws.ref("acl"), ruleNumber: 10, ruleAction: "allow", protocol: "tcp" },
            ...{ fromPort: 443, toPort: 443, cidrBlock: "10.1.0.0/16" },
          }),
        ],
      ],
    },
    ...{ ends: ["arrives"], answers: [noOut("10.1.0.0/18")] },
  },
  {
    ...{
      source: DEFAULT,
      what: "a default network ACL that is adopted has the rules of the resource alone",
      ...inside,
    },
    of: {
      more: [
        [
          aws.resource("ec2/defaultNetworkAcl:DefaultNetworkAcl", "acl", {
            defaultNetworkAclId: aws.ref("one.defaultNetworkAclId"),
          }),
        ],
      ],
    },
    ends: [noOut("10.1.64.0/18")],
  },
  {
    ...{
      source: DEFAULT,
      what: "a rule that is added to the default network ACL comes before the one that allows all",
    },
    ...inside,
    of: {
      more: [
        [
          aws.resource("ec2/networkAclRule:NetworkAclRule", "rule", {
            ...{ networkAclId: aws.ref("one.defaultNetworkAclId"), ruleNumber: 10, ruleAction: "deny", protocol: "-1" },
            ...{ cidrBlock: "10.1.64.0/19", egress: true },
          }),
        ],
      ],
    },
    ends: [
      "10.1.96.0/19: arrives",
      "10.1.64.0/19: refused: network ACL one, default ACL allows no egress to 10.1.64.0/19",
    ],
  },
  {
    ...{ source: BASICS, what: "a network ACL of the NAT gateway's subnet counts for what comes to it" },
    of: { ...inside.of, more: [acl("acl", ["one-public-1"], [], [ALLOW_ALL])] },
    ...{ to: "internet", ends: [noIn("10.1.0.0/18")] },
  },
  {
    ...{ source: BASICS, what: "and for the answers that come to it from the internet" },
    of: { ...inside.of, more: [acl("acl", ["one-public-1"], ["100 allow tcp 443 10.1.0.0/16"], [ALLOW_ALL])] },
    ...{ to: "internet", ends: ["internet"], answers: [noIn("the internet")] },
  },
  {
    ...{ source: TRANSIT, what: "into the gateway the ACL of the attachment's subnet counts by the source" },
    of: joined({ more: [acl("acl", ["one-transit-1"], ["100 allow tcp 443 10.1.0.0/19"], [ALLOW_ALL])] }),
    ends: ["10.2.0.0/18: arrives", `10.2.0.0/18: ${noIn("10.1.32.0/19")}`],
  },
  {
    ...{ source: TRANSIT, what: "into the gateway its outbound rules do not count" },
    ...{ of: joined({ more: [acl("acl", ["one-transit-1"], [ALLOW_ALL], ["100 allow tcp 1-65535 10.1.0.0/16"])] }) },
    ...{ ends: ["arrives"], answers: ["arrives"] },
  },
  {
    ...{ source: TRANSIT, what: "out of the gateway the ACL of the attachment's subnet counts by the destination" },
    of: joined({ more: [acl("acl", ["two-transit-1"], [ALLOW_ALL], ["100 allow tcp 443 10.2.0.0/19"])] }),
    ends: ["10.2.0.0/19: arrives", `10.2.32.0/19: ${noOut("10.2.32.0/19")}`],
  },
  {
    ...{ source: TRANSIT, what: "out of the gateway its inbound rules do not count, but they do for the answer" },
    of: joined({ more: [acl("acl", ["two-transit-1"], [], [ALLOW_ALL])] }),
    ...{ ends: ["arrives"], answers: [noIn("10.2.0.0/18")] },
  },
  {
    ...{ source: TRANSIT, what: "in an attachment's own subnet both directions of its ACL count into the gateway" },
    of: {
      ...joined({ more: [acl("acl", ["one-transit-1"], [], [ALLOW_ALL])] }),
      more: [
        ...(joined({ more: [acl("acl", ["one-transit-1"], [], [ALLOW_ALL])] }).more ?? []),
        aws.routesIn("main", aws.ref("one.defaultRouteTableId"), { "10.0.0.0/8": "tgw" }),
      ],
    },
    ...{ from: "one-transit-1", ends: [noIn("10.1.208.0/28")] },
  },
];

describe("AWS's rules of network ACLs", () => {
  testFacts(facts);

  it(`keep the internet out if they allow no egress to it (${BASICS})`, () => {
    const end = (egress: readonly string[]): string => {
      const topology = threeNetworks({ more: [acl("acl", ["one-public-1"], [ALLOW_ALL], egress)] });
      return traceFromInternet(topology, aws.subnetIn(topology, "one-public-1")).end;
    };
    expect([end([ALLOW_ALL]), end(["100 allow udp 1-9 0.0.0.0/0"]), end([])]).to.deep.equal([
      "arrives",
      "arrives",
      "dropped",
    ]);
  });
});
