import {
  all,
  assigned,
  chosen,
  described,
  encryption,
  type LiveTable,
  liveTable,
  logs,
  performance,
  reach,
  within,
} from "./rule";

/** AWS encrypts the configuration with a key of its own. The provider may leave out the key's id. */
const OWN_KEY = encryption({ type: "AWS_OWNED_KMS_KEY" }, { keyId: "AWS_OWNED_KMS_KEY", type: "AWS_OWNED_KMS_KEY" });

/**
 * A firewall of AWS Network Firewall, its policy and rule groups, and its logs.
 *
 * Sources of the defaults: the provider's descriptions of the properties; AWS Network Firewall API Reference, FirewallPolicy and
 * StatefulEngineOptions.
 */
export const FIREWALL_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:networkfirewall/firewall:Firewall": liveTable({
    ...all.reach("availabilityZoneMappings firewallPolicyArn subnetMappings transitGatewayId"),
    ...all.lifecycle(`
      availabilityZoneChangeProtection deleteProtection firewallPolicyChangeProtection subnetChangeProtection`),
    ...all.assigned("firewallStatuses transitGatewayOwnerAccountId"),
    ...all.counter("updateToken"),
    ...all.fixed("name vpcId"),
    description: described,
    enabledAnalysisTypes: logs(),
    encryptionConfiguration: OWN_KEY,
  }),
  "aws:networkfirewall/firewallPolicy:FirewallPolicy": liveTable({
    ...all.counter("updateToken"),
    ...all.fixed("name"),
    description: described,
    encryptionConfiguration: OWN_KEY,
    firewallPolicy: within(reach(), {
      statefulEngineOptions: within(reach(), { flowTimeouts: performance({ tcpIdleTimeoutSeconds: 350 }) }),
      // Only managed groups for active threats have it.
      statefulRuleGroupReferences: within(reach(), { deepThreatInspection: chosen }),
    }),
  }),
  "aws:networkfirewall/ruleGroup:RuleGroup": liveTable({
    ...all.reach("ruleGroup rules"),
    ...all.counter("updateToken"),
    ...all.fixed("capacity name type"),
    description: described,
    encryptionConfiguration: OWN_KEY,
  }),
  "aws:networkfirewall/loggingConfiguration:LoggingConfiguration": liveTable({
    ...all.logs("enableMonitoringDashboard loggingConfiguration"),
    firewallArn: assigned,
  }),
};
