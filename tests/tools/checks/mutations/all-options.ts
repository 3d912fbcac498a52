import { LISTS } from "../../../support/dns-firewall";
import { idOf, withInputs, without, withResource } from "../../../support/modifications";
import { OF_ALARM_VALUES } from "./alarm-values";
import { OF_A_FIREWALL_WITH_SITES } from "./firewall";
import { acl, ALL, firewall, leak, office } from "./network-breaks";
import { attachment, group, on, TGW, transitTable, type Mutation, type Survivor } from "./mutation";

const PROPAGATION = `${TGW}/routeTablePropagation:RouteTablePropagation`;
const METRIC = "cloudwatch/metricAlarm:MetricAlarm";
const RULE = "route53/resolverRule:ResolverRule";
const FIREWALL_RULE = "route53/resolverFirewallRule:ResolverFirewallRule";

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
  ...OF_A_FIREWALL_WITH_SITES,
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
