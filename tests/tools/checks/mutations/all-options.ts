import { LISTS } from "../../../support/dns-firewall";
import { idOf, type Modification, withInputs, without, withResource } from "../../../support/modifications";
import { OF_ALARM_VALUES } from "./alarm-values";
import { attachment, group, on, subnet, table, TGW, transitTable, type Mutation, type Survivor, vpc } from "./mutation";

const ROUTE = `${TGW}/route:Route`;
const PROPAGATION = `${TGW}/routeTablePropagation:RouteTablePropagation`;
const METRIC = "cloudwatch/metricAlarm:MetricAlarm";
const NAT = "aws:ec2/natGateway:NatGateway";
const RULE = "route53/resolverRule:ResolverRule";
const FIREWALL_RULE = "route53/resolverFirewallRule:ResolverFirewallRule";
const RULE_GROUP = "networkfirewall/ruleGroup:RuleGroup";

const INSPECTED = ["egress-is-inspected"];
const SITES = ["sites-reach-only-named-spokes"];

const office = `${idOf("aws:ec2/vpnConnection:VpnConnection", "hub-site-office").slice(0, -1)}.transitGatewayAttachmentId}`;
const firewall = `${idOf("aws:networkfirewall/firewall:Firewall", "hub-inspection").slice(0, -1)}.firewallStatuses[0].transitGatewayAttachmentSyncStates[0].attachmentId}`;

/** A route of the transit gateway that nobody ordered. */
const leak = (name: string, destinationCidrBlock: string, transitGatewayAttachmentId: string): Modification =>
  withResource(`aws:${ROUTE}`, "leak", {
    transitGatewayRouteTableId: transitTable(name),
    ...{ destinationCidrBlock, transitGatewayAttachmentId },
  });

/** A network ACL of a subnet with these rules for inbound packets; outbound packets may pass. */
const acl = (network: string, of: string, ...ingress: readonly object[]): Modification =>
  withResource("aws:ec2/networkAcl:NetworkAcl", "acl", {
    ...{ vpcId: vpc(network), subnetIds: [subnet(of)], ingress },
    egress: [{ ruleNo: 100, ...ALL, action: "allow", cidrBlock: "0.0.0.0/0" }],
  });
const ALL = { protocol: "-1", fromPort: 0, toPort: 0 };

/** Mistakes in the routes and rules of a firewall that works with sites and connections. */
const OF_THE_FIREWALL: readonly Mutation[] = [
  on(
    "hub",
    "a route of other spokes to a site by the firewall",
    SITES,
    without(ROUTE, "hub-site-office.prod.192.168.0.0-16"),
  ),
  on("hub", "the same for spokes to come", SITES, without(ROUTE, "hub-site-office.all.192.168.0.0-16")),
  on("hub", "a rule that passes everything", INSPECTED, passing("ANY", "ANY")),
  on("hub", "a rule that passes everything from the networks", INSPECTED, passing("10.0.0.0/8", "0.0.0.0/0")),
  on(
    "hub",
    "rules as text",
    INSPECTED,
    withInputs(RULE_GROUP, "hub-inspection-policy-networks", {
      ruleGroup: { rulesSource: { rulesString: "pass ip" } },
    }),
  ),
  on(
    "hub",
    "two endpoints of the firewall in one AZ",
    INSPECTED,
    withInputs("networkfirewall/firewall:Firewall", "hub-inspection", {
      availabilityZoneMappings: [1, 1].map(() => ({ availabilityZoneId: "apse3-az1" })),
    }),
  ),
  on(
    "hub",
    "a route of the hub's private subnets to its NAT gateway, beside the firewall",
    INSPECTED,
    withResource("aws:ec2/route:Route", "leak", {
      ...{ routeTableId: table("hub-private-1"), destinationCidrBlock: "0.0.0.0/0" },
      natGatewayId: idOf(NAT, "hub-egress-1"),
    }),
  ),
  on(
    "hub",
    "a route for a part of the internet beside the firewall",
    ["egress-is-inspected", "nat-gateway-of-the-same-az", "transit-routes-isolate-spokes"],
    leak("hub-connection-staging", "198.51.100.0/24", attachment("hub")),
  ),
  on(
    "hub",
    "a route for half of the hub beside the firewall",
    INSPECTED,
    leak("hub-spokes", "10.0.0.0/20", attachment("hub")),
  ),
  on(
    "hub",
    "the internet behind the firewall at a site",
    ["nat-gateway-of-the-same-az", "shared-endpoints-are-reachable", "sites-reach-only-named-spokes"],
    withInputs(ROUTE, "hub-hub-internet", { transitGatewayAttachmentId: office }),
  ),
  on(
    "hub",
    "a spoke that replies beside the firewall",
    [
      "egress-is-inspected",
      "image-pulls-are-private",
      "nat-gateway-of-the-same-az",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    withResource(`aws:${PROPAGATION}`, "leak", {
      transitGatewayAttachmentId: attachment("staging"),
      transitGatewayRouteTableId: transitTable("hub-inspected"),
    }),
  ),
];

function passing(source: string, destination: string): Modification {
  return withInputs(RULE_GROUP, "hub-inspection-policy-networks", {
    ruleGroup: {
      rulesSource: {
        statefulRules: [{ action: "PASS", header: { protocol: "IP", source, destination, direction: "ANY" } }],
      },
    },
  });
}

/** Mistakes with sites and their names. */
const OF_SITES: readonly Mutation[] = [
  on(
    "hub",
    "a part of a site's CIDR in the route table of another spoke",
    ["sites-reach-only-named-spokes", "transit-routes-isolate-spokes"],
    leak("hub-connection-staging", "192.168.4.0/24", office),
  ),
  on(
    "hub",
    "a site as a longer prefix of a connected spoke",
    ["return-paths-are-symmetric", "sites-reach-only-named-spokes", "transit-routes-isolate-spokes"],
    leak("hub-connection-dev", "10.2.0.0/24", office),
  ),
  on(
    "hub",
    "a site as a longer prefix of the hub",
    [
      "image-pulls-are-private",
      "names-resolve-consistently",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "sites-reach-only-named-spokes",
      "spokes-reach-the-hub",
      "transit-routes-isolate-spokes",
    ],
    leak("hub-connection-dev", "10.0.0.0/21", office),
  ),
  on(
    "hub",
    "a site that reaches the internet through the hub",
    ["private-traffic-avoids-nat", "sites-reach-only-named-spokes"],
    leak("hub-site-office", "0.0.0.0/0", attachment("hub")),
  ),
  on(
    "hub",
    "a site that reaches all networks through the firewall",
    ["sites-reach-only-named-spokes"],
    leak("hub-site-office", "10.0.0.0/8", firewall),
  ),
  on(
    "hub",
    "a Resolver rule for all names",
    ["image-pulls-are-private", "names-resolve-consistently"],
    withInputs(RULE, "hub-forward-corp.example", { domainName: "." }),
  ),
  on(
    "hub",
    "a Resolver rule with a public server beside the site's",
    ["names-resolve-consistently"],
    withInputs(RULE, "hub-forward-corp.example", {
      targetIps: [
        { ip: "192.168.0.53", port: 53 },
        { ip: "8.8.8.8", port: 53 },
      ],
    }),
  ),
  on(
    "hub",
    "an outbound endpoint that anybody may query",
    ["not-reachable-from-the-internet"],
    withResource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "leak", {
      securityGroupId: group("hub-outbound"),
      ipProtocol: "udp",
      fromPort: 53,
      toPort: 53,
      cidrIpv4: "0.0.0.0/0",
    }),
  ),
  on(
    "dev",
    "a network ACL that drops the replies of a site",
    ["return-paths-are-symmetric", "sites-reach-only-named-spokes"],
    acl(
      "dev",
      "dev-private-1",
      { ruleNo: 90, ...ALL, action: "deny", cidrBlock: "192.168.0.0/16" },
      { ruleNo: 100, ...ALL, action: "allow", cidrBlock: "0.0.0.0/0" },
    ),
  ),
];

/** Mistakes with NAT gateways, subnets and DNS Firewall. */
const OF_THE_REST: readonly Mutation[] = [
  on(
    "hub",
    "a network ACL that drops replies from the internet in an egress subnet",
    ["nat-gateway-of-the-same-az"],
    acl("hub", "hub-egress-1"),
  ),
  on(
    "hub",
    "a network ACL that drops everything in a transit subnet of the hub",
    [
      "egress-is-inspected",
      "image-pulls-are-private",
      "names-resolve-consistently",
      "nat-gateway-of-the-same-az",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "sites-reach-only-named-spokes",
      "spokes-reach-the-hub",
    ],
    acl("hub", "hub-transit-2"),
  ),
  on(
    "dev",
    "a regional NAT gateway with one address for two AZs",
    ["not-reachable-from-the-internet"],
    withInputs("ec2/natGateway:NatGateway", "dev-regional", {
      availabilityZoneAddresses: [1, 2].map((zone) => ({
        availabilityZone: `apse3-az${String(zone)}`,
        allocationIds: [idOf("aws:ec2/eip:Eip", "dev-regional-1")],
      })),
    }),
  ),
  on(
    "dev",
    "half of the internet without a route in one AZ",
    ["nat-gateway-of-the-same-az"],
    without("ec2/route:Route", "dev-private-1-egress-high"),
  ),
  on(
    "hub",
    "an egress subnet with the way back to one spoke only",
    ["egress-is-inspected", "nat-gateway-of-the-same-az"],
    withInputs("ec2/route:Route", "hub-egress-1-transit", { destinationCidrBlock: "10.1.0.0/16" }),
  ),
  on(
    "prod",
    "a transit subnet of /29",
    ["subnets-have-room"],
    withInputs("ec2/subnet:Subnet", "prod-transit-1", { cidrBlock: "10.3.208.0/29" }),
  ),
  on(
    "dev",
    "DNS Firewall for one type of record",
    ["paths-are-fully-modeled"],
    withInputs(FIREWALL_RULE, `dev-${LISTS[0]}`, { qType: "AAAA" }),
  ),
  on(
    "dev",
    "an allowed domain for all names",
    ["dns-firewall-covers-networks"],
    withInputs("route53/resolverFirewallDomainList:ResolverFirewallDomainList", "dev-allowed", { domains: ["*."] }),
  ),
];

/** Mutations of a plan in which nearly every option is on. */
export const OF_ALL_OPTIONS: readonly Mutation[] = [
  ...OF_ALARM_VALUES,
  ...OF_THE_FIREWALL,
  ...OF_SITES,
  ...OF_THE_REST,
];

/** Changes of the same plan that fail no check. */
export const HARMLESS: readonly Survivor[] = [
  {
    what: "the hub propagated to its own route table",
    modifications: {
      hub: [
        withResource(`aws:${PROPAGATION}`, "more", {
          transitGatewayAttachmentId: attachment("hub"),
          transitGatewayRouteTableId: transitTable("hub-inspected"),
        }),
      ],
    },
    reason: "packets of the hub to itself never leave its VPC",
  },
  {
    what: "a network ACL that lets everything pass in an egress subnet",
    modifications: {
      hub: [acl("hub", "hub-egress-1", { ruleNo: 100, ...ALL, action: "allow", cidrBlock: "0.0.0.0/0" })],
    },
    reason: "it is what a subnet without one has",
  },
  {
    what: "an alarm with a lower threshold and more periods",
    modifications: {
      dev: [
        withInputs(METRIC, "dev-alarm-attachment-blackhole", {
          threshold: 10,
          evaluationPeriods: 6,
          datapointsToAlarm: 6,
        }),
      ],
    },
    reason: "it still reports a fault, and not silence",
  },
  {
    what: "a rule group of DNS Firewall with another priority",
    modifications: {
      dev: [
        withInputs("route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation", "dev", {
          priority: 9000,
        }),
      ],
    },
    reason: "the VPC has no other",
  },
  {
    what: "a spoke's attachment in appliance mode",
    modifications: {
      dev: [withInputs(`${TGW}/vpcAttachment:VpcAttachment`, "dev", { applianceModeSupport: "enable" })],
    },
    reason: "every AZ of the spoke has the same routes",
  },
];
