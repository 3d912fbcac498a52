import { items, text, texts, type ModelResource, type Properties } from "../resource";
import { contains } from "./blocks";
import { prefixListBlocks } from "./prefix-lists";
import { grouped, type Resources } from "./resources";

export type Protocol = "tcp" | "udp";

/** What a packet asks for. */
export interface Port {
  readonly protocol: Protocol;
  readonly port: number;
}

export const HTTPS: Port = { protocol: "tcp", port: 443 };
/** RFC 1035, section 4.2: both. */
export const DNS: readonly Port[] = [
  { protocol: "udp", port: 53 },
  { protocol: "tcp", port: 53 },
];

/** What a security group lets in. */
export interface Rule {
  /** The resource that holds it. */
  readonly resource: string;
  readonly groupId: string;
  /** IPv4 or IPv6 block; of a rule for a group, or for a prefix list that is not ours, its id. */
  readonly source: string;
  /** By its name, `tcp`, where it is one that is asked for here; `-1`: all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** Rules by the group that they are in: of their own, inside the group, or of the older kind of resource. */
export function ingressRules(resources: Resources): ReadonlyMap<string, readonly Rule[]> {
  const separate = resources
    .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    .flatMap((each) => rulesOf(resources, each, each.inputs, text(each, "securityGroupId"), "ipProtocol"));
  const older = resources
    .ofType("aws:ec2/securityGroupRule:SecurityGroupRule")
    .filter((each) => text(each, "type") === "ingress")
    .flatMap((each) => rulesOf(resources, each, each.inputs, text(each, "securityGroupId"), "protocol"));
  const inside = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"]
    .flatMap((type) => resources.ofType(type))
    .flatMap((group) =>
      items(group, "ingress").flatMap((ingress) => rulesOf(resources, group, ingress, group.id, "protocol")),
    );
  return grouped([...separate, ...older, ...inside], ({ groupId }) => groupId);
}

/** One for each source that the rule lists: a prefix list of ours stands for its blocks. */
function rulesOf(
  resources: Resources,
  { name }: ModelResource,
  properties: Properties,
  groupId: string,
  protocolIn: string,
): Rule[] {
  const at = { inputs: properties };
  const single = ["cidrIpv4", "cidrIpv6", "referencedSecurityGroupId", "prefixListId", "sourceSecurityGroupId"];
  const several = ["cidrBlocks", "ipv6CidrBlocks", "securityGroups", "prefixListIds"];
  const sources = [
    ...single.map((property) => text(at, property)).filter((source) => source !== ""),
    ...several.flatMap((property) => texts(at, property)),
    ...(properties["self"] === true ? [groupId] : []),
  ].flatMap((source) => prefixListBlocks(resources, source) ?? [source]);
  const protocol = protocolNamed(text(at, protocolIn));
  const port = (property: string, otherwise: number): number =>
    protocol === "-1" ? otherwise : Number(properties[property] ?? otherwise);
  return sources.map((source) => ({
    resource: name,
    groupId,
    source,
    protocol,
    fromPort: port("fromPort", 0),
    toPort: port("toPort", 65535),
  }));
}

/** Numbers of IANA's, which rules take as well as names, in any case. */
const NUMBERED: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", all: "-1" };

function protocolNamed(given: string): string {
  const protocol = given.toLowerCase();
  return NUMBERED[protocol] ?? protocol;
}

/**
 * The rule that lets a block in, whole. Groups are allow lists, and they are stateful: an answer needs no rule (Amazon
 * VPC User Guide, "Security groups").
 */
export function admits(rules: readonly Rule[], sourceBlock: string, { protocol, port }: Port): Rule | undefined {
  return rules.find(
    (rule) =>
      (rule.protocol === protocol || rule.protocol === "-1") &&
      rule.fromPort <= port &&
      port <= rule.toPort &&
      contains(rule.source, sourceBlock),
  );
}
