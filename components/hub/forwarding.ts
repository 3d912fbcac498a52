import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ruleName } from "../names";
import { RuleAssociations } from "../network/rule-associations";
import type { ForwardDomain } from "../settings/settings";
import { addressIdsOf, DNS_PORT, type ResolverArgs } from "./dns";
import { shareResources } from "./share";

export interface ForwardingArgs extends Pick<ResolverArgs, "vpcId" | "addresses"> {
  /** Name of the hub's network, with which the names of rules begin. */
  readonly hub: string;
  /** Domains and their servers. Plain values: each domain is a resource and its name. */
  readonly domains: readonly ForwardDomain[];
  /** Principals of the resource share, see {@link shareResources}. */
  readonly shareWith: readonly string[];
}

/**
 * Forwards the DNS queries for some domains to servers of an external site: a Resolver outbound endpoint in the hub, and a rule
 * for each domain. The rules are shared with the accounts of spokes, which associate their VPCs. Queries of all networks leave
 * through the hub, so no spoke needs a route to the site for them.
 *
 * The addresses are fixed, because the site's firewall admits them.
 */
export class Forwarding extends pulumi.ComponentResource {
  /** Ids of the rules, by domain. */
  readonly ruleIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Id of the outbound endpoint. */
  readonly endpointId: pulumi.Output<string>;
  /** Ids that AWS gives its addresses, in their order. */
  readonly addressIds: readonly pulumi.Output<string>[];

  constructor(
    name: string,
    { hub, vpcId, addresses, domains, shareWith }: ForwardingArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:Forwarding", name, {}, opts);
    const mine = { parent: this };
    const servers = [...new Set(domains.flatMap((each) => each.servers))].sort();
    const group = new aws.ec2.SecurityGroup(
      name,
      {
        vpcId,
        description: "Outbound resolver: DNS to the servers of forward-domains",
        egress: ["tcp", "udp"].map((protocol) => ({
          description: `DNS over ${protocol} to the servers of forward-domains`,
          protocol,
          fromPort: DNS_PORT,
          toPort: DNS_PORT,
          cidrBlocks: servers.map((server) => `${server}/32`),
        })),
        tags: { Name: name },
      },
      mine,
    );
    const endpoint = new aws.route53.ResolverEndpoint(
      name,
      {
        name,
        direction: "OUTBOUND",
        securityGroupIds: [group.id],
        ipAddresses: addresses.map(({ subnetId, ip }) => ({ subnetId, ip })),
        tags: { Name: name },
      },
      mine,
    );
    this.endpointId = endpoint.id;
    this.addressIds = addressIdsOf(endpoint, addresses);
    const rules = domains.map((each) => [each.domain, this.createRule(hub, each, endpoint.id)] as const);
    this.ruleIds = Object.fromEntries(rules.map(([domain, { id }]) => [domain, id]));
    new RuleAssociations(hub, { vpcId, ruleIds: this.ruleIds }, mine);
    const share = `${hub}-resolver-rules`;
    const resourceArns = Object.fromEntries(rules.map(([domain, { arn }]) => [`${share}-${domain}`, arn]));
    shareResources(share, { shareName: share, resourceArns, principals: shareWith }, mine);
    this.registerOutputs({ ruleIds: this.ruleIds });
  }

  private createRule(hub: string, { domain, servers }: ForwardDomain, resolverEndpointId: pulumi.Input<string>) {
    const name = `${hub}-forward-${domain}`;
    return new aws.route53.ResolverRule(
      name,
      {
        // Without a name, Pulumi would derive one from the logical name, and a rule's name has no dots.
        name: ruleName(domain),
        domainName: domain,
        ruleType: "FORWARD",
        resolverEndpointId,
        targetIps: servers.map((ip) => ({ ip, port: DNS_PORT })),
        tags: { Name: name },
      },
      { parent: this },
    );
  }
}
