import { idOf, type Modification, withInputs, without, withResource } from "../../../support/modifications";
import { attachment, on, table, TGW, transitTable, type Mutation } from "./mutation";
import { leak, office } from "./network-breaks";

const ROUTE = `${TGW}/route:Route`;
const PROPAGATION = `${TGW}/routeTablePropagation:RouteTablePropagation`;
const NAT = "aws:ec2/natGateway:NatGateway";
const RULE_GROUP = "networkfirewall/ruleGroup:RuleGroup";
const INSPECTED = ["egress-is-inspected"];
const SITES = ["sites-reach-only-named-spokes"];

/** Mistakes in the routes and rules of a firewall that works with sites and connections. */
export const OF_A_FIREWALL_WITH_SITES: readonly Mutation[] = [
  on(
    "hub",
    "the routes that a site announces in the route table of the firewall",
    SITES,
    without(ROUTE, "hub-site-office.hub.192.168.0.0-16"),
  ),
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
