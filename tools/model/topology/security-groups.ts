import { parseBlock, rangesOf, type Ranges } from "../addresses/ranges";
import { items, text, texts, type ModelResource, type Properties } from "../resource";
import { groupBy, prefixListBlocks, type Resources } from "./resources";
import { protocolNamed, type Port } from "./traffic";

/** What a rule allows traffic from. A prefix list that a stack creates is replaced by its entries. */
export type RuleSource =
  | { readonly kind: "IPv4" | "IPv6"; readonly cidr: string }
  | { readonly kind: "security group" | "prefix list"; readonly id: string };

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
  const inside = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"]
    .flatMap((type) => resources.ofType(type))
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
