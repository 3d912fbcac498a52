import { type Grant, on, type Scope } from "./grants";

const MODULE = "aws:networkfirewall";

/** Grant for the hub's firewall, its policy and its rule groups, by the names that Pulumi derives from the stack's. */
export function firewallGrant(scope: Scope): Grant {
  const { firewalls, policies, ruleGroups } = firewallArns(scope);
  return {
    types: [
      `${MODULE}/firewall:Firewall`,
      `${MODULE}/firewallPolicy:FirewallPolicy`,
      `${MODULE}/loggingConfiguration:LoggingConfiguration`,
      `${MODULE}/ruleGroup:RuleGroup`,
    ],
    statements: [
      on(
        "KeepFirewall",
        [
          "network-firewall:AssociateAvailabilityZones",
          "network-firewall:AssociateFirewallPolicy",
          "network-firewall:CreateFirewall",
          "network-firewall:DeleteFirewall",
          "network-firewall:DisassociateAvailabilityZones",
          "network-firewall:UpdateFirewallDeleteProtection",
          "network-firewall:UpdateLoggingConfiguration",
        ],
        firewalls,
      ),
      on(
        "KeepFirewallPolicies",
        [
          "network-firewall:AssociateFirewallPolicy",
          "network-firewall:CreateFirewall",
          "network-firewall:CreateFirewallPolicy",
          "network-firewall:DeleteFirewallPolicy",
          "network-firewall:UpdateFirewallPolicy",
        ],
        policies,
      ),
      on(
        "KeepRuleGroups",
        ["network-firewall:CreateRuleGroup", "network-firewall:DeleteRuleGroup", "network-firewall:UpdateRuleGroup"],
        ruleGroups,
      ),
      // A policy names its rule groups: those of the stack, and those of AWS.
      on(
        "UseRuleGroups",
        ["network-firewall:CreateFirewallPolicy", "network-firewall:UpdateFirewallPolicy"],
        [ruleGroups, `arn:aws:network-firewall:${scope.region}:aws-managed:stateful-rulegroup/*`],
      ),
      on(
        "TagFirewall",
        ["network-firewall:TagResource", "network-firewall:UntagResource"],
        [firewalls, policies, ruleGroups],
      ),
    ],
  };
}

/** Patterns of the ARNs of the stack's firewall, policy and rule groups. */
export function firewallArns({ account, region, stack }: Pick<Scope, "account" | "region" | "stack">) {
  const arn = (kind: string): string => `arn:aws:network-firewall:${region}:${account}:${kind}/${stack}-*`;
  return { firewalls: arn("firewall"), policies: arn("firewall-policy"), ruleGroups: arn("stateful-rulegroup") };
}
