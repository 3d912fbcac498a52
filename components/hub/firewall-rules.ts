import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedRuleGroupArn } from "../facts/managed-rule-groups";

export interface FirewallPolicyArgs {
  readonly region: string;
  /** IPv4 CIDR of all networks: what the rules of AWS take for the side to protect. */
  readonly addressSpace: string;
  /** Names of managed rule groups, in the order in which they are evaluated. Plain values: they decide which children exist. */
  readonly ruleGroups: readonly string[];
  /** Domains that may be reached; empty: all. */
  readonly domains: readonly string[];
}

/**
 * Capacity of the rule group for domains, which AWS cannot change: a list takes one for each domain and protocol (AWS Network
 * Firewall Developer Guide, "Setting rule group capacity"). A list in the configuration has 500 elements at most.
 */
const DOMAIN_CAPACITY = 1000;

const STRICT = { ruleOrder: "STRICT_ORDER" };

/**
 * What happens to a connection that no rule matches, once the firewall knows its protocol (AWS Network Firewall API Reference,
 * FirewallPolicy). The older actions decide at the first packet with data. They drop a client whose TLS greeting needs two
 * packets, as one with a post-quantum key does, although its domain is listed. Only packets to the server are judged: the
 * other direction has flow control, which must not be lost (AWS What's New, June 2026, "AWS Network Firewall updates default
 * drop action for improved connection reliability").
 */
const DEFAULT_ACTIONS = {
  drop: "aws:drop_established_app_layer_to_server",
  alert: "aws:alert_established_app_layer_to_server",
} as const;

/** Priorities of the program's own rule groups, after those of AWS. */
const PRIORITY = { networks: 100, domains: 200 };

/**
 * What the firewall does with traffic, in strict order (AWS Network Firewall Developer Guide, "Managing evaluation order for
 * Suricata compatible rules"):
 *
 * 1. The managed rule groups drop what they know as malicious, also between networks.
 * 2. Other traffic between networks passes. Security groups and routes decide about it.
 * 3. With a list of domains, TLS and HTTP connections to these domains pass, and the rest is dropped. Packets that open a
 *    connection pass, because the name is in a later one, or in several ({@link DEFAULT_ACTIONS}).
 * 4. Without a list, the rest passes. An alert records each connection.
 */
export class FirewallPolicy extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(
    name: string,
    { region, addressSpace, ruleGroups, domains }: FirewallPolicyArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:FirewallPolicy", name, {}, opts);
    const mine = { parent: this };
    const managed = ruleGroups.map((group, index) => ({
      priority: index + 1,
      resourceArn: managedRuleGroupArn(group, region),
    }));
    const own = [
      { priority: PRIORITY.networks, resourceArn: networksGroup(`${name}-networks`, addressSpace, mine).arn },
      ...(domains.length === 0
        ? []
        : [
            {
              priority: PRIORITY.domains,
              resourceArn: domainsGroup(`${name}-domains`, addressSpace, domains, mine).arn,
            },
          ]),
    ];
    const policy = new aws.networkfirewall.FirewallPolicy(
      name,
      {
        description: "Inspects traffic between spokes, the hub and the internet",
        firewallPolicy: {
          statelessDefaultActions: ["aws:forward_to_sfe"],
          statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
          statefulEngineOptions: {
            ...STRICT,
            // Clients learn at once that a connection is gone, as after a change of routes ("Stream exception policy").
            streamExceptionPolicy: "REJECT",
          },
          statefulDefaultActions: [...(domains.length === 0 ? [] : [DEFAULT_ACTIONS.drop]), DEFAULT_ACTIONS.alert],
          statefulRuleGroupReferences: [...managed, ...own],
          // A firewall of a transit gateway has no VPC whose CIDR could be the default ("Considerations for transit
          // gateway-attached firewalls").
          policyVariables: { ruleVariables: [homeNet(addressSpace)] },
        },
        tags: { Name: name },
      },
      mine,
    );
    this.arn = policy.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

function homeNet(addressSpace: string) {
  return { key: "HOME_NET", ipSet: { definitions: [addressSpace] } };
}

/**
 * Passes traffic between networks, packet by packet. A rule without a direction would pass a whole connection at its first
 * packet, and the rules of AWS would see no other (AWS Network Firewall Developer Guide, "Evaluation order for stateful rule
 * groups"; Suricata User Guide, "Rule Types and Categorization").
 */
function networksGroup(name: string, addressSpace: string, opts: pulumi.CustomResourceOptions) {
  return new aws.networkfirewall.RuleGroup(
    name,
    {
      description: "Passes traffic between networks",
      type: "STATEFUL",
      capacity: 10,
      ruleGroup: {
        statefulRuleOptions: STRICT,
        rulesSource: {
          statefulRules: [
            {
              action: "PASS",
              header: {
                protocol: "IP",
                ...{ source: addressSpace, sourcePort: "ANY" },
                ...{ destination: addressSpace, destinationPort: "ANY" },
                direction: "FORWARD",
              },
              ruleOptions: [
                { keyword: "sid", settings: ["1"] },
                { keyword: "flow", settings: ["to_server"] },
              ],
            },
          ],
        },
      },
      tags: { Name: name },
    },
    opts,
  );
}

/** Passes TLS and HTTP connections to some domains. */
function domainsGroup(
  name: string,
  addressSpace: string,
  domains: readonly string[],
  opts: pulumi.CustomResourceOptions,
) {
  return new aws.networkfirewall.RuleGroup(
    name,
    {
      description: "Passes TLS and HTTP connections to listed domains",
      type: "STATEFUL",
      capacity: DOMAIN_CAPACITY,
      ruleGroup: {
        statefulRuleOptions: STRICT,
        // Without it, the list would apply to no network ("Stateful domain list rule groups").
        ruleVariables: { ipSets: [homeNet(addressSpace)] },
        rulesSource: {
          rulesSourceList: {
            generatedRulesType: "ALLOWLIST",
            targetTypes: ["TLS_SNI", "HTTP_HOST"],
            targets: [...domains],
          },
        },
      },
      tags: { Name: name },
    },
    opts,
  );
}
