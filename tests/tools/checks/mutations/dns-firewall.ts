import { idOf, withInputs, without, withResource } from "../../../support/modifications";
import { LISTS } from "../../../support/dns-firewall";
import { on, vpc, type Mutation } from "./mutation";

const ROUTE53 = "route53/resolverFirewall";
const RULE = `${ROUTE53}Rule:ResolverFirewallRule`;
const GROUP = `${ROUTE53}RuleGroup:ResolverFirewallRuleGroup`;
const ASSOCIATION = `${ROUTE53}RuleGroupAssociation:ResolverFirewallRuleGroupAssociation`;
const DOMAIN_LIST = `${ROUTE53}DomainList:ResolverFirewallDomainList`;
const COVERS = "dns-firewall-covers-networks";
const MODELED = "paths-are-fully-modeled";
const [one, two] = LISTS;
const group = idOf(`aws:${GROUP}`, "dev");

/** A further rule of the rule group. */
const rule = (name: string, inputs: Parameters<typeof withResource>[2]) =>
  withResource(`aws:${RULE}`, name, { name, firewallRuleGroupId: group, ...inputs });

/** Mistakes in a plan in which dev blocks two lists and allows api.example.com. */
export const OF_A_FIREWALL: readonly Mutation[] = [
  on("dev", "a rule group without a VPC", [COVERS], without(ASSOCIATION, "dev")),
  on("dev", "a rule group of the hub's VPC", [COVERS], withInputs(ASSOCIATION, "dev", { vpcId: vpc("hub") })),
  on(
    "dev",
    "a rule group of a VPC in no stack",
    [COVERS, MODELED],
    withInputs(ASSOCIATION, "dev", { vpcId: "vpc-0123" }),
  ),
  on(
    "dev",
    "a rule group that another account shares",
    [COVERS, MODELED],
    withInputs(ASSOCIATION, "dev", { firewallRuleGroupId: "rslvr-frg-0123" }),
  ),
  on("dev", "a rule that allows a list", [COVERS], withInputs(RULE, `dev-${one}`, { action: "ALLOW" })),
  on("dev", "a rule that only alerts", [COVERS], withInputs(RULE, `dev-${two}`, { action: "ALERT" })),
  on("dev", "a list without a rule", [COVERS], without(RULE, `dev-${one}`)),
  on(
    "dev",
    "a rule for an unknown list",
    [COVERS],
    withInputs(RULE, `dev-${one}`, { firewallDomainListId: "rslvr-fdl-1" }),
  ),
  on(
    "dev",
    "a rule for names that look generated instead of a list",
    [COVERS, MODELED],
    withInputs(RULE, `dev-${one}`, {
      firewallDomainListId: "",
      dnsThreatProtection: "DGA",
      confidenceThreshold: "HIGH",
    }),
  ),
  on(
    "dev",
    "a rule that answers with another name",
    [COVERS, MODELED],
    withInputs(RULE, `dev-${one}`, { blockResponse: "OVERRIDE", blockOverrideDomain: "sink.example.com" }),
  ),
  on(
    "dev",
    "a rule that allows another list before them",
    [COVERS],
    rule("dev-other", { action: "ALLOW", priority: 2, firewallDomainListId: "rslvr-fdl-2" }),
  ),
  on(
    "dev",
    "a rule that alerts on a list before them, which then blocks nothing of it",
    [COVERS],
    rule("dev-other", { action: "ALERT", priority: 2, firewallDomainListId: "rslvr-fdl-2" }),
  ),
  on(
    "dev",
    "an allowed domain that the configuration does not name",
    [COVERS],
    withInputs(DOMAIN_LIST, "dev-allowed", { domains: ["api.example.com.", "*.com."] }),
  ),
  on("dev", "an allowed domain after the lists", [COVERS], withInputs(RULE, "dev-allowed", { priority: 9899 })),
  on(
    "dev",
    "a second rule group that allows names before the first",
    [COVERS],
    withResource(`aws:${GROUP}`, "dev-open", { name: "dev-open" }),
    withResource(`aws:${ASSOCIATION}`, "dev-open", {
      vpcId: vpc("dev"),
      firewallRuleGroupId: idOf(`aws:${GROUP}`, "dev-open"),
      priority: 100,
    }),
    withResource(`aws:${RULE}`, "dev-open", {
      ...{ action: "ALLOW", priority: 1, firewallDomainListId: "rslvr-fdl-2" },
      firewallRuleGroupId: idOf(`aws:${GROUP}`, "dev-open"),
    }),
  ),
  on(
    "dev",
    "a rule that blocks names of our own list",
    [MODELED],
    withResource(`aws:${DOMAIN_LIST}`, "dev-bad", { domains: ["*.piksel.internal."] }),
    rule("dev-bad", {
      ...{ action: "BLOCK", blockResponse: "NXDOMAIN", priority: 9899 },
      firewallDomainListId: idOf(`aws:${DOMAIN_LIST}`, "dev-bad"),
    }),
  ),
];

/** Changes that no check covers, and why. */
export const OF_A_FIREWALL_ALLOWED: readonly Mutation[] = [
  on(
    "dev",
    "a firewall that fails closed: npm run verify reports the difference",
    [],
    withInputs(`${ROUTE53}Config:ResolverFirewallConfig`, "dev", { firewallFailOpen: "DISABLED" }),
  ),
  on(
    "dev",
    "a further list after them",
    [],
    rule("dev-more", { action: "ALERT", priority: 9899, firewallDomainListId: "rslvr-fdl-2" }),
  ),
];
