import { access, assigned, chosen, derived, elsewhere, fixed, logs, other, reach, spoken, table, within } from "./rule";
import type { LiveTable } from "./rule";

/** Route 53. Defaults: Amazon Route 53 API Reference. */
export const DNS_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:route53/zone:Zone": table({
    comment: spoken,
    delegationSetId: reach(),
    enableAcceleratedRecovery: other(),
    forceDestroy: other(),
    name: reach(),
    nameServers: assigned,
    primaryNameServer: assigned,
    vpcs: elsewhere,
    zoneId: assigned,
  }),
  "aws:route53/record:Record": table({
    aliases: reach(),
    allowOverwrite: other(),
    cidrRoutingPolicy: reach(),
    failoverRoutingPolicies: reach(),
    fqdn: derived,
    geolocationRoutingPolicies: reach(),
    geoproximityRoutingPolicy: reach(),
    healthCheckId: reach(),
    latencyRoutingPolicies: reach(),
    multivalueAnswerRoutingPolicy: reach(),
    name: reach(),
    records: reach(),
    setIdentifier: reach(),
    ttl: other(),
    type: reach(),
    weightedRoutingPolicies: reach(),
    zoneId: reach(),
  }),
  "aws:route53/zoneAssociation:ZoneAssociation": table({
    owningAccount: derived,
    vpcId: reach(),
    vpcRegion: fixed,
    zoneId: reach(),
  }),
  "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization": table({
    vpcId: access(),
    vpcRegion: fixed,
    zoneId: access(),
  }),
  "aws:route53/resolverEndpoint:ResolverEndpoint": table({
    direction: reach(),
    hostVpcId: derived,
    ipAddresses: within(reach(), { ip: chosen, ipId: assigned }),
    name: spoken,
    protocols: reach(["Do53"]),
    resolverEndpointType: reach("IPV4"),
    rniEnhancedMetricsEnabled: other(),
    securityGroupIds: reach(),
    targetNameServerMetricsEnabled: other(),
  }),
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": table({
    destinationArn: logs(),
    name: spoken,
    ownerId: assigned,
    shareStatus: access("NOT_SHARED"),
  }),
  "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": table({
    resolverQueryLogConfigId: logs(),
    resourceId: logs(),
  }),
};
