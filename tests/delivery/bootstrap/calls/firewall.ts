import { of, type CallsByType } from "./calls";

const firewall = of("network-firewall", (stack) => `firewall/${stack}-inspection-1a2b3c4`);
const policy = of("network-firewall", (stack) => `firewall-policy/${stack}-inspection-policy-1a2b3c4`);
const ruleGroup = of("network-firewall", (stack) => `stateful-rulegroup/${stack}-inspection-policy-networks-1a2b3c4`);

/** For the hub's firewall. */
export const FIREWALL_CALLS: CallsByType = {
  "aws:networkfirewall/firewall:Firewall": [
    {
      make: "network-firewall:CreateFirewall network-firewall:TagResource",
      change:
        "network-firewall:AssociateAvailabilityZones network-firewall:DisassociateAvailabilityZones " +
        "network-firewall:AssociateFirewallPolicy network-firewall:UpdateFirewallDeleteProtection " +
        "network-firewall:DeleteFirewall network-firewall:UntagResource",
      read: "network-firewall:DescribeFirewall",
      arn: firewall,
    },
    // The policy is named in the same calls.
    { make: "network-firewall:CreateFirewall", change: "network-firewall:AssociateFirewallPolicy", arn: policy },
  ],
  "aws:networkfirewall/firewallPolicy:FirewallPolicy": [
    {
      make: "network-firewall:CreateFirewallPolicy network-firewall:TagResource",
      change:
        "network-firewall:UpdateFirewallPolicy network-firewall:DeleteFirewallPolicy network-firewall:UntagResource",
      read: "network-firewall:DescribeFirewallPolicy",
      arn: policy,
    },
    // It names rule groups, of the stack and of AWS.
    {
      make: "network-firewall:CreateFirewallPolicy",
      change: "network-firewall:UpdateFirewallPolicy",
      read: "network-firewall:DescribeFirewallPolicy",
      arn: ruleGroup,
    },
    {
      make: "network-firewall:CreateFirewallPolicy",
      change: "network-firewall:UpdateFirewallPolicy",
      arn: ({ region }) =>
        `arn:aws:network-firewall:${region}:aws-managed:stateful-rulegroup/MalwareDomainsStrictOrder`,
    },
  ],
  "aws:networkfirewall/loggingConfiguration:LoggingConfiguration": [
    {
      make: "network-firewall:UpdateLoggingConfiguration",
      change: "network-firewall:UpdateLoggingConfiguration",
      read: "network-firewall:DescribeLoggingConfiguration",
      arn: firewall,
    },
    // It sends logs to the archive by AWS's log delivery, as flow logs do.
    { make: "logs:CreateLogDelivery logs:ListLogDeliveries", change: "logs:DeleteLogDelivery" },
  ],
  "aws:networkfirewall/ruleGroup:RuleGroup": [
    {
      make: "network-firewall:CreateRuleGroup network-firewall:TagResource",
      change: "network-firewall:UpdateRuleGroup network-firewall:DeleteRuleGroup network-firewall:UntagResource",
      read: "network-firewall:DescribeRuleGroup",
      arn: ruleGroup,
    },
  ],
};
