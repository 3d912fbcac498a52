import {
  items,
  type ModelResource,
  type Properties,
  type StackResources,
  text,
  textIn,
  texts,
} from "../model/resource";
import { Resources } from "../model/topology/resources";
import { describeSource, readIngressRules, type IngressRule, type RuleSource } from "../model/topology/packet-filters";
import type { Concern } from "./live/rule";

/**
 * Something that exists on a resource of a stack but belongs to no stack, such as a route added in the console. It has the
 * form of a Pulumi resource, so that the checks include it.
 */
export interface UnmanagedItem extends ModelResource {
  /** The resource that has it: a route table, a security group, a role, a hosted zone. */
  readonly on: ModelResource;
  /** Short description: `10.3.0.0/16 → tgw-1`. */
  readonly words: string;
  /** What it affects. */
  readonly concern: Concern;
}

/** The resources of all stacks, which are managed. */
interface Managed {
  readonly resources: Resources;
  /** By the id of the security group. */
  readonly rules: ReadonlyMap<string, readonly IngressRule[]>;
}

/** Finds what a resource has in AWS and no stack manages. */
type Find = (on: ModelResource, managed: Managed) => readonly UnmanagedItem[];

/**
 * Finds what was added to the stacks' resources in the console or by another program, by stack. A refresh writes it into the
 * outputs of the resource.
 */
export function findUnmanaged(stacks: readonly StackResources[]): ReadonlyMap<string, readonly UnmanagedItem[]> {
  const resources = new Resources({ stacks });
  const managed = { resources, rules: readIngressRules(resources) };
  return new Map(
    stacks.map((stack) => [
      stack.name,
      stack.resources.flatMap((each) => (FINDERS.get(each.type) ?? []).flatMap((find) => find(each, managed))),
    ]),
  );
}

const ROUTE = "aws:ec2/route:Route";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const INLINE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ASSOCIATION = "aws:route53/zoneAssociation:ZoneAssociation";

/** Names of the destination in an inline route, and in a separate Route resource. */
const DESTINATIONS: ReadonlyMap<string, string> = new Map([
  ["cidrBlock", "destinationCidrBlock"],
  ["ipv6CidrBlock", "destinationIpv6CidrBlock"],
  ["destinationPrefixListId", "destinationPrefixListId"],
]);

/**
 * Unmanaged routes of a route table. A table has one route per destination, so the destination identifies managed routes;
 * their targets are compared separately. The provider omits the local route, and routes of gateway endpoints and of
 * virtual private gateways (terraform-provider-aws, flattenRoutes).
 */
const findRoutes: Find = (table, { resources }) => {
  const names = [...DESTINATIONS.keys()];
  const separate = resources
    .ofType(ROUTE)
    .filter((route) => text(route, "routeTableId") === table.id)
    .map(({ inputs }) => destinationIn(inputs, [...DESTINATIONS.values()]));
  const managed = [...separate, ...items(table, "routes").map((route) => destinationIn(route, names))];
  return items(observed(table), "routes").flatMap((route) => {
    const destination = destinationIn(route, names);
    if (managed.includes(destination)) return [];
    const set = Object.entries(route).filter(([, value]) => typeof value === "string" && value !== "");
    const inputs = Object.fromEntries(set.map(([name, value]) => [DESTINATIONS.get(name) ?? name, value]));
    const [, target = "no target"] = set.find(([name]) => !DESTINATIONS.has(name)) ?? [];
    return [unmanaged(table, ROUTE, { routeTableId: table.id, ...inputs }, `${destination} → ${String(target)}`)];
  });
};

/** The one destination of a route; empty if it has none of these properties. */
function destinationIn(route: Properties, names: readonly string[]): string {
  return names.map((name) => textIn(route, name)).find((value) => value !== "") ?? "";
}

/** Unmanaged inbound rules of a security group. */
const findRules: Find = (group, { rules }) => {
  const known = (rules.get(group.id) ?? []).map(ruleInWords);
  const resources = [{ ...group, ...observed(group) }];
  const all = readIngressRules(new Resources({ stacks: [{ name: "", isHub: false, resources }] })).get(group.id) ?? [];
  return all
    .filter((rule) => !known.includes(ruleInWords(rule)))
    .map((rule) => {
      const { source, protocol, fromPort, toPort } = rule;
      const inputs = {
        securityGroupId: group.id,
        [SOURCE_PROPERTIES[source.kind]]: describeSource(source),
        ipProtocol: protocol,
      };
      const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
      return unmanaged(group, type, { ...inputs, fromPort, toPort }, ruleInWords(rule));
    });
};

/** The property of an ingress rule that names its source, by the kind of source. */
const SOURCE_PROPERTIES: Readonly<Record<RuleSource["kind"], string>> = {
  IPv4: "cidrIpv4",
  IPv6: "cidrIpv6",
  "prefix list": "prefixListId",
  "security group": "referencedSecurityGroupId",
};

function ruleInWords({ source, protocol, fromPort, toPort }: IngressRule): string {
  if (protocol === "-1") return `all traffic from ${describeSource(source)}`;
  return `${protocol} ${String(fromPort)}${toPort === fromPort ? "" : `-${String(toPort)}`} from ${describeSource(source)}`;
}

/** Unmanaged policies attached to a role. */
const findManagedPolicies: Find = (role, { resources }) => {
  const attached = ofRole(role, resources.ofType(ATTACHMENT)).map((each) => text(each, "policyArn"));
  const known = [...attached, ...texts(role, "managedPolicyArns")];
  return texts(observed(role), "managedPolicyArns")
    .filter((policyArn) => !known.includes(policyArn))
    .map((policyArn) => unmanaged(role, ATTACHMENT, { role: role.id, policyArn }, policyArn));
};

/** Unmanaged inline policies of a role. */
const findInlinePolicies: Find = (role, { resources }) => {
  const separate = ofRole(role, resources.ofType(INLINE_POLICY)).map((each) => text(each, "name"));
  const known = [...separate, ...items(role, "inlinePolicies").map((policy) => textIn(policy, "name"))];
  return items(observed(role), "inlinePolicies")
    .map((policy) => ({ name: textIn(policy, "name"), policy: textIn(policy, "policy") }))
    .filter(({ name }) => name !== "" && !known.includes(name))
    .map(({ name, policy }) => unmanaged(role, INLINE_POLICY, { role: role.id, policy }, `inline policy ${name}`));
};

function ofRole(role: ModelResource, all: readonly ModelResource[]): readonly ModelResource[] {
  return all.filter((each) => [role.id, text(role, "name")].includes(text(each, "role")));
}

/**
 * VPCs associated with a hosted zone that no stack associated with it: neither the zone's own stack nor another one. This
 * includes the VPC of a stack without an export, because it cannot be distinguished from an unknown VPC.
 */
const findVpcs: Find = (zone, { resources }) => {
  const stack = resources.stackOf(zone);
  const own = resources.ofType("aws:ec2/vpc:Vpc").filter((vpc) => resources.stackOf(vpc) === stack);
  const associations = resources.ofType(ASSOCIATION).filter((each) => text(each, "zoneId") === zone.id);
  const known = [...own.map(({ id }) => id), ...associations.map((each) => text(each, "vpcId"))];
  return items(observed(zone), "vpcs")
    .filter((vpc) => !known.includes(textIn(vpc, "vpcId")))
    .map(({ vpcId, vpcRegion }) => {
      const words = `${String(vpcId)}, which is not in an exported stack`;
      return unmanaged(zone, ASSOCIATION, { zoneId: zone.id, vpcId, vpcRegion }, words);
    });
};

const FINDERS: ReadonlyMap<string, readonly Find[]> = new Map([
  ["aws:ec2/routeTable:RouteTable", [findRoutes]],
  ["aws:ec2/defaultRouteTable:DefaultRouteTable", [findRoutes]],
  ["aws:ec2/securityGroup:SecurityGroup", [findRules]],
  ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", [findRules]],
  ["aws:iam/role:Role", [findManagedPolicies, findInlinePolicies]],
  ["aws:route53/zone:Zone", [findVpcs]],
]);

/** The outputs of a resource, in the place of its inputs. */
function observed({ outputs = {} }: ModelResource): { readonly inputs: Properties } {
  return { inputs: outputs };
}

/** An unmanaged item, with the type and inputs that a program would give it. */
function unmanaged(on: ModelResource, type: string, inputs: Properties, words: string): UnmanagedItem {
  const concern = type.startsWith("aws:iam/") ? "access" : "reach";
  return { on, type, name: `${on.name} (added outside Pulumi)`, id: "", inputs, words, concern };
}
