import { expect } from "chai";
import type { Changes } from "../../../tools/planner/changes/changes";
import { plan } from "../../../tools/planner/plan";
import { LISTS, withFirewall } from "../../support/dns-firewall";
import { changes, project, register, stack, withConfig, withNetworks } from "../../support/plans";

const nothing: Changes = { create: [], update: [], replace: [], delete: [] };
const ROUTE53 = "aws:route53/resolverFirewall";
const [one, two] = LISTS;

/** Inputs of the firewall's resources by `TYPE::NAME`. */
async function inputsOf(mode: "alert" | "block", allowed: string[]): Promise<Record<string, unknown>> {
  const { resources } = stack(await plan(withFirewall(project, "dev", mode, allowed)), "dev");
  return Object.fromEntries(
    resources
      .filter(({ type }) => type.startsWith(ROUTE53))
      .map(({ type, name, inputs }) => [`${type.split(":").at(-1) ?? ""}::${name}`, inputs]),
  );
}

describe("dns-firewall", () => {
  it("makes a rule group with a rule for each list, and nothing else in any stack", async () => {
    const { dev, ...others } = await changes(project, withFirewall(project, "dev", "alert"));
    expect(dev).to.deep.equal({
      ...nothing,
      create: [
        "piksel:network:DnsFirewall::dev",
        `${ROUTE53}RuleGroup:ResolverFirewallRuleGroup::dev`,
        `${ROUTE53}Rule:ResolverFirewallRule::dev-${one}`,
        `${ROUTE53}Rule:ResolverFirewallRule::dev-${two}`,
        `${ROUTE53}Config:ResolverFirewallConfig::dev`,
        `${ROUTE53}RuleGroupAssociation:ResolverFirewallRuleGroupAssociation::dev`,
      ],
    });
    expect(others).to.deep.equal({ hub: nothing, staging: nothing, prod: nothing });
  });

  it("blocks with NXDOMAIN, after the allowed domains, and fails open", async () => {
    const group = "${aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup::dev}";
    const vpcId = "${aws:ec2/vpc:Vpc::dev}";
    const block = { action: "BLOCK", blockResponse: "NXDOMAIN", firewallRuleGroupId: group };
    expect(await inputsOf("block", ["api.example.com", "*.example.net"])).to.deep.equal({
      "ResolverFirewallRuleGroup::dev": { name: "dev", tags: { Name: "dev" } },
      "ResolverFirewallDomainList::dev-allowed": {
        name: "dev-allowed",
        domains: ["api.example.com.", "*.example.net."],
        tags: { Name: "dev-allowed" },
      },
      "ResolverFirewallRule::dev-allowed": {
        name: "dev-allowed",
        firewallRuleGroupId: group,
        firewallDomainListId: "${aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList::dev-allowed}",
        firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
        priority: 1,
        action: "ALLOW",
      },
      [`ResolverFirewallRule::dev-${one}`]: { name: one, firewallDomainListId: one, priority: 2167, ...block },
      [`ResolverFirewallRule::dev-${two}`]: { name: two, firewallDomainListId: two, priority: 5157, ...block },
      "ResolverFirewallConfig::dev": { resourceId: vpcId, firewallFailOpen: "ENABLED" },
      "ResolverFirewallRuleGroupAssociation::dev": {
        ...{ name: "dev", firewallRuleGroupId: group, vpcId, priority: 101, tags: { Name: "dev" } },
      },
    });
  });

  it("is associated after its rules and the way to fail", async () => {
    const { resources } = stack(await plan(withFirewall(project, "dev", "block", ["api.example.com"])), "dev");
    const association = resources.find(({ type }) => type.includes("RuleGroupAssociation"));
    expect(association?.dependsOn).to.include.members([
      `${ROUTE53}Config:ResolverFirewallConfig::dev`,
      `${ROUTE53}Rule:ResolverFirewallRule::dev-allowed`,
      ...LISTS.map((list) => `${ROUTE53}Rule:ResolverFirewallRule::dev-${list}`),
    ]);
  });

  it("turns from alert to block, and back, in place", async () => {
    const { dev } = await changes(withFirewall(project, "dev", "alert"), withFirewall(project, "dev", "block"));
    expect(dev).to.deep.equal({
      ...nothing,
      update: LISTS.map((list) => ({
        name: `${ROUTE53}Rule:ResolverFirewallRule::dev-${list}`,
        properties: ["action", "blockResponse"],
      })),
    });
  });

  it("changes only the list when a domain is allowed, or the rule of the list that leaves", async () => {
    const before = withFirewall(project, "dev", "block", ["api.example.com"]);
    const further = await changes(before, withFirewall(project, "dev", "block", ["api.example.com", "a.example.com"]));
    expect(further["dev"]).to.deep.equal({
      ...nothing,
      update: [{ name: `${ROUTE53}DomainList:ResolverFirewallDomainList::dev-allowed`, properties: ["domains"] }],
    });
    const less = await changes(before, withConfig(before, "dev", { "dns-firewall-domain-lists": [two] }));
    expect(less["dev"]).to.deep.equal({
      ...nothing,
      delete: [`${ROUTE53}Rule:ResolverFirewallRule::dev-${one}`],
    });
  });

  it("grows with an Availability Zone and a spoke as a network without it does, and only the table learns the account", async () => {
    const filtered = ["hub", "dev"].reduce((base, name) => withFirewall(base, name, "block", ["example.com"]), project);
    const zones = { "az-count": 3 };
    const grown = await changes(filtered, withConfig(filtered, "dev", zones));
    expect(grown).to.deep.equal(await changes(project, withConfig(project, "dev", zones)));

    const qa = { ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } };
    const [{ hub: own }, { hub: plain }] = [
      await changes(filtered, withNetworks(filtered, qa)),
      await changes(project, withNetworks(project, qa)),
    ];
    const table = { name: "aws:glue/catalogTable:CatalogTable::hub-queries", properties: ["parameters"] };
    const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);
    expect({ ...own, update: [...(own?.update ?? [])].sort(byName) }).to.deep.equal({
      ...plain,
      update: [...(plain?.update ?? []), table].sort(byName),
    });
  });

  it("of the hub also makes the table of DNS queries and its query", async () => {
    const { hub, ...spokes } = await changes(project, withFirewall(project, "hub", "alert"));
    const created = hub?.create.filter((each) => !each.includes("resolverFirewall")).sort();
    expect({ ...hub, create: created }).to.deep.equal({
      ...nothing,
      create: [
        "aws:athena/namedQuery:NamedQuery::hub-queries-dns-firewall-matches",
        "aws:glue/catalogTable:CatalogTable::hub-queries",
        "piksel:hub:QueryLogTable::hub-queries",
        "piksel:network:DnsFirewall::hub",
      ],
    });
    expect(spokes).to.deep.equal({ dev: nothing, staging: nothing, prod: nothing });
  });
});
