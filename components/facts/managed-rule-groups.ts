/**
 * Stateful rule groups that AWS manages and offers without a further charge, without `StrictOrder` at the end of their names
 * (AWS Network Firewall Developer Guide, "AWS domain and IP managed rule groups" and "AWS threat signature managed rule
 * groups", November 2026). Active threat defense is left out, because AWS charges for it.
 */
export const MANAGED_RULE_GROUPS: readonly string[] = [
  "AbusedLegitBotNetCommandAndControlDomains",
  "AbusedLegitMalwareDomains",
  "BotNetCommandAndControlDomains",
  "MalwareDomains",
  ...[
    ...["Botnet", "BotnetWeb", "BotnetWindows", "DoS", "EmergingEvents", "Exploits", "FUP", "IOC", "Malware"],
    ...["MalwareCoinmining", "MalwareMobile", "MalwareWeb", "Phishing", "Scanners", "Suspect", "WebAttacks"],
  ].map((name) => `ThreatSignatures${name}`),
];

/**
 * Largest number of stateful rule groups of a policy (AWS Network Firewall Developer Guide, "AWS Network Firewall quotas").
 * AWS does not raise it.
 */
export const MAX_RULE_GROUPS = 20;

/** ARN of a managed rule group, in the form for policies with strict order. */
export function managedRuleGroupArn(name: string, region: string): string {
  return `arn:aws:network-firewall:${region}:aws-managed:stateful-rulegroup/${name}StrictOrder`;
}
