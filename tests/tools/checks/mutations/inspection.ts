import { idOf, withInputs, without, withResource } from "../../../support/modifications";
import { attachment, on, TGW, transitTable, type Mutation } from "./mutation";

const ROUTE = `${TGW}/route:Route`;
const ASSOCIATION = `${TGW}/routeTableAssociation:RouteTableAssociation`;
const PROPAGATION = `${TGW}/routeTablePropagation:RouteTablePropagation`;
const FIREWALL = idOf("aws:networkfirewall/firewall:Firewall", "hub-inspection");
const firewall = FIREWALL.replace(/\}$/, ".firewallStatuses[0].transitGatewayAttachmentSyncStates[0].attachmentId}");

/** What fails while routes lead to a firewall that is not on the transit gateway. */
const WITHOUT_FIREWALL = [
  "egress-is-inspected",
  "image-pulls-are-private",
  "names-resolve-consistently",
  "nat-gateway-of-the-same-az",
  "paths-are-fully-modeled",
  "shared-endpoints-are-reachable",
  "spokes-reach-the-hub",
  "transit-routes-isolate-spokes",
];

/** Mutations of a plan with a firewall, in which every spoke uses the NAT gateways of the hub, and dev and staging are connected. */
export const OF_INSPECTION: readonly Mutation[] = [
  on(
    "hub",
    "the hub still in the route table of the firewall, so that replies bypass it",
    [
      "egress-is-inspected",
      "image-pulls-are-private",
      "nat-gateway-of-the-same-az",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    withInputs(ASSOCIATION, "hub", { transitGatewayRouteTableId: transitTable("hub-hub") }),
  ),
  on(
    "hub",
    "no route from spokes to the firewall for the hub",
    [
      "egress-is-inspected",
      "image-pulls-are-private",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    without(ROUTE, "hub-spokes-inspection-hub"),
  ),
  on(
    "hub",
    "no route to the firewall for one half of the internet",
    ["egress-is-inspected", "nat-gateway-of-the-same-az"],
    without(ROUTE, "hub-spokes-inspection-low"),
  ),
  on(
    "hub",
    "no route to the firewall for the internet from a connected spoke",
    ["egress-is-inspected", "nat-gateway-of-the-same-az"],
    without(ROUTE, "hub-connection-dev-inspection-low"),
    without(ROUTE, "hub-connection-dev-inspection-high"),
  ),
  on(
    "hub",
    "no route to the firewall for the hub from a connected spoke",
    [
      "egress-is-inspected",
      "image-pulls-are-private",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    without(ROUTE, "hub-connection-dev-inspection-hub"),
  ),
  on(
    "hub",
    "no route from the hub to the firewall",
    [
      "egress-is-inspected",
      "image-pulls-are-private",
      "names-resolve-consistently",
      "nat-gateway-of-the-same-az",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    without(ROUTE, "hub-inspected"),
  ),
  on(
    "hub",
    "the firewall without a route table",
    [
      "image-pulls-are-private",
      "names-resolve-consistently",
      "nat-gateway-of-the-same-az",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    without(ASSOCIATION, "hub-inspection"),
  ),
  on(
    "hub",
    "the firewall in the route table of the spokes, whose routes lead back to it",
    [
      "image-pulls-are-private",
      "names-resolve-consistently",
      "nat-gateway-of-the-same-az",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    withInputs(ASSOCIATION, "hub-inspection", { transitGatewayRouteTableId: transitTable("hub-spokes") }),
  ),
  on(
    "hub",
    "no route from the firewall to the hub",
    [
      "image-pulls-are-private",
      "names-resolve-consistently",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    without(PROPAGATION, "hub-inspection-hub"),
  ),
  on(
    "hub",
    "no route from the firewall to the internet",
    ["nat-gateway-of-the-same-az", "shared-endpoints-are-reachable"],
    without(ROUTE, "hub-hub-internet"),
  ),
  on(
    "hub",
    "no blackhole route behind the firewall",
    ["private-traffic-avoids-nat"],
    without(ROUTE, "hub-hub-blackhole"),
  ),
  on(
    "hub",
    "a route of the hub to one spoke beside the firewall",
    [
      "egress-is-inspected",
      "image-pulls-are-private",
      "nat-gateway-of-the-same-az",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    withResource(`aws:${PROPAGATION}`, "beside", {
      transitGatewayAttachmentId: attachment("prod"),
      transitGatewayRouteTableId: transitTable("hub-inspected"),
    }),
  ),
  on(
    "hub",
    "a route through the firewall to another spoke",
    ["return-paths-are-symmetric", "spokes-are-isolated", "transit-routes-isolate-spokes"],
    withResource(`aws:${ROUTE}`, "leak", {
      transitGatewayRouteTableId: transitTable("hub-spokes"),
      destinationCidrBlock: "10.1.0.0/16",
      transitGatewayAttachmentId: firewall,
    }),
  ),
  on(
    "hub",
    "a firewall with an endpoint in one AZ only",
    ["egress-is-inspected"],
    withInputs("networkfirewall/firewall:Firewall", "hub-inspection", {
      availabilityZoneMappings: [{ availabilityZoneId: "apse3-az1" }],
    }),
  ),
  on(
    "hub",
    "no logs of the firewall",
    ["egress-is-inspected"],
    without("networkfirewall/loggingConfiguration:LoggingConfiguration", "hub-inspection"),
  ),
  on(
    "hub",
    "flow logs of the firewall in another bucket",
    ["egress-is-inspected"],
    withInputs("networkfirewall/loggingConfiguration:LoggingConfiguration", "hub-inspection", {
      loggingConfiguration: {
        logDestinationConfigs: [
          {
            logType: "ALERT",
            logDestinationType: "S3",
            logDestination: { bucketName: idOf("aws:s3/bucket:Bucket", "hub-logs") },
          },
          { logType: "FLOW", logDestinationType: "S3", logDestination: { bucketName: "elsewhere" } },
        ],
      },
    }),
  ),
  on(
    "hub",
    "a policy that passes what no rule matches, without an alert",
    ["egress-is-inspected"],
    withInputs("networkfirewall/firewallPolicy:FirewallPolicy", "hub-inspection-policy", {
      firewallPolicy: {
        statelessDefaultActions: ["aws:forward_to_sfe"],
        statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
        statefulEngineOptions: { ruleOrder: "STRICT_ORDER" },
        statefulDefaultActions: [],
      },
    }),
  ),
  on(
    "hub",
    "a policy that passes packets before the stateful rules",
    ["egress-is-inspected"],
    withInputs("networkfirewall/firewallPolicy:FirewallPolicy", "hub-inspection-policy", {
      firewallPolicy: {
        statelessDefaultActions: ["aws:pass"],
        statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
        statefulEngineOptions: { ruleOrder: "STRICT_ORDER" },
        statefulDefaultActions: ["aws:alert_established_app_layer_to_server"],
      },
    }),
  ),
  on(
    "hub",
    "a firewall in a VPC instead of on the transit gateway",
    WITHOUT_FIREWALL,
    withInputs("networkfirewall/firewall:Firewall", "hub-inspection", {
      ...{ transitGatewayId: undefined, availabilityZoneMappings: undefined },
      ...{
        vpcId: idOf("aws:ec2/vpc:Vpc", "hub"),
        subnetMappings: [{ subnetId: idOf("aws:ec2/subnet:Subnet", "hub-egress-1") }],
      },
    }),
  ),
  on("hub", "no firewall at all", WITHOUT_FIREWALL, without("networkfirewall/firewall:Firewall", "hub-inspection")),
];
