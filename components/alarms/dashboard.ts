import { ALARM_KINDS } from "./kinds";
import type { WatchedAttachment } from "./subjects";

/**
 * What a stack's dashboard watches; a part that the stack does not have is absent.
 *
 * @typeParam T id or name of a resource: a string, or a string that is known after the deployment
 */
export interface DashboardParts<T> {
  /** Ids of the NAT gateways. */
  readonly natGateways?: readonly T[];
  /** Id of the transit gateway, in the hub. */
  readonly transitGateway?: T;
  /** The attachment, in a spoke. */
  readonly attachment?: WatchedAttachment<T>;
  /** Ids of the addresses of the Resolver inbound endpoint. */
  readonly resolverAddresses?: readonly T[];
  /** Ids of the addresses of the Resolver outbound endpoint. */
  readonly forwardingAddresses?: readonly T[];
  /** Name of the EKS cluster. */
  readonly cluster?: T;
  /** Names of the Auto Scaling groups of the managed nodes. */
  readonly autoScalingGroups?: readonly T[];
  /** VPN connections: their ids, by site. */
  readonly vpns?: Readonly<Record<string, T>>;
}

/** What a stack's dashboard shows. */
export interface DashboardContent extends DashboardParts<string> {
  readonly region: string;
  /** ARNs of the stack's alarms. */
  readonly alarms: readonly string[];
}

/** A line of a graph: a metric with its dimensions, or a search for metrics. */
type Line = readonly unknown[];

interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly stat?: string;
}

/** Width of the grid, and of the graphs and the alarms in it (Amazon CloudWatch API Reference, "Dashboard body structure"). */
const GRID = 24;
const GRAPH = { width: 8, height: 6 } as const;
const ALARMS_HEIGHT = 4;

/** Most alarms in a widget (the same page, alarm widget object). */
const MOST_ALARMS = 100;

/** Body of the dashboard: the alarms, then three graphs a row. */
export function dashboardBody(content: DashboardContent): object {
  const { region, alarms } = content;
  const graphs = [...natGraphs(content), ...transitGraphs(content), ...dnsGraphs(content), ...clusterGraphs(content)];
  const perRow = GRID / GRAPH.width;
  return {
    widgets: [
      {
        ...{ type: "alarm", x: 0, y: 0, width: GRID, height: ALARMS_HEIGHT },
        properties: { title: "Alarms", alarms: alarms.slice(0, MOST_ALARMS) },
      },
      ...graphs.map(({ title, lines, stat = "Sum" }, index) => ({
        type: "metric",
        x: (index % perRow) * GRAPH.width,
        y: ALARMS_HEIGHT + Math.floor(index / perRow) * GRAPH.height,
        ...GRAPH,
        properties: { title, region, view: "timeSeries", stat, period: 300, metrics: lines },
      })),
    ],
  };
}

function natGraphs({ natGateways = [] }: DashboardContent): Graph[] {
  if (natGateways.length === 0) return [];
  const lines = (...metrics: readonly string[]): Line[] =>
    natGateways.flatMap((id) => metrics.map((metric) => ["AWS/NATGateway", metric, "NatGatewayId", id]));
  return [
    { title: "NAT gateways: bytes", lines: lines("BytesOutToDestination", "BytesInFromDestination") },
    { title: "NAT gateways: connections", lines: lines("ActiveConnectionCount"), stat: "Maximum" },
    { title: "NAT gateways: errors", lines: lines("ErrorPortAllocation", "PacketsDropCount") },
  ];
}

function transitGraphs({ transitGateway, attachment, vpns = {} }: DashboardContent): Graph[] {
  const { namespace } = ALARM_KINDS["transit-loop"];
  const drops = ["PacketDropCountBlackhole", "PacketDropCountNoRoute", "PacketDropCountTTLExpired"];
  const ofOne = (dimensions: Readonly<Record<string, string>>, metrics: readonly string[]): Line[] =>
    metrics.map((metric) => [namespace, metric, ...Object.entries(dimensions).flat()]);
  const own = attachment && {
    TransitGateway: attachment.transitGatewayId,
    TransitGatewayAttachment: attachment.id,
  };
  // Attachments of spokes come and go without an update of the hub, whose account has the metrics of all of them.
  const ofAll = (metric: string): Line => [
    {
      expression: `SEARCH('{${namespace},TransitGateway,TransitGatewayAttachment} MetricName="${metric}"', 'Sum', 300)`,
      id: metric.toLowerCase(),
    },
  ];
  return [
    ...(transitGateway === undefined
      ? []
      : [
          { title: "Transit gateway: bytes from attachments", lines: [ofAll("BytesIn")] },
          { title: "Transit gateway: bytes to attachments", lines: [ofAll("BytesOut")] },
          { title: "Transit gateway: dropped packets", lines: ofOne({ TransitGateway: transitGateway }, drops) },
        ]),
    ...(own === undefined
      ? []
      : [
          { title: "Transit gateway: bytes of this network", lines: ofOne(own, ["BytesIn", "BytesOut"]) },
          { title: "Transit gateway: dropped packets of this network", lines: ofOne(own, drops.slice(0, 2)) },
        ]),
    ...(Object.keys(vpns).length === 0
      ? []
      : [
          {
            title: "VPN connections: share of tunnels that are up",
            lines: Object.entries(vpns).map(([site, id]): Line => [
              "AWS/VPN",
              "TunnelState",
              "VpnId",
              id,
              { label: site },
            ]),
            stat: "Average",
          },
        ]),
  ];
}

function dnsGraphs({ resolverAddresses = [], forwardingAddresses = [] }: DashboardContent): Graph[] {
  const graph = (title: string, metric: string, ids: readonly string[]): Graph[] =>
    ids.length === 0 ? [] : [{ title, lines: ids.map((id): Line => ["AWS/Route53Resolver", metric, "RniId", id]) }];
  return [
    ...graph("Resolver inbound endpoint: queries per address", "InboundQueryVolume", resolverAddresses),
    ...graph("Resolver outbound endpoint: queries per address", "OutboundQueryAggregateVolume", forwardingAddresses),
  ];
}

function clusterGraphs({ cluster, autoScalingGroups = [] }: DashboardContent): Graph[] {
  if (cluster === undefined) return [];
  const lines = (...metrics: readonly string[]): Line[] =>
    metrics.map((metric) => ["AWS/EKS", metric, "ClusterName", cluster]);
  const groups = (metric: string): Line[] =>
    autoScalingGroups.map((name) => ["AWS/AutoScaling", metric, "AutoScalingGroupName", name]);
  return [
    {
      title: "Kubernetes API: requests and errors",
      lines: lines("apiserver_request_total", "apiserver_request_total_429", "apiserver_request_total_5XX"),
    },
    { title: "Kubernetes: size of the database", lines: lines("apiserver_storage_size_bytes"), stat: "Maximum" },
    { title: "Kubernetes: pods without a node", lines: lines("scheduler_pending_pods_UNSCHEDULABLE"), stat: "Maximum" },
    ...(autoScalingGroups.length === 0
      ? []
      : [
          {
            title: "Managed nodes: wanted and running",
            lines: [...groups("GroupDesiredCapacity"), ...groups("GroupInServiceInstances")],
            stat: "Average",
          },
        ]),
  ];
}
