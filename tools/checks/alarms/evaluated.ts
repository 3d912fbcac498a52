import { items, type ModelResource, objectIn, text, textIn } from "../../model/resource";
import type { Need } from "./watched";

/** Values of a metric, or of the expression that an alarm makes of it, over one period. */
interface Signal {
  readonly namespace: string;
  /** A value at which something is wrong. */
  readonly fault: number;
  /** A value at which nothing is. */
  readonly sound: number;
}

const NAT = "AWS/NATGateway";
const TRANSIT = "AWS/TransitGateway";
const RESOLVER = "AWS/Route53Resolver";
const EKS = "AWS/EKS";

/**
 * Values by metric. A count of many faults, a share in percent, or the limit of what AWS counts; the pages are those of
 * `components/alarms/kinds.ts`.
 */
const SIGNALS: Readonly<Record<string, Signal>> = {
  ErrorPortAllocation: { namespace: NAT, fault: 1_000_000, sound: 0 },
  PacketsDropCount: { namespace: NAT, fault: 100, sound: 0 },
  PacketDropCountTTLExpired: { namespace: TRANSIT, fault: 1_000_000, sound: 0 },
  PacketDropCountNoRoute: { namespace: TRANSIT, fault: 1_000_000, sound: 0 },
  PacketDropCountBlackhole: { namespace: TRANSIT, fault: 1_000_000, sound: 0 },
  EndpointHealthyENICount: { namespace: RESOLVER, fault: 0, sound: 2 },
  EndpointUnhealthyENICount: { namespace: RESOLVER, fault: 1, sound: 0 },
  InboundQueryVolume: { namespace: RESOLVER, fault: 1_000_000, sound: 0 },
  OutboundQueryAggregateVolume: { namespace: RESOLVER, fault: 1_000_000, sound: 0 },
  apiserver_request_total_5XX: { namespace: EKS, fault: 100, sound: 0 },
  apiserver_storage_size_bytes: { namespace: EKS, fault: 8 * 1024 ** 3, sound: 0 },
  scheduler_pending_pods_UNSCHEDULABLE: { namespace: EKS, fault: 100, sound: 0 },
  GroupInServiceInstances: { namespace: "AWS/AutoScaling", fault: 1, sound: 0 },
  TunnelState: { namespace: "AWS/VPN", fault: 0, sound: 1 },
};

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/**
 * Why an alarm of a metric is not in alarm when it should be, or is when it should not, as parts of a sentence; none if it is
 * right (Amazon CloudWatch API Reference, PutMetricAlarm).
 */
export function evaluationFaults(alarm: ModelResource, { metric }: Pick<Need, "metric">): string[] {
  const signal = SIGNALS[metric];
  if (signal === undefined) return [];
  const { fault, sound, namespace } = signal;
  const { inputs } = alarm;
  const isBeyond = COMPARISONS[text(alarm, "comparisonOperator")];
  const threshold = numberOf(inputs["threshold"]);
  const read = queryOf(alarm, metric);
  const [periods, datapoints] = [numberOf(inputs["evaluationPeriods"]), numberOf(inputs["datapointsToAlarm"])];
  return [
    ...(threshold === undefined || isBeyond?.(fault, threshold) === true ? [] : ["does not report a fault"]),
    ...(threshold === undefined || isBeyond?.(sound, threshold) !== true ? [] : ["reports what is no fault"]),
    ...(read.namespace === namespace ? [] : [`reads ${read.namespace}, expected ${namespace}`]),
    ...(read.isUsed ? [] : ["does not use the metric in what it compares"]),
    ...(isMisleading(read.statistic, signal) ? [`reads the statistic ${read.statistic}`] : []),
    ...(periods !== undefined && datapoints !== undefined && datapoints > periods
      ? [`waits for ${String(datapoints)} datapoints of ${String(periods)}`]
      : []),
    ...missingFaults(text(alarm, "treatMissingData"), signal),
  ];
}

/** Unknown before the deployment: undefined. */
function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

interface Query {
  readonly namespace: string;
  readonly statistic: string;
  /** Whether the value that is compared depends on it. */
  readonly isUsed: boolean;
}

/** How an alarm reads a metric: by itself, or as one of several in an expression. */
function queryOf(alarm: ModelResource, metric: string): Query {
  const queries = items(alarm, "metricQueries");
  const query = queries.find((each) => textIn(objectIn(each, "metric"), "metricName") === metric);
  if (query === undefined) {
    return { namespace: text(alarm, "namespace"), statistic: text(alarm, "statistic"), isUsed: true };
  }
  const read = objectIn(query, "metric");
  const compared = queries.find((each) => each["returnData"] === true) ?? query;
  const isUsed = compared === query || new RegExp(`\\b${textIn(query, "id")}\\b`).test(textIn(compared, "expression"));
  return { namespace: textIn(read, "namespace"), statistic: textIn(read, "stat"), isUsed };
}

/** Whether a statistic hides a fault: the smallest of values that rise, the sum of values that fall, or their number. */
function isMisleading(statistic: string, { fault, sound }: Signal): boolean {
  return statistic === "SampleCount" || statistic === (fault > sound ? "Minimum" : "Sum");
}

/** Without data a count is zero. What no longer reports its own state may be down. */
function missingFaults(missing: string, { fault, sound }: Signal): string[] {
  if (missing === "ignore") return ["stays in its state without data"];
  if (missing === "breaching" && fault > sound) return ["reports a fault without data"];
  return missing === "notBreaching" && fault < sound ? ["reports no fault without data"] : [];
}
