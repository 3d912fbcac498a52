import type { Properties } from "../../model/resource";
import { assigned, derived, elsewhere, fixed, other, reach, spoken, table, within, type LiveTable } from "./rule";

/** VPCs, their subnets and route tables. Defaults: Amazon EC2 API Reference, and what the provider reads of them. */
export const VPC_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:ec2/vpc:Vpc": table({
    assignGeneratedIpv6CidrBlock: reach(),
    cidrBlock: reach(),
    defaultNetworkAclId: assigned,
    defaultRouteTableId: assigned,
    defaultSecurityGroupId: assigned,
    // Of a VPC without an association it is AWS's own set, whose id no plan knows.
    dhcpOptionsId: derived,
    enableDnsHostnames: reach(),
    enableDnsSupport: reach(true),
    enableNetworkAddressUsageMetrics: other(),
    instanceTenancy: other("default"),
    ipv4IpamPoolId: other(),
    ipv4NetmaskLength: other(),
    ipv6AssociationId: reach(),
    ipv6CidrBlock: reach(),
    ipv6CidrBlockNetworkBorderGroup: reach(),
    ipv6IpamPoolId: reach(),
    ipv6NetmaskLength: reach(),
    // The table that AWS made with the VPC, until somebody makes another one the main table.
    mainRouteTableId: {
      ...reach(),
      isDefault: (id, { defaultRouteTableId }: Properties) => id === defaultRouteTableId,
    },
    ownerId: assigned,
  }),
  "aws:ec2/subnet:Subnet": table({
    assignIpv6AddressOnCreation: reach(),
    availabilityZone: reach(),
    availabilityZoneId: derived,
    cidrBlock: reach(),
    customerOwnedIpv4Pool: reach(),
    enableDns64: reach(),
    enableLniAtDeviceIndex: reach(),
    enableResourceNameDnsARecordOnLaunch: reach(),
    enableResourceNameDnsAaaaRecordOnLaunch: reach(),
    ipv4IpamPoolId: other(),
    ipv4NetmaskLength: other(),
    ipv6CidrBlock: reach(),
    ipv6CidrBlockAssociationId: reach(),
    ipv6IpamPoolId: reach(),
    ipv6Native: reach(),
    ipv6NetmaskLength: reach(),
    mapCustomerOwnedIpOnLaunch: reach(),
    mapPublicIpOnLaunch: reach(),
    outpostArn: reach(),
    ownerId: assigned,
    privateDnsHostnameTypeOnLaunch: reach("ip-name"),
    vpcId: reach(),
  }),
  "aws:ec2/routeTable:RouteTable": table({
    ownerId: assigned,
    propagatingVgws: reach(),
    routes: elsewhere,
    vpcId: reach(),
  }),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": table({
    gatewayId: reach(),
    routeTableId: reach(),
    subnetId: reach(),
  }),
  "aws:ec2/route:Route": table({
    carrierGatewayId: reach(),
    coreNetworkArn: reach(),
    destinationCidrBlock: reach(),
    destinationIpv6CidrBlock: reach(),
    destinationPrefixListId: reach(),
    egressOnlyGatewayId: reach(),
    gatewayId: reach(),
    instanceId: reach(),
    instanceOwnerId: reach(),
    localGatewayId: reach(),
    natGatewayId: reach(),
    networkInterfaceId: reach(),
    odbNetworkArn: reach(),
    origin: reach("CreateRoute"),
    routeTableId: reach(),
    // `blackhole`: what it leads to is gone (Amazon EC2 API Reference, Route).
    state: reach("active"),
    transitGatewayId: reach(),
    vpcEndpointId: reach(),
    vpcPeeringConnectionId: reach(),
  }),
  "aws:ec2/internetGateway:InternetGateway": table({ ownerId: assigned, vpcId: reach() }),
  "aws:ec2/eip:Eip": table({
    address: assigned,
    allocationId: assigned,
    associateWithPrivateIp: reach(),
    associationId: derived,
    carrierIp: reach(),
    customerOwnedIp: reach(),
    customerOwnedIpv4Pool: reach(),
    domain: reach("vpc"),
    instance: reach(),
    ipamPoolId: other(),
    networkBorderGroup: fixed,
    networkInterface: elsewhere,
    privateDns: derived,
    privateIp: derived,
    ptrRecord: other(),
    publicDns: assigned,
    publicIp: assigned,
    publicIpv4Pool: reach("amazon"),
    // The older spelling of `domain`, which the provider still writes.
    vpc: derived,
  }),
  "aws:ec2/natGateway:NatGateway": table({
    allocationId: reach(),
    associationId: assigned,
    autoProvisionZones: reach(),
    autoScalingIps: reach(),
    availabilityMode: reach("zonal"),
    availabilityZoneAddresses: reach(),
    connectivityType: reach("public"),
    networkInterfaceId: assigned,
    privateIp: assigned,
    publicIp: derived,
    regionalNatGatewayAddresses: reach(),
    regionalNatGatewayAutoMode: reach(),
    routeTableId: reach(),
    secondaryAllocationIds: reach(),
    secondaryPrivateIpAddressCount: reach(),
    secondaryPrivateIpAddresses: reach(),
    subnetId: reach(),
    vpcId: derived,
  }),
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": table({
    domainName: reach(),
    domainNameServers: reach(),
    ipv6AddressPreferredLeaseTime: other(),
    netbiosNameServers: reach(),
    netbiosNodeType: reach(),
    ntpServers: reach(),
    ownerId: assigned,
  }),
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": table({ dhcpOptionsId: reach(), vpcId: reach() }),
  "aws:ec2/securityGroup:SecurityGroup": table({
    description: spoken,
    // The provider takes AWS's rule for everything out of a new group (terraform-provider-aws, aws_security_group).
    egress: reach(),
    ingress: elsewhere,
    name: fixed,
    namePrefix: fixed,
    ownerId: assigned,
    revokeRulesOnDelete: other(),
    vpcId: reach(),
  }),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": table({
    description: spoken,
    egress: reach(),
    ingress: reach(),
    name: fixed,
    namePrefix: fixed,
    ownerId: assigned,
    revokeRulesOnDelete: other(),
    vpcId: reach(),
  }),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": table({
    cidrIpv4: reach(),
    cidrIpv6: reach(),
    description: spoken,
    fromPort: reach(),
    ipProtocol: reach(),
    prefixListId: reach(),
    referencedSecurityGroupId: reach(),
    securityGroupId: reach(),
    securityGroupRuleId: assigned,
    toPort: reach(),
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": table({
    autoAccept: other(),
    cidrBlocks: assigned,
    dnsEntries: assigned,
    // Gateway endpoints have `service-defined` (Amazon EC2 API Reference, DnsOptions).
    dnsOptions: within(reach(), {
      dnsRecordIpType: reach("ipv4", "service-defined"),
      privateDnsPreference: reach("VERIFIED_DOMAINS_ONLY"),
    }),
    ipAddressType: reach("ipv4"),
    networkInterfaceIds: assigned,
    ownerId: assigned,
    policy: { concern: "access", defaults: [], isDocument: true, isDefault: isFullAccess },
    prefixListId: assigned,
    privateDnsEnabled: reach(),
    requesterManaged: other(),
    resourceConfigurationArn: reach(),
    routeTableIds: reach(),
    securityGroupIds: reach(),
    serviceName: reach(),
    serviceNetworkArn: reach(),
    serviceRegion: { ...reach(), isDefault: isOwnRegion },
    state: reach("available", "pending"),
    subnetConfigurations: within({ ...reach(), isDefault: areOwnAddresses }, { ipv4: assigned }),
    subnetIds: reach(),
    vpcEndpointType: reach("Gateway"),
    vpcId: reach(),
  }),
};

/** The policy of an endpoint without one (AWS PrivateLink Guide, "Control access using endpoint policies"). */
function isFullAccess(policy: unknown): boolean {
  return (
    typeof policy === "string" &&
    policy.replace(/\s/g, "").includes('"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]')
  );
}

/** `com.amazonaws.REGION.SERVICE`. */
function isOwnRegion(region: unknown, { serviceName }: Properties): boolean {
  return String(serviceName).split(".")[2] === region;
}

/** An address of AWS's choice in each of the endpoint's subnets, and no IPv6 address. */
function areOwnAddresses(value: unknown, { subnetIds }: Properties): boolean {
  return (
    Array.isArray(value) &&
    value.every((each: Properties | null) => {
      const isOurs = Array.isArray(subnetIds) && subnetIds.includes(each?.["subnetId"]);
      return isOurs && [undefined, null, ""].includes(each?.["ipv6"] as undefined);
    })
  );
}
