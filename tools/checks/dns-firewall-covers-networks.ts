import type { DnsFirewall } from "../../components/settings/settings";
import { type ModelResource, type StackResources, text, texts } from "../model/resource";
import { networksOf, topologyOf, type VpcNetwork } from "../model/topology/topology";
import { finding, resourcesOfType, type NetworkCheck, type Observation } from "./shared/check";

const ASSOCIATION = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation";
const RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule";
const DOMAIN_LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList";

/** It applies to the networks whose configuration has a firewall. */
export const dnsFirewallCoversNetworks: NetworkCheck = {
  name: "dns-firewall-covers-networks",
  sentence: "DNS Firewall matches the queries of each VPC that has it with the configured domain lists.",
  check(stack, all) {
    const settings = all.firewalls?.get(stack.name);
    const networks = networksOf(topologyOf(all), stack);
    if (settings === undefined || networks.length === 0) return undefined;
    return finding(networks.map((vpc) => observeFirewall(vpc, stack, settings)));
  },
};

function observeFirewall({ id, name }: VpcNetwork, stack: StackResources, settings: DnsFirewall): Observation {
  const rules = rulesOf(id, stack);
  const problems = [...missingRules(rules, settings), ...earlierRules(rules, stack, settings)];
  const [problem] = problems;
  const lists = `${String(settings.domainLists.length)} domain ${settings.domainLists.length === 1 ? "list" : "lists"}`;
  return {
    passed: problem === undefined,
    evidence: `VPC ${name}: ${problem ?? `DNS Firewall has ${ACTIONS[settings.mode]} for ${lists}`}`,
  };
}

const ACTIONS = { alert: "ALERT", block: "BLOCK" } as const;

/**
 * The rules of all rule groups of a VPC, in the order of evaluation: the first match decides (Amazon Route 53 Developer
 * Guide, "How Route 53 Resolver DNS Firewall works").
 */
function rulesOf(vpcId: string, stack: StackResources): readonly ModelResource[] {
  const associations = resourcesOfType(stack, ASSOCIATION).filter((each) => text(each, "vpcId") === vpcId);
  return inOrder(associations).flatMap((association) => {
    const group = text(association, "firewallRuleGroupId");
    return inOrder(resourcesOfType(stack, RULE).filter((rule) => text(rule, "firewallRuleGroupId") === group));
  });
}

function inOrder(resources: readonly ModelResource[]): readonly ModelResource[] {
  const priority = ({ inputs }: ModelResource): number => Number(inputs["priority"]);
  return [...resources].sort((a, b) => priority(a) - priority(b));
}

function missingRules(rules: readonly ModelResource[], { mode, domainLists }: DnsFirewall): string[] {
  return domainLists.flatMap((list) => {
    const rule = rules.find((each) => text(each, "firewallDomainListId") === list);
    if (rule === undefined) return [`no rule of DNS Firewall has the domain list ${list}`];
    const [action, response] = [text(rule, "action"), text(rule, "blockResponse")];
    if (action !== ACTIONS[mode]) return [`the rule for ${list} has the action ${action}, and dns-firewall is ${mode}`];
    return mode === "block" && response !== "NXDOMAIN"
      ? [`the rule for ${list} answers ${response}, not NXDOMAIN`]
      : [];
  });
}

/** Rules before those for the lists that let other names pass, and allowed domains that no rule lets pass. */
function earlierRules(
  rules: readonly ModelResource[],
  stack: StackResources,
  { mode, domainLists, allowedDomains }: DnsFirewall,
): string[] {
  const isListed = (rule: ModelResource): boolean => domainLists.includes(text(rule, "firewallDomainListId"));
  const domains = (rule: ModelResource): readonly string[] | undefined => {
    const list = resourcesOfType(stack, DOMAIN_LIST).find(({ id }) => id === text(rule, "firewallDomainListId"));
    return list === undefined ? undefined : texts(list, "domains").map((domain) => domain.replace(/\.$/, ""));
  };
  const earlier = rules.slice(0, rules.findLastIndex(isListed) + 1).filter((rule) => !isListed(rule));
  const passing = earlier.filter(
    (rule) => text(rule, "action") === "ALLOW" || (mode === "block" && text(rule, "action") === "ALERT"),
  );
  const foreign = passing.filter(
    (rule) => !(domains(rule)?.every((domain) => allowedDomains.includes(domain)) ?? false),
  );
  const first = rules.slice(0, rules.findIndex(isListed));
  const allowed = first.filter((rule) => text(rule, "action") === "ALLOW").flatMap((rule) => domains(rule) ?? []);
  const blocked = allowedDomains.filter((domain) => !allowed.includes(domain));
  return [
    ...foreign.map(
      ({ name }) =>
        `the rule ${name} lets names pass before the domain lists, which dns-firewall-allowed-domains does not name`,
    ),
    ...(blocked.length === 0 ? [] : [`no rule lets ${blocked.join(", ")} pass before the domain lists`]),
  ];
}
