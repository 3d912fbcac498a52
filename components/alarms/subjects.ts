import type { AlarmKindName } from "./kinds";

/**
 * Something that an alarm watches.
 *
 * @typeParam T id of a resource: a string, or a string that is known after the deployment
 */
export interface AlarmSubject<T> {
  readonly kind: AlarmKindName;
  /** Distinguishes the alarms of one kind: `1`, or the name of a site. @default there is one alarm of the kind */
  readonly suffix?: string;
  /** Dimensions of the metrics, by name. */
  readonly dimensions: Readonly<Record<string, T>>;
}

/** @param ids NAT gateways, in AZ order. A NAT gateway for all AZs is one. */
export function natSubjects<T>(ids: readonly T[]): AlarmSubject<T>[] {
  return numbered(ids, ["nat-ports", "nat-drops"], "NatGatewayId");
}

/** The owner of a transit gateway sees what the gateway as a whole drops. */
export function gatewaySubjects<T>(id: T): AlarmSubject<T>[] {
  return only(["transit-loop", "transit-no-route", "transit-blackhole"], { TransitGateway: id });
}

/** An attachment, by both dimensions of its metrics. */
export interface WatchedAttachment<T> {
  readonly id: T;
  /** Id of the transit gateway that it belongs to. */
  readonly transitGatewayId: T;
}

/**
 * The owner of an attachment sees what the gateway drops of its own packets. CloudWatch has no metric of an attachment without
 * the dimension of its gateway, and an alarm on one would never have data.
 */
export function attachmentSubjects<T>({ id, transitGatewayId }: WatchedAttachment<T>): AlarmSubject<T>[] {
  const dimensions = { TransitGateway: transitGatewayId, TransitGatewayAttachment: id };
  return only(["attachment-no-route", "attachment-blackhole"], dimensions);
}

/** @param addressIds ids of the addresses of an inbound endpoint, `rni-...` */
export function inboundResolverSubjects<T>(endpointId: T, addressIds: readonly T[]): AlarmSubject<T>[] {
  return [
    ...only(["resolver-down", "resolver-address"], { EndpointId: endpointId }),
    ...numbered(addressIds, ["resolver-queries"], "RniId"),
  ];
}

/** @param addressIds ids of the addresses of an outbound endpoint */
export function outboundResolverSubjects<T>(endpointId: T, addressIds: readonly T[]): AlarmSubject<T>[] {
  return [
    ...only(["resolver-down", "resolver-address"], { EndpointId: endpointId }, "outbound"),
    ...numbered(addressIds, ["forwarding-queries"], "RniId"),
  ];
}

/** @param autoScalingGroups names of the Auto Scaling groups of managed node groups, in AZ order */
export function clusterSubjects<T>(name: T, autoScalingGroups: readonly T[]): AlarmSubject<T>[] {
  return [
    ...only(["cluster-errors", "cluster-storage", "cluster-pending-pods"], { ClusterName: name }),
    ...numbered(autoScalingGroups, ["nodes-missing"], "AutoScalingGroupName"),
  ];
}

/** @param site name of what is at the other end of the connection */
export function vpnSubjects<T>(site: string, id: T): AlarmSubject<T>[] {
  return only(["vpn-down", "vpn-tunnel"], { VpnId: id }, site);
}

function only<T>(
  kinds: readonly AlarmKindName[],
  dimensions: AlarmSubject<T>["dimensions"],
  suffix?: string,
): AlarmSubject<T>[] {
  return kinds.map((kind) => ({ kind, dimensions, ...(suffix === undefined ? {} : { suffix }) }));
}

/** Each item has its position in the list, from 1, in the names of its alarms. */
function numbered<T>(items: readonly T[], kinds: readonly AlarmKindName[], dimension: string): AlarmSubject<T>[] {
  return items.flatMap((item, index) => only(kinds, { [dimension]: item }, String(index + 1)));
}
