import type { ModelResource } from "../../model/resource";
import { Resources } from "../../model/topology/resources";
import {
  describeSource,
  readIngressRules,
  type IngressRule,
  type RuleSource,
} from "../../model/topology/security-groups";
import { addition, told, type Find } from "./addition";

/** Unmanaged inbound rules of a security group. */
export const rulesOf: Find = (group, managed) => {
  const known = (managed.rules.get(group.id) ?? []).map(inWords);
  return rulesTold(group)
    .filter((rule) => !known.includes(inWords(rule)))
    .map((rule) => unmanaged(group, rule));
};

/** All inbound rules in the group's outputs. */
function rulesTold(group: ModelResource): readonly IngressRule[] {
  const resources = [{ ...group, ...told(group) }];
  return readIngressRules(new Resources({ stacks: [{ name: "", isHub: false, resources }] })).get(group.id) ?? [];
}

function unmanaged(group: ModelResource, rule: IngressRule) {
  const { source, protocol, fromPort, toPort } = rule;
  const inputs = {
    ...{ securityGroupId: group.id, [PROPERTIES[source.kind]]: describeSource(source) },
    ...{ ipProtocol: protocol, fromPort, toPort },
  };
  return addition(group, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", inputs, inWords(rule));
}

const PROPERTIES: Readonly<Record<RuleSource["kind"], string>> = {
  ...{ IPv4: "cidrIpv4", IPv6: "cidrIpv6" },
  ...{ "security group": "referencedSecurityGroupId", "prefix list": "prefixListId" },
};

function inWords({ source, protocol, fromPort, toPort }: IngressRule): string {
  if (protocol === "-1") return `all traffic from ${describeSource(source)}`;
  return `${protocol} ${String(fromPort)}${toPort === fromPort ? "" : `-${String(toPort)}`} from ${describeSource(source)}`;
}
