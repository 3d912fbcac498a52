import { MANAGED_RULE_GROUPS, MAX_RULE_GROUPS } from "../facts/managed-rule-groups";
import type { Faults, Rule } from "./faults";
import type { Fields } from "./fields";
import type { InspectionSettings } from "./settings";

/** Rule groups of the program itself: for traffic between networks, and for domains. */
const OWN_GROUPS = 2;

/**
 * Reads the keys of the firewall.
 *
 * @param centralEgress the key `central-egress`; undefined when it has a fault
 * @returns undefined if a key has a fault, which is recorded
 */
export function decodeInspection(
  fields: Fields,
  centralEgress: boolean | undefined,
  faults: Faults,
): InspectionSettings | undefined {
  const enabled = fields.boolean("inspection");
  const ruleGroups = fields.list("inspection-rule-groups", ruleGroupRule);
  const domains = fields.list("inspection-domains", inspectedDomainRule);
  if (enabled === true && centralEgress === false) {
    faults.add("inspection", enabled, "needs the NAT gateways of the hub; set central-egress to true as well");
  }
  const most = MAX_RULE_GROUPS - OWN_GROUPS;
  if (ruleGroups !== undefined && ruleGroups.length > most) {
    const advice = `must list at most ${most}: a policy has ${MAX_RULE_GROUPS} at most, and the program adds two`;
    faults.add("inspection-rule-groups", "…", `lists ${ruleGroups.length}; ${advice}`);
  }
  if (enabled === undefined || ruleGroups === undefined || domains === undefined) return undefined;
  return { enabled, ruleGroups, domains };
}

/** What {@link inspectionWarnings} depends on. */
interface InspectionChoices {
  readonly inspection: InspectionSettings;
  readonly region: string;
}

/** Warnings about a list of domains that changes nothing, or that stops nodes. */
export function inspectionWarnings({ inspection: { enabled, domains }, region }: InspectionChoices): string[] {
  if (domains.length === 0) return [];
  if (!enabled) return ["inspection-domains lists domains, which changes nothing: inspection is false"];
  const services = `.${region}.amazonaws.com`;
  if (domains.includes(services) || domains.includes(".amazonaws.com")) return [];
  return [
    `inspection-domains does not list ${services}: nodes, add-ons and Karpenter of spokes with egress hub call AWS services ` +
      "there, apart from those in shared-endpoints; add it, or list each service that they call",
  ];
}

/** A rule group that AWS manages, for strict order. */
const ruleGroupRule: Rule = (name) =>
  MANAGED_RULE_GROUPS.includes(name)
    ? undefined
    : `must be a rule group of AWS, without StrictOrder at the end: ${MANAGED_RULE_GROUPS.join(", ")}`;

/** A domain, or all of its subdomains (AWS Network Firewall API Reference, RulesSourceList). */
const inspectedDomainRule: Rule = (text) =>
  /^(?=.{1,254}$)\.?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
    ? undefined
    : "must be a domain in lower case, such as example.com, or .example.com with all subdomains";
