import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ALLOW_PRIORITY, rulePriorities } from "../settings/dns-firewall";
import type { DnsFirewall as Settings } from "../settings/settings";

export interface DnsFirewallArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Plain values, because they decide which rules exist. */
  readonly settings: Settings;
}

/**
 * Priority of the rule group among those of the VPC, a low one, so that it comes first: AWS allows values between 100 and
 * 9900 (Amazon Route 53 API Reference, AssociateFirewallRuleGroup).
 */
const GROUP_PRIORITY = 101;

/**
 * Route 53 Resolver DNS Firewall of a VPC: a rule group with a rule for each of AWS's managed domain lists, and before them
 * one for the allowed domains.
 *
 * A query for a name in a list is logged with the rule's action, and with `block` answered with NXDOMAIN. The firewall sees all
 * queries that the VPC's Resolver gets, also those of other networks through an inbound endpoint (Amazon Route 53 Developer
 * Guide, "How Route 53 Resolver DNS Firewall works").
 */
export class DnsFirewall extends pulumi.ComponentResource {
  constructor(name: string, { vpcId, settings }: DnsFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:network:DnsFirewall", name, {}, opts);
    const mine = { parent: this };
    const tags = { Name: name };

    const group = new aws.route53.ResolverFirewallRuleGroup(name, { name, tags }, mine);
    const firewallRuleGroupId = group.id;
    const allowed = this.allow(name, firewallRuleGroupId, settings.allowedDomains);
    const listed = [...rulePriorities(settings.domainLists)].map(
      ([firewallDomainListId, priority]) =>
        new aws.route53.ResolverFirewallRule(
          `${name}-${firewallDomainListId}`,
          {
            name: firewallDomainListId,
            firewallRuleGroupId,
            firewallDomainListId,
            priority,
            ...ACTIONS[settings.mode],
          },
          mine,
        ),
    );
    // Open, because the lists name what is known to be bad: if DNS Firewall fails, a name of them resolves for a while. Closed, which is
    // AWS's default, no name at all would resolve (the same guide, "DNS Firewall VPC configuration").
    const failure = new aws.route53.ResolverFirewallConfig(
      name,
      { resourceId: vpcId, firewallFailOpen: "ENABLED" },
      mine,
    );
    new aws.route53.ResolverFirewallRuleGroupAssociation(
      name,
      { name, firewallRuleGroupId, vpcId, priority: GROUP_PRIORITY, tags },
      { ...mine, dependsOn: [...allowed, ...listed, failure] },
    );
    this.registerOutputs({});
  }

  /** @returns the rule for allowed domains; none if there are none */
  private allow(
    name: string,
    firewallRuleGroupId: pulumi.Output<string>,
    allowedDomains: Settings["allowedDomains"],
  ): aws.route53.ResolverFirewallRule[] {
    if (allowedDomains.length === 0) return [];
    const own = `${name}-allowed`;
    const mine = { parent: this };
    const list = new aws.route53.ResolverFirewallDomainList(
      own,
      // AWS returns domains with their final dot, and the provider compares them as they are.
      { name: own, domains: allowedDomains.map((domain) => `${domain}.`), tags: { Name: own } },
      mine,
    );
    return [
      new aws.route53.ResolverFirewallRule(
        own,
        {
          name: own,
          firewallRuleGroupId,
          firewallDomainListId: list.id,
          priority: ALLOW_PRIORITY,
          action: "ALLOW",
          // An allowed name may be an alias of another, which nobody has to know (Amazon Route 53 API Reference, CreateFirewallRule).
          firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
        },
        mine,
      ),
    ];
  }
}

/** The action of a rule by mode (Amazon Route 53 Developer Guide, "Rule actions in DNS Firewall"). */
const ACTIONS = {
  alert: { action: "ALERT" },
  block: { action: "BLOCK", blockResponse: "NXDOMAIN" },
} as const;
