/** How urgent an alarm is: `critical` pages a person, `warning` can wait for working hours. */
export type Severity = "critical" | "warning";

/** What an alarm measures, and when it is in alarm. */
export interface AlarmKind {
  readonly severity: Severity;
  /** What is wrong while it is in alarm: one sentence. */
  readonly summary: string;
  readonly namespace: string;
  /** Metrics by the name that {@link expression} has for them; a single one without an expression. */
  readonly metrics: Readonly<Record<string, string>>;
  /** Metric math of {@link metrics} (Amazon CloudWatch User Guide, "Using math expressions with CloudWatch metrics"). */
  readonly expression?: string;
  readonly statistic: "Sum" | "Average" | "Maximum" | "Minimum";
  /** Seconds. */
  readonly period: 60 | 300;
  /** Of the last so many periods, so many must be beyond the threshold. */
  readonly periods: number;
  readonly datapoints: number;
  readonly comparison: "at least" | "above" | "below";
  readonly threshold: number;
  /** What a period without data means (Amazon CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data"). */
  readonly missing: "notBreaching" | "breaching" | "missing";
}

/** Five-minute periods: an alarm after a quarter of an hour without a pause. */
const QUARTER_OF_AN_HOUR = { period: 300, periods: 3, datapoints: 3 } as const;

/** No data means no traffic. */
const COUNT = { statistic: "Sum", missing: "notBreaching" } as const;

/**
 * Most DNS queries per second that an IP address of an inbound endpoint answers if they come through a transit gateway, whose
 * connections are tracked (Amazon Route 53 Developer Guide, "Resolver endpoint scaling"). Without tracking it is 10,000.
 */
const QUERIES_PER_SECOND = 1500;

/** Bytes of a cluster's etcd database at which Kubernetes refuses changes (Amazon EKS User Guide, "Amazon EKS clusters"). */
const ETCD_BYTES = 8 * 1024 ** 3;

/** Share of a limit at which there is still time to react. */
const NEAR = 0.8;

/** Names of the alarms' kinds. `docs/runbooks/alarms.md` has a section with each name. */
export type AlarmKindName =
  | "nat-ports"
  | "nat-drops"
  | "transit-loop"
  | "transit-no-route"
  | "transit-blackhole"
  | "attachment-no-route"
  | "attachment-blackhole"
  | "resolver-down"
  | "resolver-address"
  | "resolver-queries"
  | "forwarding-queries"
  | "cluster-errors"
  | "cluster-storage"
  | "cluster-pending-pods"
  | "nodes-missing"
  | "vpn-down"
  | "vpn-tunnel";

/**
 * Every kind of alarm. Metrics and dimensions: Amazon VPC User Guide, "Monitor NAT gateways with Amazon CloudWatch"; Amazon VPC
 * Transit Gateways, "CloudWatch metrics in AWS Transit Gateway"; Amazon Route 53 Developer Guide, "Monitoring Route 53 Resolver
 * endpoints with Amazon CloudWatch"; Amazon EKS User Guide, "Monitor cluster data with Amazon CloudWatch" and "View metrics for
 * Amazon EC2 Auto Scaling groups"; AWS Site-to-Site VPN User Guide, "Monitor AWS Site-to-Site VPN tunnels using Amazon
 * CloudWatch".
 */
export const ALARM_KINDS: Readonly<Record<AlarmKindName, AlarmKind>> = {
  // Above zero, connections fail. Two minutes in five tolerate a burst that is over before somebody can look.
  "nat-ports": {
    ...{ severity: "critical", summary: "The NAT gateway has no source port left and refuses connections." },
    ...{ namespace: "AWS/NATGateway", metrics: { errors: "ErrorPortAllocation" }, ...COUNT },
    ...{ period: 60, periods: 5, datapoints: 3, comparison: "at least", threshold: 1 },
  },
  // From 0.01 percent of the packets on, AWS advises to look at the AWS Health Dashboard.
  "nat-drops": {
    ...{ severity: "warning", summary: "The NAT gateway drops more than 0.01 percent of its packets." },
    namespace: "AWS/NATGateway",
    metrics: { drops: "PacketsDropCount", outbound: "PacketsInFromSource", inbound: "PacketsInFromDestination" },
    expression: "100 * drops / (outbound + inbound)",
    ...{ ...COUNT, ...QUARTER_OF_AN_HOUR, comparison: "above", threshold: 0.01 },
  },
  // A packet whose time to live ends in the gateway goes round in circles. A traceroute brings a few of them.
  "transit-loop": {
    ...{ severity: "critical", summary: "Packets go round between the transit gateway and an attachment." },
    ...{ namespace: "AWS/TransitGateway", metrics: { drops: "PacketDropCountTTLExpired" }, ...COUNT },
    ...{ ...QUARTER_OF_AN_HOUR, comparison: "at least", threshold: 1000 },
  },
  // The hub's route table has routes to spokes only, so a few packets from the hub to an unused address are nothing.
  "transit-no-route": {
    ...{ severity: "warning", summary: "The transit gateway drops many packets for which it has no route." },
    ...{ namespace: "AWS/TransitGateway", metrics: { drops: "PacketDropCountNoRoute" }, ...COUNT },
    ...{ ...QUARTER_OF_AN_HOUR, comparison: "at least", threshold: 1000 },
  },
  // The blackhole route drops packets between spokes on purpose. A client that tries again and again sends a few packets a
  // minute; a thousand in each of three periods are many clients, a scan or a missing connection.
  "transit-blackhole": {
    ...{ severity: "warning", summary: "The transit gateway drops many packets to networks that may not be reached." },
    ...{ namespace: "AWS/TransitGateway", metrics: { drops: "PacketDropCountBlackhole" }, ...COUNT },
    ...{ ...QUARTER_OF_AN_HOUR, comparison: "at least", threshold: 1000 },
  },
  // A spoke sends only the address space to the gateway, and its route table covers all of it, if only by the blackhole route.
  // So there is no packet without a route, unless the route table changed or the attachment lost its own.
  "attachment-no-route": {
    ...{ severity: "critical", summary: "The transit gateway has no route for packets of this network." },
    ...{ namespace: "AWS/TransitGateway", metrics: { drops: "PacketDropCountNoRoute" }, ...COUNT },
    ...{ period: 60, periods: 5, datapoints: 5, comparison: "at least", threshold: 1 },
  },
  "attachment-blackhole": {
    ...{ severity: "warning", summary: "This network sends many packets to networks that it may not reach." },
    ...{ namespace: "AWS/TransitGateway", metrics: { drops: "PacketDropCountBlackhole" }, ...COUNT },
    ...{ ...QUARTER_OF_AN_HOUR, comparison: "at least", threshold: 1000 },
  },
  // Route 53 Resolver sends its metrics every five minutes.
  "resolver-down": {
    ...{ severity: "critical", summary: "No address of the Resolver endpoint answers DNS queries." },
    ...{ namespace: "AWS/Route53Resolver", metrics: { healthy: "EndpointHealthyENICount" }, statistic: "Maximum" },
    ...{ period: 300, periods: 2, datapoints: 2, comparison: "below", threshold: 1, missing: "missing" },
  },
  "resolver-address": {
    ...{ severity: "warning", summary: "Route 53 Resolver is recovering an address of the Resolver endpoint." },
    ...{ namespace: "AWS/Route53Resolver", metrics: { unhealthy: "EndpointUnhealthyENICount" }, statistic: "Maximum" },
    ...{ ...QUARTER_OF_AN_HOUR, comparison: "at least", threshold: 1, missing: "missing" },
  },
  "resolver-queries": {
    ...{
      severity: "warning",
      summary: "An address of the Resolver endpoint answers nearly as many queries as it can.",
    },
    ...{ namespace: "AWS/Route53Resolver", metrics: { queries: "InboundQueryVolume" }, ...COUNT },
    ...QUARTER_OF_AN_HOUR,
    ...{ comparison: "at least", threshold: NEAR * QUERIES_PER_SECOND * QUARTER_OF_AN_HOUR.period },
  },
  // The security group admits the servers only, so these connections are tracked as well. AWS gives a number for inbound
  // endpoints only.
  "forwarding-queries": {
    ...{
      severity: "warning",
      summary: "An address of the outbound endpoint forwards nearly as many queries as it can.",
    },
    ...{ namespace: "AWS/Route53Resolver", metrics: { queries: "OutboundQueryAggregateVolume" }, ...COUNT },
    ...QUARTER_OF_AN_HOUR,
    ...{ comparison: "at least", threshold: NEAR * QUERIES_PER_SECOND * QUARTER_OF_AN_HOUR.period },
  },
  "cluster-errors": {
    ...{ severity: "critical", summary: "The Kubernetes API answers 5 percent of its requests with a server error." },
    namespace: "AWS/EKS",
    metrics: { errors: "apiserver_request_total_5XX", requests: "apiserver_request_total" },
    expression: "100 * errors / requests",
    ...{ ...COUNT, ...QUARTER_OF_AN_HOUR, comparison: "at least", threshold: 5 },
  },
  "cluster-storage": {
    ...{ severity: "critical", summary: "The cluster's etcd database has 80 percent of its largest size." },
    ...{ namespace: "AWS/EKS", metrics: { size: "apiserver_storage_size_bytes" }, statistic: "Maximum" },
    ...{ ...QUARTER_OF_AN_HOUR, comparison: "at least", threshold: Math.round(NEAR * ETCD_BYTES), missing: "missing" },
  },
  // A new node takes a few minutes, so a pod that waits for half an hour waits for something else.
  "cluster-pending-pods": {
    ...{ severity: "warning", summary: "Pods have found no node for half an hour." },
    ...{ namespace: "AWS/EKS", metrics: { pods: "scheduler_pending_pods_UNSCHEDULABLE" }, ...COUNT },
    ...{ period: 60, periods: 30, datapoints: 30, comparison: "at least", threshold: 1 },
  },
  // An update of the nodes adds one before it removes one. A replacement takes less than 20 minutes.
  "nodes-missing": {
    ...{ severity: "critical", summary: "A managed node group has had fewer nodes than it should for 20 minutes." },
    namespace: "AWS/AutoScaling",
    metrics: { wanted: "GroupDesiredCapacity", running: "GroupInServiceInstances" },
    expression: "wanted - running",
    ...{ statistic: "Average", period: 300, periods: 4, datapoints: 4 },
    ...{ comparison: "at least", threshold: 1, missing: "missing" },
  },
  // TunnelState of a connection is 1 with all tunnels up, 0 with none, and between with some.
  "vpn-down": {
    ...{ severity: "critical", summary: "All tunnels of the VPN connection are down." },
    ...{ namespace: "AWS/VPN", metrics: { state: "TunnelState" }, statistic: "Maximum" },
    ...{ period: 60, periods: 5, datapoints: 5, comparison: "below", threshold: 0.1, missing: "breaching" },
  },
  // AWS takes one tunnel down for maintenance, which is over by then.
  "vpn-tunnel": {
    ...{ severity: "warning", summary: "One tunnel of the VPN connection is down, so the other has no spare." },
    ...{ namespace: "AWS/VPN", metrics: { state: "TunnelState" }, statistic: "Average" },
    ...{ period: 300, periods: 12, datapoints: 12, comparison: "below", threshold: 1, missing: "breaching" },
  },
};
