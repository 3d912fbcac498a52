import { attribute, isProperties, items, type ModelResource, objectIn, text, textIn } from "../../model/resource";

/** How urgent an alarm must be: `page` reaches a person at once, `ticket` notifies. */
type Urgency = "page" | "ticket";

/** An alarm that something must have. */
export interface Need {
  /** The resource, for the evidence: `NAT gateway dev-1`. */
  readonly of: string;
  readonly metric: string;
  /** Every dimension of the metric. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly urgency: Urgency;
}

/** A type of resources, and the metrics of it that need alarms. */
interface Watched {
  readonly type: string;
  readonly noun: string;
  readonly dimension: string;
  readonly metrics: readonly (readonly [metric: string, urgency: Urgency])[];
  /** Values of the dimension for a resource. */
  readonly values: (resource: ModelResource) => readonly string[];
  /** Further dimensions of the metrics. @default none */
  readonly further?: (resource: ModelResource) => Readonly<Record<string, string>>;
  /** Whether the rule is for the hub's stack or for those of spokes. @default all */
  readonly only?: "hub" | "spoke";
}

const id = (resource: ModelResource): string[] => [resource.id];

/** Every rule. The metrics are those of `components/alarms/kinds.ts`, from the same pages. */
const WATCHED: readonly Watched[] = [
  {
    ...{ type: "aws:ec2/natGateway:NatGateway", noun: "NAT gateway", dimension: "NatGatewayId", values: id },
    metrics: [
      ["ErrorPortAllocation", "page"],
      ["PacketsDropCount", "ticket"],
    ],
  },
  {
    ...{ type: "aws:ec2transitgateway/transitGateway:TransitGateway", noun: "transit gateway" },
    ...{ dimension: "TransitGateway", values: id },
    metrics: [
      ["PacketDropCountTTLExpired", "page"],
      ["PacketDropCountNoRoute", "ticket"],
      ["PacketDropCountBlackhole", "ticket"],
    ],
  },
  {
    ...{ type: "aws:ec2transitgateway/vpcAttachment:VpcAttachment", noun: "attachment", only: "spoke" },
    ...{ dimension: "TransitGatewayAttachment", values: id },
    further: (attachment) => ({ TransitGateway: text(attachment, "transitGatewayId") }),
    metrics: [
      ["PacketDropCountNoRoute", "page"],
      ["PacketDropCountBlackhole", "ticket"],
    ],
  },
  {
    ...{ type: "aws:route53/resolverEndpoint:ResolverEndpoint", noun: "Resolver endpoint" },
    ...{ dimension: "EndpointId", values: id },
    metrics: [
      ["EndpointHealthyENICount", "page"],
      ["EndpointUnhealthyENICount", "ticket"],
    ],
  },
  {
    ...{ type: "aws:route53/resolverEndpoint:ResolverEndpoint", noun: "an address of Resolver endpoint" },
    dimension: "RniId",
    values: (endpoint) => (text(endpoint, "direction") === "INBOUND" ? addressIds(endpoint) : []),
    metrics: [["InboundQueryVolume", "ticket"]],
  },
  {
    ...{ type: "aws:route53/resolverEndpoint:ResolverEndpoint", noun: "an address of Resolver endpoint" },
    dimension: "RniId",
    values: (endpoint) => (text(endpoint, "direction") === "OUTBOUND" ? addressIds(endpoint) : []),
    metrics: [["OutboundQueryAggregateVolume", "ticket"]],
  },
  {
    ...{ type: "aws:eks/cluster:Cluster", noun: "cluster", dimension: "ClusterName" },
    values: (cluster) => [text(cluster, "name")],
    metrics: [
      ["apiserver_request_total_5XX", "page"],
      ["apiserver_storage_size_bytes", "page"],
      ["scheduler_pending_pods_UNSCHEDULABLE", "ticket"],
    ],
  },
  {
    ...{ type: "aws:eks/nodeGroup:NodeGroup", noun: "node group", dimension: "AutoScalingGroupName" },
    values: (group) => [autoScalingGroup(group)],
    metrics: [["GroupInServiceInstances", "page"]],
  },
  {
    ...{ type: "aws:ec2/vpnConnection:VpnConnection", noun: "VPN connection", dimension: "VpnId", values: id },
    metrics: [
      ["TunnelState", "page"],
      ["TunnelState", "ticket"],
    ],
  },
];

/** The alarms that the resources of a stack need, in the order of the rules. */
export function needsOf(resources: readonly ModelResource[], isHub: boolean): Need[] {
  return WATCHED.flatMap(({ type, noun, dimension, metrics, values, further, only }) =>
    only !== undefined && (only === "hub") !== isHub
      ? []
      : resources
          .filter((resource) => resource.type === type)
          .flatMap((resource) =>
            values(resource).flatMap((value) =>
              metrics.map(([metric, urgency]) => ({
                of: `${noun} ${resource.name}`,
                metric,
                dimensions: { ...further?.(resource), [dimension]: value },
                urgency,
              })),
            ),
          ),
  );
}

/** Whether an alarm reads a metric with exactly these dimensions. */
export function watches({ inputs }: ModelResource, { metric, dimensions }: Need): boolean {
  const queries = items({ inputs }, "metricQueries").map((query) => objectIn(query, "metric"));
  return [inputs, ...queries].some(
    (each) => textIn(each, "metricName") === metric && isExactly(each["dimensions"], dimensions),
  );
}

function isExactly(dimensions: unknown, wanted: Need["dimensions"]): boolean {
  if (!isProperties(dimensions)) return false;
  const names = Object.keys(wanted);
  return Object.keys(dimensions).length === names.length && names.every((name) => dimensions[name] === wanted[name]);
}

/** Ids that AWS gave the addresses of a Resolver endpoint; their placeholders where AWS has not given them yet. */
function addressIds(endpoint: ModelResource): string[] {
  const made = items({ inputs: endpoint.outputs ?? {} }, "ipAddresses");
  const all = made.length > 0 ? made : items(endpoint, "ipAddresses");
  return all.map(
    (address, index) => textIn(address, "ipId") || attribute(endpoint, `ipAddresses[${String(index)}].ipId`),
  );
}

/** The Auto Scaling group that EKS made for a node group, or its placeholder. */
function autoScalingGroup(group: ModelResource): string {
  const [made = {}] = items({ inputs: group.outputs ?? {} }, "resources");
  const [first = {}] = items({ inputs: made }, "autoscalingGroups");
  return textIn(first, "name") || attribute(group, "resources[0].autoscalingGroups[0].name");
}
