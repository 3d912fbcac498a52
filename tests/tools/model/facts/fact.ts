import { expect } from "chai";
import { rangesOf } from "../../../../tools/model/addresses/ranges";
import { rangesInWords } from "../../../../tools/model/addresses/words";
import { answersTo } from "../../../../tools/model/paths/answers";
import { arrives, type Destination, type Way } from "../../../../tools/model/paths/path";
import { ways } from "../../../../tools/model/paths/trace";
import type { Topology } from "../../../../tools/model/topology/topology";
import { HTTPS, type Port, requestTo } from "../../../../tools/model/topology/traffic";
import * as aws from "../build";
import { transitTable } from "../build-transit";
import { threeNetworks, type World } from "../three-networks";

/** A rule that AWS documents, and its effect on one packet. */
export interface Fact {
  /** Page of AWS's documentation. */
  readonly source: string;
  readonly what: string;
  readonly of: World;
  /** Subnet; `one-private-1` where it is left out. */
  readonly from?: string;
  /** A CIDR or an address, `internet`, or a service, as `s3`; `10.2.0.0/18`, private subnets of `two`, where it is left out. */
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
export function hold(facts: readonly Fact[]): void {
  for (const { source, what, of, from = "one-private-1", to = "10.2.0.0/18", port = HTTPS, ...expected } of facts) {
    it(`${what} (${source})`, () => {
      const world = threeNetworks(of);
      const sender = aws.subnetIn(world, from);
      const found = ways(world, sender, destination(to), port);
      expect(found.map((way) => inWords(way, found.length > 1)).sort()).to.deep.equal([...expected.ends].sort());
      if (expected.answers !== undefined) {
        const answers = found.flatMap((way) => answersTo(world, sender, way, requestTo(port)));
        const told = answers.map((way) => (arrives(way) ? "arrives" : `${way.end}: ${way.why ?? ""}`));
        expect([...new Set(told)].sort()).to.deep.equal([...expected.answers].sort());
      }
      expect(reportedIn(world)).to.deep.equal(expected.reported ?? []);
    });
  }
}

function inWords({ destinations, end, why }: Way, isOneOfMany: boolean): string {
  const told: string = end === "arrives" || end === "internet" ? end : `${end}: ${why ?? ""}`;
  return isOneOfMany ? `${rangesInWords(destinations)}: ${told}` : told;
}

/** What is not modeled, without the package of its type. */
export function reportedIn({ unfollowed }: Topology): string[] {
  return [...unfollowed.values()].flat().map((each) => each.replace(/^aws:[^:]*:/, "").replace("::", " "));
}

function destination(to: string): Destination {
  if (to === "internet") return { kind: "internet" };
  if (/^[0-9./]+$/.test(to)) return { kind: "ranges", ranges: rangesOf([to]) };
  return { kind: "service", service: to, region: "ap-southeast-3" };
}

/** `one` and `two` reach each other over the gateway, from private subnets in the first zone. */
export function joined(more: World = {}): World {
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

export const OPEN = "100 allow -1 - 0.0.0.0/0";
