import { expect } from "chai";
import { describeRanges, rangesOf } from "../../../../tools/model/addresses/ranges";
import { describeReason, type Destination, type PacketPath } from "../../../../tools/model/paths/path";
import { tracePaths, traceReplies } from "../../../../tools/model/paths/trace";
import { HTTPS, type Port, requestTo } from "../../../../tools/model/topology/packet-filters";
import type { Topology } from "../../../../tools/model/topology/topology";
import * as aws from "./resources";
import { threeNetworks, type Variation } from "./three-networks";
import { transitTable } from "./transit-gateways";

/** A rule that AWS documents, and its effect on one packet. */
export interface Fact {
  /** Page of AWS's documentation. */
  readonly source: string;
  readonly what: string;
  readonly of: Variation;
  /** Subnet. @default one-private-1 */
  readonly from?: string;
  /** A CIDR or an address, `internet`, or a service, such as `s3`. @default 10.2.0.0/18, private subnets of `two` */
  readonly to?: string;
  readonly port?: Port;
  /** How packets end, by destination: `10.2.0.0/19: arrives`; for a single destination, only the end. */
  readonly ends: readonly string[];
  /** What happens to the replies; absent if not tested. */
  readonly answers?: readonly string[];
  /** What the model reports as not covered. @default nothing */
  readonly reported?: readonly string[];
}

/** One test per rule. A rule that the model does not cover must be reported: none may be silently wrong. */
export function testFacts(facts: readonly Fact[]): void {
  for (const { source, what, of, from = "one-private-1", to = "10.2.0.0/18", port = HTTPS, ...expected } of facts) {
    it(`${what} (${source})`, () => {
      const topology = threeNetworks(of);
      const sender = aws.subnetIn(topology, from);
      const found = tracePaths(topology, sender, destination(to), port);
      expect(found.map((path) => inWords(path, found.length > 1)).sort()).to.deep.equal([...expected.ends].sort());
      if (expected.answers !== undefined) {
        const answers = found.flatMap((path) => traceReplies(topology, sender, path, requestTo(port)));
        const ends = answers.map(describeEnd);
        expect([...new Set(ends)].sort()).to.deep.equal([...expected.answers].sort());
      }
      expect(unsupportedIn(topology)).to.deep.equal(expected.reported ?? []);
    });
  }
}

function inWords(path: PacketPath, isOneOfMany: boolean): string {
  return isOneOfMany ? `${describeRanges(path.destinations)}: ${describeEnd(path)}` : describeEnd(path);
}

/** `arrives`, `dropped: blackhole route`. */
function describeEnd({ end, reason }: PacketPath): string {
  return reason === undefined ? end : `${end}: ${describeReason(reason)}`;
}

/** What is not modeled, without the package of its type. */
export function unsupportedIn({ unsupported }: Topology): string[] {
  return [...unsupported.values()].flat().map((each) => each.replace(/^aws:[^:]*:/, "").replace("::", " "));
}

function destination(to: string): Destination {
  if (to === "internet") return { kind: "internet" };
  if (/^[0-9./]+$/.test(to)) return { kind: "ranges", ranges: rangesOf([to]) };
  return { kind: "service", service: to, region: "ap-southeast-3" };
}

/** `one` and `two` reach each other over the transit gateway, from private subnets in the first AZ. */
export function joined(more: Variation = {}): Variation {
  return {
    ...more,
    private: { "10.0.0.0/8": "tgw", ...more.private },
    gateway: { propagated: ["two"], ...more.gateway },
    more: [
      transitTable("u", { associated: ["two"], propagated: ["one"] }),
      aws.routesIn("back", aws.ref("two.defaultRouteTableId"), { "10.0.0.0/8": "tgw" }),
      ...(more.more ?? []),
    ],
  };
}

/** A network ACL of some subnets; rules are `100 allow tcp 443 10.0.0.0/8`, and `-` for all ports. */
export function acl(
  name: string,
  subnets: readonly string[],
  ingress: readonly string[],
  egress: readonly string[],
): aws.Part {
  const rule = (text: string): Record<string, unknown> => {
    const [ruleNo, action, protocol, ports = "-", cidrBlock] = text.split(" ");
    const [fromPort, toPort = fromPort] = ports === "-" ? [] : ports.split("-").map(Number);
    return { ruleNo: Number(ruleNo), action, protocol, cidrBlock, fromPort: fromPort ?? 0, toPort: toPort ?? 0 };
  };
  return [
    aws.resource("ec2/networkAcl:NetworkAcl", name, {
      ...{ vpcId: aws.ref(subnets[0]?.split("-")[0] ?? "one"), subnetIds: subnets.map(aws.ref) },
      ...{ ingress: ingress.map(rule), egress: egress.map(rule) },
    }),
  ];
}

export const ALLOW_ALL = "100 allow -1 - 0.0.0.0/0";
