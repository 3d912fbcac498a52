/** What the model covers of a resource type. */
export interface Known {
  /** Properties that the model covers. */
  readonly followed: readonly string[];
  /** Properties that affect neither paths nor DNS answers. */
  readonly harmless?: readonly string[];
  /** Harmless values of other properties; any other value is reported. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

/** Properties, common to many types, that affect neither paths nor DNS answers. */
export const ALWAYS_HARMLESS: readonly string[] = [
  ...["arn", "description", "id", "name", "namePrefix", "ownerId", "region", "tags", "tagsAll", "timeouts"],
];

const EC2 = "aws:ec2";
const TRANSIT = "aws:ec2transitgateway";
const OPT_OUTS = ["transitGatewayDefaultRouteTableAssociation", "transitGatewayDefaultRouteTablePropagation"];
const ROUTE_TARGETS = [
  ...["transitGatewayId", "natGatewayId", "gatewayId", "carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId"],
  ...["instanceId", "localGatewayId", "networkInterfaceId", "odbNetworkArn", "vpcEndpointId", "vpcPeeringConnectionId"],
];
const GROUP: Known = { followed: ["ingress", "vpcId"], harmless: ["egress", "revokeRulesOnDelete"] };
const ACL: Known = { followed: ["vpcId", "subnetIds", "ingress", "egress", "defaultNetworkAclId"] };
const IN_TABLE = ["transitGatewayAttachmentId", "transitGatewayRouteTableId"];
const DEFAULT_TABLE: Known = {
  followed: ["transitGatewayId", "transitGatewayRouteTableId"],
  harmless: ["originalDefaultRouteTableId"],
};

/**
 * Types that the model covers, with their @pulumi/aws properties. Any other property that is set is reported, because the
 * model does not know its effect.
 */
export const FOLLOWED: Readonly<Record<string, Known>> = {
  [`${EC2}/vpc:Vpc`]: {
    followed: ["cidrBlock", "enableDnsSupport", "enableDnsHostnames", "mainRouteTableId"],
    harmless: [
      ...["instanceTenancy", "enableNetworkAddressUsageMetrics", "dhcpOptionsId"],
      ...["defaultNetworkAclId", "defaultRouteTableId", "defaultSecurityGroupId"],
    ],
  },
  [`${EC2}/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation`]: { followed: ["vpcId", "cidrBlock"] },
  [`${EC2}/subnet:Subnet`]: {
    followed: ["vpcId", "cidrBlock", "availabilityZone", "mapPublicIpOnLaunch"],
    harmless: [
      ...["enableResourceNameDnsARecordOnLaunch", "enableResourceNameDnsAaaaRecordOnLaunch"],
      "privateDnsHostnameTypeOnLaunch",
    ],
  },
  [`${EC2}/routeTable:RouteTable`]: { followed: ["vpcId", "routes"] },
  [`${EC2}/defaultRouteTable:DefaultRouteTable`]: { followed: ["defaultRouteTableId", "routes"], harmless: ["vpcId"] },
  [`${EC2}/route:Route`]: {
    // A target that the model does not cover is reported where a subnet uses the route.
    followed: ["routeTableId", "destinationCidrBlock", "destinationPrefixListId", ...ROUTE_TARGETS],
    harmless: ["state", "origin", "instanceOwnerId"],
  },
  [`${EC2}/routeTableAssociation:RouteTableAssociation`]: { followed: ["subnetId", "routeTableId"] },
  [`${EC2}/mainRouteTableAssociation:MainRouteTableAssociation`]: {
    followed: ["vpcId", "routeTableId"],
    harmless: ["originalRouteTableId"],
  },
  [`${EC2}/internetGateway:InternetGateway`]: { followed: ["vpcId"] },
  [`${EC2}/internetGatewayAttachment:InternetGatewayAttachment`]: { followed: ["vpcId", "internetGatewayId"] },
  [`${EC2}/natGateway:NatGateway`]: {
    followed: [
      ...["subnetId", "connectivityType", "allocationId", "privateIp", "secondaryPrivateIpAddresses"],
      ...["secondaryAllocationIds", "secondaryPrivateIpAddressCount"],
    ],
    values: { availabilityMode: ["zonal"] },
  },
  [`${EC2}/vpcEndpoint:VpcEndpoint`]: {
    followed: [
      ...["vpcId", "serviceName", "vpcEndpointType", "subnetIds", "subnetConfigurations", "securityGroupIds"],
      ...["privateDnsEnabled", "routeTableIds"],
    ],
    harmless: ["policy", "autoAccept"],
    values: { ipAddressType: ["ipv4"] },
  },
  [`${EC2}/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation`]: {
    followed: ["vpcEndpointId", "routeTableId"],
  },
  [`${EC2}/vpcDhcpOptions:VpcDhcpOptions`]: {
    followed: ["domainNameServers"],
    harmless: [
      ...["domainName", "ntpServers", "netbiosNameServers", "netbiosNodeType"],
      "ipv6AddressPreferredLeaseTime",
    ],
  },
  [`${EC2}/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation`]: { followed: ["vpcId", "dhcpOptionsId"] },
  [`${EC2}/managedPrefixList:ManagedPrefixList`]: {
    followed: ["entries"],
    harmless: ["addressFamily", "maxEntries", "version"],
  },
  [`${EC2}/managedPrefixListEntry:ManagedPrefixListEntry`]: { followed: ["prefixListId", "cidr"] },
  [`${EC2}/securityGroup:SecurityGroup`]: GROUP,
  [`${EC2}/defaultSecurityGroup:DefaultSecurityGroup`]: GROUP,
  [`${EC2}/securityGroupRule:SecurityGroupRule`]: {
    followed: [
      ...["securityGroupId", "type", "protocol", "fromPort", "toPort", "self", "sourceSecurityGroupId"],
      ...["cidrBlocks", "ipv6CidrBlocks", "prefixListIds"],
    ],
    harmless: ["securityGroupRuleId"],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    followed: [
      ...["securityGroupId", "ipProtocol", "fromPort", "toPort", "referencedSecurityGroupId"],
      ...["cidrIpv4", "cidrIpv6", "prefixListId"],
    ],
    harmless: ["securityGroupRuleId"],
  },
  [`${EC2}/networkAcl:NetworkAcl`]: ACL,
  [`${EC2}/defaultNetworkAcl:DefaultNetworkAcl`]: ACL,
  [`${EC2}/networkAclRule:NetworkAclRule`]: {
    followed: ["networkAclId", "egress", "ruleNumber", "ruleAction", "protocol", "fromPort", "toPort", "cidrBlock"],
    harmless: ["ipv6CidrBlock", "icmpCode", "icmpType"],
  },
  [`${EC2}/networkAclAssociation:NetworkAclAssociation`]: { followed: ["networkAclId", "subnetId"] },
  [`${TRANSIT}/transitGateway:TransitGateway`]: {
    followed: ["defaultRouteTableAssociation", "defaultRouteTablePropagation", "autoAcceptSharedAttachments"],
    harmless: [
      ...["amazonSideAsn", "dnsSupport", "vpnEcmpSupport", "securityGroupReferencingSupport", "encryptionSupport"],
      ...["associationDefaultRouteTableId", "propagationDefaultRouteTableId"],
    ],
  },
  [`${TRANSIT}/vpcAttachment:VpcAttachment`]: {
    followed: ["vpcId", "transitGatewayId", "subnetIds", "applianceModeSupport", ...OPT_OUTS],
    harmless: ["dnsSupport", "securityGroupReferencingSupport", "vpcOwnerId"],
  },
  [`${TRANSIT}/vpcAttachmentAccepter:VpcAttachmentAccepter`]: {
    followed: ["transitGatewayAttachmentId", ...OPT_OUTS],
    harmless: [
      ...["applianceModeSupport", "dnsSupport", "ipv6Support", "securityGroupReferencingSupport"],
      ...["subnetIds", "transitGatewayId", "vpcId", "vpcOwnerId"],
    ],
  },
  [`${TRANSIT}/routeTable:RouteTable`]: {
    followed: ["transitGatewayId"],
    harmless: ["defaultAssociationRouteTable", "defaultPropagationRouteTable"],
  },
  [`${TRANSIT}/route:Route`]: { followed: [...IN_TABLE, "destinationCidrBlock", "blackhole"] },
  [`${TRANSIT}/routeTableAssociation:RouteTableAssociation`]: {
    followed: IN_TABLE,
    harmless: ["replaceExistingAssociation", "resourceId", "resourceType"],
  },
  [`${TRANSIT}/routeTablePropagation:RouteTablePropagation`]: {
    followed: IN_TABLE,
    harmless: ["resourceId", "resourceType"],
  },
  [`${TRANSIT}/defaultRouteTableAssociation:DefaultRouteTableAssociation`]: DEFAULT_TABLE,
  [`${TRANSIT}/defaultRouteTablePropagation:DefaultRouteTablePropagation`]: DEFAULT_TABLE,
  "aws:ram/resourceAssociation:ResourceAssociation": { followed: ["resourceArn"], harmless: ["resourceShareArn"] },
  "aws:route53/zone:Zone": {
    followed: ["name", "vpcs"],
    harmless: ["comment", "forceDestroy", "delegationSetId", "zoneId", "enableAcceleratedRecovery"],
  },
  "aws:route53/zoneAssociation:ZoneAssociation": {
    followed: ["zoneId", "vpcId"],
    harmless: ["vpcRegion", "owningAccount"],
  },
  "aws:route53/record:Record": {
    followed: ["zoneId", "name", "type", "records", "aliases"],
    harmless: ["ttl", "allowOverwrite", "fqdn"],
  },
  "aws:route53/resolverEndpoint:ResolverEndpoint": {
    followed: ["direction", "ipAddresses", "securityGroupIds", "protocols"],
    harmless: ["rniEnhancedMetricsEnabled", "targetNameServerMetricsEnabled", "hostVpcId"],
    values: { resolverEndpointType: ["IPV4"] },
  },
};
