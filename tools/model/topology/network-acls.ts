import { ALL, intersection, NONE, rangesOf, subtract, union, type Ranges } from "../addresses/ranges";
import { attribute, items, text, texts, type ModelResource, type Properties } from "../resource";
import { groupBy, type Resources } from "./resources";
import { protocolNamed, type Traffic } from "./traffic";

/** A rule of a network ACL. */
export interface AclRule {
  /** Rules are evaluated in the order of their numbers, and the first one that matches decides. */
  readonly number: number;
  readonly allows: boolean;
  /** `tcp` and `udp` by name; `-1`: all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** Sources of an ingress rule, destinations of an egress rule; none for an IPv6 rule. */
  readonly addresses: Ranges;
}

export interface NetworkAcl {
  readonly id: string;
  readonly name: string;
  readonly ingress: readonly AclRule[];
  readonly egress: readonly AclRule[];
}

/** The network ACL of every subnet. */
export interface NetworkAcls {
  /** The network ACL of a subnet; undefined: the VPC's default one as AWS creates it, which allows everything. */
  readonly of: (subnetId: string, vpcId: string) => NetworkAcl | undefined;
}

const DEFAULT = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";
const CUSTOM = "aws:ec2/networkAcl:NetworkAcl";

/** The rule of a default network ACL as AWS creates it (Amazon VPC User Guide, "Default network ACL for a VPC"). */
const ALLOW_ALL: AclRule = { number: 100, allows: true, protocol: "-1", fromPort: 0, toPort: 65535, addresses: ALL };

/**
 * Network ACLs and their subnets. A subnet without an association has the default network ACL of its VPC; a custom one
 * denies everything that no rule allows (Amazon VPC User Guide, "Network ACL basics"). A default one that a stack manages
 * has only the rules of the resource (@pulumi/aws, DefaultNetworkAcl).
 */
export function readNetworkAcls(resources: Resources): NetworkAcls {
  const separate = groupBy(resources.ofType("aws:ec2/networkAclRule:NetworkAclRule"), (rule) =>
    resources.reference(rule, "networkAclId"),
  );
  const acl = (id: string, name: string, inside: ModelResource | undefined, base: readonly AclRule[]): NetworkAcl => {
    const of = (direction: "ingress" | "egress"): AclRule[] =>
      [
        ...base,
        ...(inside === undefined ? [] : items(inside, direction)).map((rule) => ruleOf(rule, "ruleNo", "action")),
        ...(separate.get(id) ?? [])
          .filter(({ inputs }) => (inputs["egress"] === true) === (direction === "egress"))
          .map(({ inputs }) => ruleOf(inputs, "ruleNumber", "ruleAction")),
      ].sort((a, b) => a.number - b.number);
    return { id, name, ingress: of("ingress"), egress: of("egress") };
  };

  const custom = resources.ofType(CUSTOM).map((each) => ({ each, made: acl(each.id, each.name, each, []) }));
  const byId = new Map(custom.map(({ made }) => [made.id, made]));
  const ofVpc = new Map<string, NetworkAcl>();
  for (const vpc of resources.ofType("aws:ec2/vpc:Vpc")) {
    const id = attribute(vpc, "defaultNetworkAclId");
    const adopted = resources.ofType(DEFAULT).find((each) => text(each, "defaultNetworkAclId") === id);
    if (adopted === undefined && !separate.has(id)) continue;
    const made = acl(
      id,
      adopted?.name ?? `${vpc.name}, default ACL`,
      adopted,
      adopted === undefined ? [ALLOW_ALL] : [],
    );
    byId.set(id, made);
    ofVpc.set(vpc.id, made);
  }

  const ofSubnet = new Map<string, NetworkAcl | undefined>();
  for (const { each, made } of custom) for (const subnet of texts(each, "subnetIds")) ofSubnet.set(subnet, made);
  for (const each of resources.ofType("aws:ec2/networkAclAssociation:NetworkAclAssociation")) {
    ofSubnet.set(text(each, "subnetId"), byId.get(resources.reference(each, "networkAclId")));
  }
  return { of: (subnetId, vpcId) => (ofSubnet.has(subnetId) ? ofSubnet.get(subnetId) : ofVpc.get(vpcId)) };
}

function ruleOf(rule: Properties, number: string, action: string): AclRule {
  const at = { inputs: rule };
  const protocol = protocolNamed(String(rule["protocol"] ?? "-1"));
  const port = (property: string, otherwise: number): number =>
    protocol === "tcp" || protocol === "udp" ? Number(rule[property] ?? otherwise) : otherwise;
  return {
    number: Number(rule[number] ?? 0),
    allows: text(at, action).toLowerCase() === "allow",
    protocol,
    fromPort: port("fromPort", 0),
    toPort: port("toPort", 65535),
    addresses: rangesOf([text(at, "cidrBlock")]),
  };
}

/** The addresses from which, or to which, rules allow some traffic. */
export function permitted(rules: readonly AclRule[], traffic: Traffic): Ranges {
  if (traffic.protocol !== undefined) {
    const { protocol } = traffic;
    const shares = portsApart(rules, traffic).map((port) => allowed(rules, protocol, port));
    return shares.reduce((all, each) => intersection(all, each), ALL);
  }
  // Any protocol: each that a rule names, and one that no rule names.
  const protocols = new Set(["tcp", "udp", "another", ...rules.map(({ protocol }) => protocol)]);
  protocols.delete("-1");
  const shares = [...protocols].flatMap((protocol) =>
    portsApart(rules, traffic).map((port) => allowed(rules, protocol, port)),
  );
  return union(...shares);
}

/** One port of each set of ports that all rules treat alike. */
function portsApart(rules: readonly AclRule[], { fromPort, toPort }: Traffic): readonly number[] {
  const cuts = rules.flatMap((rule) => [rule.fromPort, rule.toPort + 1]);
  return [...new Set([fromPort, ...cuts.filter((port) => port > fromPort && port <= toPort)])];
}

function allowed(rules: readonly AclRule[], protocol: string, port: number): Ranges {
  let [undecided, passing]: [Ranges, Ranges] = [ALL, NONE];
  for (const rule of rules) {
    const fits = (rule.protocol === protocol || rule.protocol === "-1") && rule.fromPort <= port && port <= rule.toPort;
    if (!fits) continue;
    if (rule.allows) passing = union(passing, intersection(undecided, rule.addresses));
    undecided = subtract(undecided, rule.addresses);
  }
  return passing;
}
