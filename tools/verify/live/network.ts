import type { Properties } from "../../model/resource";
import {
  access,
  all,
  assigned,
  chosen,
  derived,
  described,
  document,
  elsewhere,
  encryption,
  fixed,
  lifecycle,
  logs,
  performance,
  reach,
  liveTable,
  within,
  type LiveTable,
} from "./rule";
import { FIREWALL_TABLES } from "./firewalls";
import { SITE_TABLES } from "./sites";

/**
 * The VPC (subnets, routes, gateways, addresses, DHCP options, security groups, endpoints, flow logs), the transit gateway
 * and its share, and Route 53.
 *
 * Sources of the defaults: Amazon EC2 API Reference (for the transit gateway: TransitGatewayRequestOptions and
 * CreateTransitGatewayVpcAttachmentRequestOptions), AWS PrivateLink Guide, AWS RAM API Reference, Amazon Route 53 API
 * Reference.
 */
export const NETWORK_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:ec2/vpc:Vpc": liveTable({
    ...all.reach(`
      assignGeneratedIpv6CidrBlock cidrBlock enableDnsHostnames ipv6AssociationId ipv6CidrBlock
      ipv6CidrBlockNetworkBorderGroup ipv6IpamPoolId ipv6NetmaskLength`),
    ...all.performance("enableNetworkAddressUsageMetrics ipv4IpamPoolId ipv4NetmaskLength"),
    ...all.assigned("defaultNetworkAclId defaultRouteTableId defaultSecurityGroupId ownerId"),
    // Without an association, it is AWS's own set, whose id is not in the plan.
    dhcpOptionsId: derived,
    enableDnsSupport: reach(true),
    instanceTenancy: performance("default"),
    // By default, the route table that AWS creates with the VPC.
    mainRouteTableId: {
      ...reach(),
      isDefault: (id, { defaultRouteTableId }: Properties) => id === defaultRouteTableId,
    },
  }),
  "aws:ec2/subnet:Subnet": liveTable({
    ...all.reach(`
      assignIpv6AddressOnCreation availabilityZone cidrBlock customerOwnedIpv4Pool enableDns64 enableLniAtDeviceIndex
      enableResourceNameDnsARecordOnLaunch enableResourceNameDnsAaaaRecordOnLaunch ipv6CidrBlock
      ipv6CidrBlockAssociationId ipv6IpamPoolId ipv6Native ipv6NetmaskLength mapCustomerOwnedIpOnLaunch
      mapPublicIpOnLaunch outpostArn vpcId`),
    ...all.performance("ipv4IpamPoolId ipv4NetmaskLength"),
    ownerId: assigned,
    availabilityZoneId: derived,
    privateDnsHostnameTypeOnLaunch: reach("ip-name"),
  }),
  "aws:ec2/routeTable:RouteTable": liveTable({
    ...all.reach("propagatingVgws vpcId"),
    ownerId: assigned,
    routes: elsewhere("reach"),
  }),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": liveTable(all.reach("gatewayId routeTableId subnetId")),
  "aws:ec2/route:Route": liveTable({
    ...all.reach(`
      carrierGatewayId coreNetworkArn destinationCidrBlock destinationIpv6CidrBlock destinationPrefixListId
      egressOnlyGatewayId gatewayId instanceId instanceOwnerId localGatewayId natGatewayId networkInterfaceId
      odbNetworkArn routeTableId transitGatewayId vpcEndpointId vpcPeeringConnectionId`),
    origin: reach("CreateRoute"),
    // `blackhole`: its target does not exist any more (Amazon EC2 API Reference, Route).
    state: reach("active"),
  }),
  "aws:ec2/internetGateway:InternetGateway": liveTable({ vpcId: reach(), ownerId: assigned }),
  "aws:ec2/eip:Eip": liveTable({
    ...all.reach("associateWithPrivateIp carrierIp customerOwnedIp customerOwnedIpv4Pool instance"),
    ...all.performance("ipamPoolId ptrRecord"),
    ...all.assigned("address allocationId publicDns publicIp"),
    ...all.derived("associationId privateDns privateIp"),
    networkBorderGroup: fixed,
    domain: reach("vpc"),
    networkInterface: elsewhere("reach"),
    publicIpv4Pool: reach("amazon"),
    // The former name of `domain`, which the provider still sets.
    vpc: derived,
  }),
  "aws:ec2/natGateway:NatGateway": liveTable({
    ...all.reach(
      "allocationId secondaryAllocationIds secondaryPrivateIpAddressCount secondaryPrivateIpAddresses subnetId",
    ),
    // Of a regional NAT gateway: it has our addresses only, and AWS adds no AZ.
    availabilityZoneAddresses: within(reach(), { availabilityZoneId: derived }),
    autoProvisionZones: reach("disabled", ""),
    autoScalingIps: reach("disabled", ""),
    regionalNatGatewayAutoMode: reach("disabled", ""),
    ...all.assigned("associationId networkInterfaceId privateIp routeTableId"),
    ...all.derived("publicIp regionalNatGatewayAddresses vpcId"),
    availabilityMode: reach("zonal"),
    connectivityType: reach("public"),
  }),
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": liveTable({
    ...all.reach("domainName domainNameServers netbiosNameServers netbiosNodeType ntpServers"),
    ipv6AddressPreferredLeaseTime: performance(),
    ownerId: assigned,
  }),
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": liveTable(all.reach("dhcpOptionsId vpcId")),
  "aws:ec2/securityGroup:SecurityGroup": liveTable({
    ...all.fixed("name namePrefix"),
    vpcId: reach(),
    revokeRulesOnDelete: lifecycle(),
    ownerId: assigned,
    description: described,
    // The provider removes AWS's rule for all traffic from a new group (terraform-provider-aws, aws_security_group).
    egress: reach(),
    ingress: elsewhere("reach"),
  }),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": liveTable({
    ...all.reach("egress ingress vpcId"),
    ...all.fixed("name namePrefix"),
    revokeRulesOnDelete: lifecycle(),
    ownerId: assigned,
    description: described,
  }),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": liveTable({
    ...all.reach("cidrIpv4 cidrIpv6 fromPort ipProtocol prefixListId referencedSecurityGroupId securityGroupId toPort"),
    securityGroupRuleId: assigned,
    description: described,
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": liveTable({
    ...all.reach(`
      privateDnsEnabled resourceConfigurationArn routeTableIds securityGroupIds serviceName serviceNetworkArn subnetIds
      vpcId`),
    ...all.lifecycle("autoAccept requesterManaged"),
    ...all.assigned("cidrBlocks dnsEntries networkInterfaceIds ownerId prefixListId"),
    // Gateway endpoints have `service-defined` (Amazon EC2 API Reference, DnsOptions).
    dnsOptions: within(reach(), {
      dnsRecordIpType: reach("ipv4", "service-defined"),
      privateDnsPreference: reach("VERIFIED_DOMAINS_ONLY"),
    }),
    ipAddressType: reach("ipv4"),
    policy: document("access", isFullAccess),
    serviceRegion: { ...reach(), isDefault: isOwnRegion },
    state: reach("available", "pending"),
    subnetConfigurations: within({ ...reach(), isDefault: areOwnAddresses }, { ipv4: assigned }),
    vpcEndpointType: reach("Gateway"),
  }),
  "aws:ec2/flowLog:FlowLog": liveTable({
    ...all.access("deliverCrossAccountRole iamRoleArn"),
    ...all.logs(`
      destinationOptions eniId logDestination logDestinationType logFormat regionalNatGatewayId subnetId
      tagFieldSpecifications trafficType transitGatewayAttachmentId transitGatewayId vpcId`),
    maxAggregationInterval: logs(600),
  }),
  ...FIREWALL_TABLES,
  ...SITE_TABLES,
  "aws:ec2transitgateway/transitGateway:TransitGateway": liveTable({
    transitGatewayCidrBlocks: reach(),
    ownerId: assigned,
    description: described,
    amazonSideAsn: reach(64512),
    associationDefaultRouteTableId: elsewhere("reach"),
    autoAcceptSharedAttachments: access("disable"),
    defaultRouteTableAssociation: reach("enable"),
    defaultRouteTablePropagation: reach("enable"),
    dnsSupport: reach("enable"),
    encryptionSupport: encryption("disable"),
    multicastSupport: reach("disable"),
    propagationDefaultRouteTableId: elsewhere("reach"),
    securityGroupReferencingSupport: reach("disable"),
    vpnEcmpSupport: reach("enable"),
  }),
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": liveTable({
    ...all.reach("subnetIds transitGatewayId vpcId"),
    vpcOwnerId: derived,
    applianceModeSupport: reach("disable"),
    dnsSupport: reach("enable"),
    ipv6Support: reach("disable"),
    securityGroupReferencingSupport: reach("enable"),
    transitGatewayDefaultRouteTableAssociation: reach(true),
    transitGatewayDefaultRouteTablePropagation: reach(true),
  }),
  "aws:ec2transitgateway/routeTable:RouteTable": liveTable({
    transitGatewayId: reach(),
    // The default route tables are properties of the transit gateway, which are compared.
    ...all.derived("defaultAssociationRouteTable defaultPropagationRouteTable"),
  }),
  "aws:ec2transitgateway/route:Route": liveTable(
    all.reach("blackhole destinationCidrBlock transitGatewayAttachmentId transitGatewayRouteTableId"),
  ),
  "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": liveTable({
    ...all.reach("transitGatewayAttachmentId transitGatewayRouteTableId"),
    replaceExistingAssociation: lifecycle(),
    resourceId: derived,
    // Of the attachment, which is compared: a site's is a VPN connection or a Direct Connect gateway.
    resourceType: reach("vpc", "vpn", "direct-connect-gateway"),
  }),
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": liveTable({
    ...all.reach("transitGatewayAttachmentId transitGatewayRouteTableId"),
    resourceId: derived,
    resourceType: reach("vpc"),
  }),
  "aws:ec2transitgateway/defaultRouteTableAssociation:DefaultRouteTableAssociation": liveTable({
    ...all.reach("transitGatewayId transitGatewayRouteTableId"),
    originalDefaultRouteTableId: assigned,
  }),
  "aws:ec2transitgateway/defaultRouteTablePropagation:DefaultRouteTablePropagation": liveTable({
    ...all.reach("transitGatewayId transitGatewayRouteTableId"),
    originalDefaultRouteTableId: assigned,
  }),
  "aws:ram/resourceShare:ResourceShare": liveTable({
    ...all.access("allowExternalPrincipals resourceShareConfiguration"),
    name: described,
    permissionArns: { ...access(), isDefault: areDefaultPermissions },
  }),
  "aws:ram/resourceAssociation:ResourceAssociation": liveTable(all.access("resourceArn resourceShareArn")),
  "aws:ram/principalAssociation:PrincipalAssociation": liveTable(all.access("principal resourceShareArn")),
  "aws:route53/zone:Zone": liveTable({
    ...all.reach("delegationSetId name"),
    ...all.assigned("nameServers primaryNameServer zoneId"),
    forceDestroy: lifecycle(),
    enableAcceleratedRecovery: performance(),
    comment: described,
    vpcs: elsewhere("reach"),
  }),
  "aws:route53/record:Record": liveTable({
    ...all.reach(`
      aliases cidrRoutingPolicy failoverRoutingPolicies geolocationRoutingPolicies geoproximityRoutingPolicy
      healthCheckId latencyRoutingPolicies multivalueAnswerRoutingPolicy name records setIdentifier type
      weightedRoutingPolicies zoneId`),
    allowOverwrite: lifecycle(),
    ttl: performance(),
    fqdn: derived,
  }),
  "aws:route53/zoneAssociation:ZoneAssociation": liveTable({
    ...all.reach("vpcId zoneId"),
    owningAccount: derived,
    vpcRegion: fixed,
  }),
  "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization": liveTable({
    ...all.access("vpcId zoneId"),
    vpcRegion: fixed,
  }),
  "aws:route53/resolverEndpoint:ResolverEndpoint": liveTable({
    ...all.reach("direction securityGroupIds"),
    ...all.performance("rniEnhancedMetricsEnabled targetNameServerMetricsEnabled"),
    hostVpcId: derived,
    name: described,
    ipAddresses: within(reach(), { ip: chosen, ipId: assigned }),
    protocols: reach(["Do53"]),
    resolverEndpointType: reach("IPV4"),
  }),
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": liveTable({
    destinationArn: logs(),
    ownerId: assigned,
    name: described,
    shareStatus: access("NOT_SHARED"),
  }),
  "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": liveTable(
    all.logs("resolverQueryLogConfigId resourceId"),
  ),
  "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": liveTable({
    ownerId: assigned,
    name: described,
    shareStatus: access("NOT_SHARED"),
  }),
  "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": liveTable({
    name: described,
    domains: reach(),
  }),
  "aws:route53/resolverFirewallRule:ResolverFirewallRule": liveTable({
    ...all.reach(`
      action blockOverrideDnsType blockOverrideDomain blockOverrideTtl blockResponse confidenceThreshold dnsThreatProtection
      firewallDomainListId firewallRuleGroupId priority qType`),
    name: described,
    firewallDomainRedirectionAction: reach("INSPECT_REDIRECTION_DOMAIN"),
    firewallThreatProtectionId: assigned,
  }),
  "aws:route53/resolverFirewallConfig:ResolverFirewallConfig": liveTable({
    resourceId: reach(),
    ownerId: assigned,
    firewallFailOpen: reach("DISABLED"),
  }),
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": liveTable({
    ...all.reach("firewallRuleGroupId priority vpcId"),
    name: described,
    mutationProtection: lifecycle("DISABLED"),
  }),
};

/** Whether it is the policy of an endpoint for which none is set (AWS PrivateLink Guide, "Control access using endpoint policies"). */
function isFullAccess(policy: unknown): boolean {
  return (
    typeof policy === "string" &&
    policy.replace(/\s/g, "").includes('"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]')
  );
}

/** Whether it is the Region in the service name, `com.amazonaws.REGION.SERVICE`. */
function isOwnRegion(region: unknown, { serviceName }: Properties): boolean {
  return String(serviceName).split(".")[2] === region;
}

/** Whether all are in the endpoint's subnets, without an IPv6 address. */
function areOwnAddresses(value: unknown, { subnetIds }: Properties): boolean {
  return (
    Array.isArray(value) &&
    value.every((each: Properties | null) => {
      const isOurs = Array.isArray(subnetIds) && subnetIds.includes(each?.["subnetId"]);
      return isOurs && [undefined, null, ""].includes(each?.["ipv6"] as undefined);
    })
  );
}

/** Whether all are the default permissions of the shared resource types (AWS RAM User Guide, "AWS RAM permissions"). */
function areDefaultPermissions(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((arn) => /^arn:aws[\w-]*:ram::aws:permission\/AWSRAMDefaultPermission/.test(String(arn)))
  );
}
