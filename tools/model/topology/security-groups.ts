import { items, text, texts, type ModelResource, type Properties } from "../resource";
import { block } from "../addresses/blocks";
import { rangesOf, union, type Ranges } from "../addresses/ranges";
import { prefixListBlocks } from "./prefix-lists";
import { grouped, type Resources } from "./resources";
import { protocolNamed, type Port } from "./traffic";

export type SourceKind = "IPv4" | "IPv6" | "group" | "prefix list";

/** What a security group lets in. */
export interface Rule {
  /** The resource that holds it. */
  readonly resource: string;
  readonly groupId: string;
  /** CIDR, or the id of a group or of a prefix list that no stack makes. */
  readonly source: string;
  readonly sourceKind: SourceKind;
  /** By its name, `tcp`, where it is one that is asked for here; `-1`: all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** Rules by the group that they are in: of their own, inside the group, or of the older kind of resource. */
export function ingressRules(resources: Resources): ReadonlyMap<string, readonly Rule[]> {
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
  const listed = Object.entries(SOURCES).flatMap(([property, kind]) =>
    [text(at, property), ...texts(at, property)]
      .filter((source) => source !== "")
      .map((source) => ({ source: kind === "group" ? resources.canonical(source) : source, kind })),
  );
  const own = properties["self"] === true ? [{ source: groupId, kind: "group" as const }] : [];
  const sources = [...listed, ...own].flatMap(({ source, kind }) => {
    const blocks = kind === "prefix list" ? prefixListBlocks(resources, source) : undefined;
    return blocks === undefined ? [{ source, kind }] : blocks.map((each) => ({ source: each, kind: familyOf(each) }));
  });
  const protocol = protocolNamed(text(at, protocolIn));
  const port = (property: string, otherwise: number): number =>
    protocol === "-1" ? otherwise : Number(properties[property] ?? otherwise);
  return sources.map(({ source, kind }) => ({
    resource: name,
    groupId,
    source,
    sourceKind: kind,
    protocol,
    fromPort: port("fromPort", 0),
    toPort: port("toPort", 65535),
  }));
}

/** Properties that hold sources, one or a list, in the order in which they are named. */
const SOURCES: Readonly<Record<string, SourceKind>> = {
  ...{ cidrIpv4: "IPv4", cidrIpv6: "IPv6", referencedSecurityGroupId: "group", prefixListId: "prefix list" },
  ...{ sourceSecurityGroupId: "group", cidrBlocks: "IPv4", ipv6CidrBlocks: "IPv6", securityGroups: "group" },
  prefixListIds: "prefix list",
};

function familyOf(cidr: string): SourceKind {
  return block(cidr) === undefined ? "IPv6" : "IPv4";
}

/** Rules that are for a port. */
export function rulesFor(rules: readonly Rule[], { protocol, port }: Port): Rule[] {
  return rules.filter(
    (rule) => (rule.protocol === protocol || rule.protocol === "-1") && rule.fromPort <= port && port <= rule.toPort,
  );
}

/**
 * Addresses that some rules let in, all rules of all groups together. Groups are allow lists, and they are stateful: an
 * answer needs no rule (Amazon VPC User Guide, "Security groups"). Members of a group are not known from their address.
 */
export function admitted(rules: readonly Rule[], port: Port): Ranges {
  const sources = rulesFor(rules, port).filter(({ sourceKind }) => sourceKind === "IPv4");
  return union(rangesOf(sources.map(({ source }) => source)));
}
