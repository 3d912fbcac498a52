import {
  access,
  all,
  assigned,
  described,
  encryption,
  fixed,
  lifecycle,
  type LiveTable,
  liveTable,
  reach,
  within,
} from "./rule";

/** Properties of a tunnel of a VPN connection: what AWS chooses, and what the program sets. */
function tunnel(name: string): LiveTable {
  const named = (names: string): string =>
    names
      .trim()
      .split(/\s+/)
      .map((each) => `${name}${each}`)
      .join(" ");
  return {
    ...all.encryption(
      named(`
        IkeVersions Phase1DhGroupNumbers Phase1EncryptionAlgorithms Phase1IntegrityAlgorithms Phase2DhGroupNumbers
        Phase2EncryptionAlgorithms Phase2IntegrityAlgorithms`),
    ),
    ...all.assigned(
      named("Address BgpAsn BgpHoldtime CgwInsideAddress InsideCidr InsideIpv6Cidr PresharedKey VgwInsideAddress"),
    ),
    ...all.chosen(
      named(`
        DpdTimeoutAction DpdTimeoutSeconds Phase1LifetimeSeconds Phase2LifetimeSeconds RekeyFuzzPercentage
        RekeyMarginTimeSeconds ReplayWindowSize StartupAction`),
    ),
    ...all.lifecycle(named("EnableTunnelLifecycleControl")),
    ...all.logs(named("LogOptions")),
  };
}

/**
 * External sites and the domains that they resolve.
 *
 * Sources of the defaults: Amazon EC2 API Reference (VpnConnectionOptionsSpecification), AWS Site-to-Site VPN User Guide,
 * "Tunnel options for your AWS Site-to-Site VPN connection", AWS Direct Connect API Reference, Amazon Route 53 API Reference.
 */
export const SITE_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:ec2/customerGateway:CustomerGateway": liveTable({
    ...all.access("certificateArn"),
    ...all.reach("bgpAsn bgpAsnExtended ipAddress type"),
    deviceName: described,
  }),
  "aws:ec2/vpnConnection:VpnConnection": liveTable({
    ...all.reach(
      "customerGatewayId transitGatewayId vpnConcentratorId vpnGatewayId transportTransitGatewayAttachmentId",
    ),
    ...all.assigned(`
      coreNetworkArn coreNetworkAttachmentArn customerGatewayConfiguration presharedKeyArn transitGatewayAttachmentId`),
    ...all.counter("routes vgwTelemetries"),
    ...all.performance("enableAcceleration"),
    tunnelBandwidth: { ...reach("standard"), concern: "other", harmless: "performance" },
    ...all.reach("localIpv6NetworkCidr remoteIpv6NetworkCidr"),
    localIpv4NetworkCidr: reach("0.0.0.0/0"),
    remoteIpv4NetworkCidr: reach("0.0.0.0/0"),
    outsideIpAddressType: reach("PublicIpv4"),
    presharedKeyStorage: encryption("Standard"),
    staticRoutesOnly: reach(),
    tunnelInsideIpVersion: reach("ipv4"),
    type: fixed,
    ...tunnel("tunnel1"),
    ...tunnel("tunnel2"),
  }),
  "aws:directconnect/gatewayAssociation:GatewayAssociation": liveTable({
    ...all.reach("allowedPrefixes associatedGatewayId dxGatewayId proposalId"),
    ...all.assigned("dxGatewayAssociationId dxGatewayOwnerAccountId transitGatewayAttachmentId"),
    ...all.derived("associatedGatewayOwnerAccountId associatedGatewayType"),
  }),
  "aws:route53/resolverRule:ResolverRule": liveTable({
    ...all.reach("domainName resolverEndpointId ruleType"),
    ownerId: assigned,
    name: described,
    targetIps: within(reach(), { protocol: reach("Do53") }),
    shareStatus: access("NOT_SHARED", "SHARED_BY_ME"),
  }),
  "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": liveTable({
    ...all.reach("resolverRuleId vpcId"),
    name: fixed,
    timeouts: lifecycle(),
  }),
};
