import { idOf, type Modification, withInputs, without, withPolicy, withResource } from "../../../support/modifications";
import { on, type Mutation, subnet } from "./mutation";

const CHECK = ["faults-are-alarmed"];
const METRIC = "cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "cloudwatch/compositeAlarm:CompositeAlarm";
const POLICY = "sns/topicPolicy:TopicPolicy";
const inDev = (what: string, ...modifications: readonly Modification[]): Mutation =>
  on("dev", what, CHECK, ...modifications);
const inHub = (what: string, ...modifications: readonly Modification[]): Mutation =>
  on("hub", what, CHECK, ...modifications);

/** A topic of the account with the name of ours behind another. */
const OTHER = "arn:aws:sns:ap-southeast-3:222222222222:mine";

/** Each breaks an alarm, and no other check. */
export const ALARMS: readonly Mutation[] = [
  inDev("a NAT gateway without an alarm of its ports", without(METRIC, "dev-alarm-nat-ports-1")),
  inDev("a NAT gateway without an alarm of its drops", without(METRIC, "dev-alarm-nat-drops-1")),
  inDev(
    "an alarm of another NAT gateway",
    withInputs(METRIC, "dev-alarm-nat-ports-1", { dimensions: { NatGatewayId: "nat-0123456789abcdef0" } }),
  ),
  inDev(
    "an alarm of the NAT gateway in one AZ only",
    withInputs(METRIC, "dev-alarm-nat-ports-1", {
      dimensions: {
        NatGatewayId: idOf("aws:ec2/natGateway:NatGateway", "dev-1"),
        AvailabilityZone: "ap-southeast-3a",
      },
    }),
  ),
  // No route leads to it, either.
  on(
    "dev",
    "a second NAT gateway that nobody watches",
    [...CHECK, "nat-gateway-of-the-same-az"],
    withResource("aws:ec2/eip:Eip", "dev-9", { domain: "vpc" }),
    withResource("aws:ec2/natGateway:NatGateway", "dev-9", {
      ...{ subnetId: subnet("dev-public-1"), allocationId: idOf("aws:ec2/eip:Eip", "dev-9") },
    }),
  ),
  inDev("an attachment without an alarm of missing routes", without(METRIC, "dev-alarm-attachment-no-route")),
  inDev("a cluster without an alarm of its database", without(METRIC, "dev-alarm-cluster-storage")),
  inDev(
    "an alarm of another cluster",
    withInputs(METRIC, "dev-alarm-cluster-pending-pods", { dimensions: { ClusterName: "piksel-prod" } }),
  ),
  inDev("a node group without an alarm", without(METRIC, "dev-alarm-nodes-missing-2")),
  inHub("a transit gateway without an alarm of loops", without(METRIC, "hub-alarm-transit-loop")),
  // The two addresses that spokes query still answer.
  inHub(
    "a third address of the Resolver endpoint that nobody watches",
    withInputs("route53/resolverEndpoint:ResolverEndpoint", "hub-resolver", {
      ipAddresses: [0, 64, 128].map((third, index) => ({
        subnetId: subnet(`hub-private-${String(index + 1)}`),
        ip: `10.0.${String(third)}.10`,
      })),
    }),
  ),
  inHub("an address of the Resolver endpoint without an alarm", without(METRIC, "hub-alarm-resolver-queries-2")),
  inDev("critical alarms without the alarm that pages", without(COMPOSITE, "dev-alarm")),
  inDev(
    "a critical alarm that is not in the rule of the page",
    withPolicy(COMPOSITE, "dev-alarm", "alarmRule", ' OR ALARM("piksel-dev-cluster-errors")', ""),
  ),
  inDev("a page for all critical alarms at once", withPolicy(COMPOSITE, "dev-alarm", "alarmRule", / OR /g, " AND ")),
  inDev("a page without actions", withInputs(COMPOSITE, "dev-alarm", { alarmActions: [] })),
  inDev("a page whose actions are turned off", withInputs(COMPOSITE, "dev-alarm", { actionsEnabled: false })),
  inDev("a warning that notifies nobody", withInputs(METRIC, "dev-alarm-nat-drops-1", { alarmActions: [] })),
  inDev(
    "a warning whose actions are turned off",
    withInputs(METRIC, "dev-alarm-nat-drops-1", { actionsEnabled: false }),
  ),
  inDev("a page that goes to another topic", withInputs(COMPOSITE, "dev-alarm", { alarmActions: [OTHER] })),
  inDev(
    "a topic to which another network's alarms may publish, and its own may not",
    withPolicy(POLICY, "dev-alarm-critical", "policy", "alarm:piksel-dev-*", "alarm:piksel-prod-*"),
  ),
  inDev(
    "a topic to which another service may publish instead",
    withPolicy(POLICY, "dev-alarm-critical", "policy", "cloudwatch.amazonaws.com", "events.amazonaws.com"),
  ),
  // What concerns the topics is also a matter of other checks.
  on(
    "dev",
    "a topic of alarms that takes messages without TLS",
    ["data-and-access-are-protected"],
    withPolicy(POLICY, "dev-alarm-critical", "policy", '"aws:SecureTransport":"false"', '"aws:x":"y"'),
  ),
  on(
    "dev",
    "an address that is not in alarm-emails",
    ["data-and-access-are-protected"],
    withResource("aws:sns/topicSubscription:TopicSubscription", "dev-alarm-critical-mine", {
      ...{ topic: idOf("aws:sns/topic:Topic", "dev-alarm-critical"), protocol: "email", endpoint: "me@example.com" },
    }),
  ),
];

/** The same, of a plan with `alarm-emails` and `alarm-topics` (`alarms.spec.ts`). */
export const ALARM_RECEIVERS: readonly Mutation[] = [
  inDev(
    "a page that leaves out the topic of the paging service",
    withInputs(COMPOSITE, "dev-alarm", {
      alarmActions: ["arn:aws:sns:ap-southeast-3:222222222222:piksel-dev-critical"],
    }),
  ),
  inDev(
    "a topic without the subscription of an address",
    without("sns/topicSubscription:TopicSubscription", "dev-alarm-warning-network@example.org"),
  ),
  on(
    "dev",
    "a page to a topic of an unknown account that is not in alarm-topics",
    ["only-known-accounts-have-access"],
    withInputs(COMPOSITE, "dev-alarm", {
      alarmActions: [
        "arn:aws:sns:ap-southeast-3:222222222222:piksel-dev-critical",
        "arn:aws:sns:ap-southeast-3:999999999999:on-call",
        "arn:aws:sns:ap-southeast-3:888888888888:theirs",
      ],
    }),
  ),
];
