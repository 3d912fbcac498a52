import type { ModelResource } from "../../model/resource";
import { Resources } from "../../model/topology/resources";
import { ingressRules, type Rule } from "../../model/topology/security-groups";
import { addition, told, type Find } from "./addition";

/** Unmanaged inbound rules of a security group. */
export const rulesOf: Find = (group, managed) => {
  const known = (managed.rules.get(group.id) ?? []).map(inWords);
  return rulesTold(group)
    .filter((rule) => !known.includes(inWords(rule)))
    .map((rule) => unmanaged(group, rule));
};

/** All inbound rules in the group's outputs. */
function rulesTold(group: ModelResource): readonly Rule[] {
  const resources = [{ ...group, ...told(group) }];
  return ingressRules(new Resources({ stacks: [{ name: "", isHub: false, resources }] })).get(group.id) ?? [];
}

function unmanaged(group: ModelResource, rule: Rule) {
  const { source, protocol, fromPort, toPort } = rule;
  const inputs = { securityGroupId: group.id, [propertyOf(source)]: source, ipProtocol: protocol, fromPort, toPort };
  return addition(group, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", inputs, inWords(rule));
}

function propertyOf(source: string): string {
  if (source.includes(":")) return "cidrIpv6";
  if (source.includes("/")) return "cidrIpv4";
  return source.startsWith("pl-") ? "prefixListId" : "referencedSecurityGroupId";
}

function inWords({ source, protocol, fromPort, toPort }: Rule): string {
  if (protocol === "-1") return `all traffic from ${source}`;
  return `${protocol} ${String(fromPort)}${toPort === fromPort ? "" : `-${String(toPort)}`} from ${source}`;
}
