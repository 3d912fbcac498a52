import { ALL, intersection, NONE, parseBlock, type Ranges, rangesOf, subtract, union } from "../addresses/ranges";
import { attribute, items, lookup, type ModelResource, type Properties, text, texts } from "../resource";
import { groupBy, prefixListBlocks, type Resources } from "./resources";

/** The destination port of a request. */
export interface Port {
  readonly protocol: Protocol;
  readonly port: number;
}

type Protocol = "tcp" | "udp";

export const HTTPS: Port = { protocol: "tcp", port: 443 };
/** RFC 1035, section 4.2: both. */
export const DNS: readonly Port[] = [
  { protocol: "udp", port: 53 },
  { protocol: "tcp", port: 53 },
];

/** Packets that a filter evaluates. */
export interface Traffic {
  /** Undefined: any protocol and port; it is enough that one of them passes. */
  readonly protocol: Protocol | undefined;
  /** Destination ports; with a protocol, all of them must pass. */
  readonly fromPort: number;
  readonly toPort: number;
}

/** Any traffic, to find any leak. */
export const ANYTHING: Traffic = { protocol: undefined, fromPort: 0, toPort: 65535 };

export function requestTo({ protocol, port }: Port): Traffic {
  return { protocol, fromPort: port, toPort: port };
}

/** Replies go to the port that the client chose (Amazon VPC User Guide, "Custom network ACLs": ephemeral ports). */
export function replyTo({ protocol }: Traffic): Traffic {
  return { protocol, fromPort: protocol === undefined ? 0 : 1024, toPort: 65535 };
}

/** An ingress rule of a security group, for one source. */
export interface IngressRule {
  /** Name of the resource that contains it. */
  readonly resource: string;
  readonly groupId: string;
  readonly source: RuleSource;
  /** `tcp` and `udp` by name; `-1`: all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** What a rule allows traffic from. A prefix list that a stack creates is replaced by its entries. */
export type RuleSource =
  | { readonly kind: "IPv4" | "IPv6"; readonly cidr: string }
  | { readonly kind: "security group" | "prefix list"; readonly id: string };

/** Ingress rules by security group: separate resources of both kinds, and inline rules. */
export function readIngressRules(resources: Resources): ReadonlyMap<string, readonly IngressRule[]> {
  const separate = resources
    .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    .flatMap((each) =>
      rulesOf(resources, each, each.inputs, resources.reference(each, "securityGroupId"), "ipProtocol"),
    );
  const older = resources
    .ofType("aws:ec2/securityGroupRule:SecurityGroupRule")
    .filter((each) => text(each, "type") === "ingress")
    .flatMap((each) => rulesOf(resources, each, each.inputs, resources.reference(each, "securityGroupId"), "protocol"));
  const inside = resources
    .ofType("aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
    .flatMap((group) =>
      items(group, "ingress").flatMap((ingress) =>
        rulesOf(resources, group, ingress, resources.canonical(group.id), "protocol"),
      ),
    );
  return groupBy([...separate, ...older, ...inside], ({ groupId }) => groupId);
}

/** One rule for each source. */
function rulesOf(
  resources: Resources,
  { name }: ModelResource,
  properties: Properties,
  groupId: string,
  protocolIn: string,
): IngressRule[] {
  const at = { inputs: properties };
  const listed = Object.entries(SOURCES).flatMap(([property, kind]) =>
    [text(at, property), ...texts(at, property)]
      .filter((value) => value !== "")
      .flatMap((value) => sourcesOf(resources, kind, value)),
  );
  const self: RuleSource[] = properties["self"] === true ? [{ kind: "security group", id: groupId }] : [];
  const protocol = protocolNamed(text(at, protocolIn));
  const port = (property: string, otherwise: number): number =>
    protocol === "-1" ? otherwise : Number(properties[property] ?? otherwise);
  return [...listed, ...self].map((source) => ({
    ...{ resource: name, groupId, source, protocol },
    ...{ fromPort: port("fromPort", 0), toPort: port("toPort", 65535) },
  }));
}

function sourcesOf(resources: Resources, kind: RuleSource["kind"], value: string): RuleSource[] {
  switch (kind) {
    case "IPv4":
    case "IPv6":
      return [{ kind, cidr: value }];
    case "security group":
      return [{ kind, id: resources.canonical(value) }];
    case "prefix list":
      return (
        prefixListBlocks(resources, value)?.map((cidr) => ({ kind: familyOf(cidr), cidr })) ?? [{ kind, id: value }]
      );
  }
}

/** Properties with sources, one or a list, in the order of the rules. */
const SOURCES: Readonly<Record<string, RuleSource["kind"]>> = {
  ...{ cidrIpv4: "IPv4", cidrIpv6: "IPv6", referencedSecurityGroupId: "security group", prefixListId: "prefix list" },
  ...{ sourceSecurityGroupId: "security group", cidrBlocks: "IPv4", ipv6CidrBlocks: "IPv6" },
  ...{ securityGroups: "security group", prefixListIds: "prefix list" },
};

function familyOf(cidr: string): "IPv4" | "IPv6" {
  return parseBlock(cidr) === undefined ? "IPv6" : "IPv4";
}

/** The rules that apply to a port. */
export function rulesFor(rules: readonly IngressRule[], { protocol, port }: Port): IngressRule[] {
  return rules.filter(
    (rule) => (rule.protocol === protocol || rule.protocol === "-1") && rule.fromPort <= port && port <= rule.toPort,
  );
}

/**
 * Addresses that some rules allow, all rules of all groups together. Security groups are allow lists, and they are
 * stateful: a reply needs no rule (Amazon VPC User Guide, "Security groups"). Rules for a security group allow no address
 * here, because the addresses of its members are unknown.
 */
export function admitted(rules: readonly IngressRule[], port: Port): Ranges {
  return rangesOf(ipv4Sources(rulesFor(rules, port)));
}

/** The IPv4 CIDRs among the sources of some rules. */
export function ipv4Sources(rules: readonly IngressRule[]): string[] {
  return rules.flatMap(({ source }) => (source.kind === "IPv4" ? [source.cidr] : []));
}

/** A CIDR, or the id of a security group or of a prefix list. */
export function describeSource(source: RuleSource): string {
  return "cidr" in source ? source.cidr : source.id;
}

export interface NetworkAcl {
  readonly id: string;
  readonly name: string;
  readonly ingress: readonly AclRule[];
  readonly egress: readonly AclRule[];
}

/** A rule of a network ACL. */
interface AclRule {
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

/** The network ACL of every subnet. */
interface NetworkAcls {
  /** The network ACL of a subnet; undefined: the VPC's default one as AWS creates it, which allows everything. */
  readonly of: (subnetId: string, vpcId: string) => NetworkAcl | undefined;
}

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

const DEFAULT = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";
const CUSTOM = "aws:ec2/networkAcl:NetworkAcl";

/** The rule of a default network ACL as AWS creates it (Amazon VPC User Guide, "Default network ACL for a VPC"). */
const ALLOW_ALL: AclRule = { number: 100, allows: true, protocol: "-1", fromPort: 0, toPort: 65535, addresses: ALL };

/** A protocol of a rule: `tcp` and `udp` by name; `-1`: all. */
export function protocolNamed(given: string): string {
  const protocol = given.toLowerCase();
  return lookup(NUMBERED, protocol) ?? protocol;
}

/** IANA protocol numbers, which rules accept as well as names in any case. */
const NUMBERED: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", all: "-1" };
