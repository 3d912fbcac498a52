import { ENDPOINT_SERVICES } from "../../../../components/facts/endpoint-services";
import { isProperties, items, lookup, text, textIn, texts, type ModelResource } from "../../resource";
import { awsServiceOf, endpointType } from "../endpoints-and-zones";
import { FIREWALL } from "../firewalls";
import { isRegional } from "../nat-gateways";

/** A resource that the model does not fully cover. */
export interface Unsupported {
  readonly resource: ModelResource;
  /** Continues the sentence after the resource's name: `has the vpcId vpc-1, which is not in any stack`. */
  readonly why: string;
}

/**
 * Services that neither route packets between networks nor answer DNS queries. Any other resource, from any provider, is
 * reported until the model covers it. By service name in @pulumi/aws and in CloudFormation.
 */
const HARMLESS_SERVICES: readonly string[] = [
  ...["accessanalyzer", "account", "acm", "acmpca", "athena", "auditmanager", "backup", "budgets", "cfg", "cloudtrail"],
  ...["cloudwatch", "config", "costexplorer", "cur", "detective", "dynamodb", "ebs", "ecr", "ecrpublic", "eks"],
  ...["events", "firehose", "glue", "guardduty", "iam", "identitystore", "inspector2", "kinesis", "kms", "logs"],
  ...["macie2", "organizations", "ram", "resourceexplorer", "resourcegroups", "s3", "s3control", "s3tables"],
  ...["scheduler", "secretsmanager", "securityhub", "servicequotas", "sns", "sqs", "ssm", "ssoadmin", "xray"],
];

/** Networking types that route nothing, or that other checks examine. */
const HARMLESS_TYPES: readonly string[] = [
  ...["eip", "flowLog", "keyPair", "launchTemplate", "tag"],
  ...["ami", "amiCopy", "amiFromInstance", "amiLaunchPermission", "imageBlockPublicAccess", "allowedImagesSettings"],
  ...["capacityReservation", "dedicatedHost", "placementGroup", "serialConsoleAccess", "instanceMetadataDefaults"],
  ...["snapshotCreateVolumePermission", "volumeAttachment", "subnetCidrReservation"],
  ...["networkInsightsPath", "networkInsightsAnalysis", "networkInsightsAccessScope"],
  ...["vpcEndpointPolicy", "vpcEndpointConnectionNotification", "vpcNetworkPerformanceMetricSubscription"],
]
  .map((name) => `aws:ec2/${name}`)
  .concat(
    // Egress rules are ignored: the model assumes that senders may send anything.
    "aws:vpc/securityGroupEgressRule",
    "aws:route53/vpcAssociationAuthorization",
    // What a firewall drops is not modeled, only which traffic reaches it.
    ...["firewallPolicy", "ruleGroup", "loggingConfiguration"].map((name) => `aws:networkfirewall/${name}`),
    ...["resolverQueryLogConfig", "resolverQueryLogConfigAssociation", "queryLog", "healthCheck", "delegationSet"].map(
      (name) => `aws:route53/${name}`,
    ),
    ...["hostedZoneDnsSec", "keySigningKey"].map((name) => `aws:route53/${name}`),
    // What DNS Firewall does to answers is in its rules.
    ...["Config", "DomainList", "RuleGroup", "RuleGroupAssociation"].map(
      (name) => `aws:route53/resolverFirewall${name}`,
    ),
  );

/** Packages without AWS networking: Pulumi's own, and components, whose children are listed separately. */
const HARMLESS_PACKAGES: readonly string[] = [
  ...["pulumi", "pulumiservice", "kubernetes", "random", "tls", "time"],
  ...["awsx", "eks", "piksel"],
];

/** Properties with the CloudFormation type of a Cloud Control resource, `AWS::EC2::VPC`. */
const NAMED_BY = ["typeName", "type"];
const CLOUD_CONTROL: readonly string[] = ["aws:cloudcontrol/resource:Resource", "aws-native:index:ExtensionResource"];

/** Whether a resource may route traffic or answer DNS queries in a way that the model does not cover. */
export function isUnsupportedType(resource: ModelResource): boolean {
  const { type } = resource;
  if (type in COVERED_TYPES) return false;
  const [pack = "", module = "", name = ""] = type.split(":");
  if (HARMLESS_PACKAGES.includes(pack)) return false;
  if (HARMLESS_TYPES.includes(`${pack}:${module}`)) return false;
  return !HARMLESS_SERVICES.includes(serviceOf(resource, module, name));
}

/** The service: `ec2` for `aws:ec2/vpc:Vpc`, `aws-native:ec2:Vpc`, `awscc:index/ec2Vpc:Ec2Vpc` and `AWS::EC2::VPC`. */
function serviceOf(resource: ModelResource, module: string, name: string): string {
  if (CLOUD_CONTROL.includes(resource.type)) {
    const named = NAMED_BY.map((property) => text(resource, property)).find((value) => value !== "") ?? "";
    return (named.split("::")[1] ?? "").toLowerCase();
  }
  const [service = "", inside = name] = module.split("/");
  if (service !== "index") return service.toLowerCase();
  return (/^[A-Z]?[a-z0-9]+/.exec(inside)?.[0] ?? "").toLowerCase();
}

/** Settings of a covered type that the model does not cover, as text. */
export function unsupportedSettings(resource: ModelResource): string[] {
  const known = COVERED_TYPES[resource.type];
  if (known === undefined) return [];
  const { modeled, harmless = [], values = {} } = known;
  const set = Object.entries(resource.inputs)
    .filter(([property]) => ![...modeled, ...harmless, ...ALWAYS_HARMLESS].includes(property))
    .filter(([property, value]) => !isOff(value) && !(lookup(values, property) ?? []).includes(String(value)))
    .map(([property]) => `sets ${property}`);
  return [...set, ...(FURTHER[resource.type] ?? (() => []))(resource)];
}

/** Whether a value means off or none. */
function isOff(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isOff);
  if (isProperties(value)) return Object.values(value).every(isOff);
  return value === undefined || value === null || value === false || ["", "disable", 0].includes(value as string);
}

/** Values of covered properties that the model does not cover. */
const FURTHER: Readonly<Record<string, (resource: ModelResource) => string[]>> = {
  "aws:ec2/routeTable:RouteTable": inlineIpv6,
  "aws:ec2/defaultRouteTable:DefaultRouteTable": inlineIpv6,
  "aws:ec2/vpcEndpoint:VpcEndpoint": (endpoint) => {
    const [type, serviceName] = [endpointType(endpoint), text(endpoint, "serviceName")];
    if (!["Gateway", "Interface"].includes(type)) return [`has the type ${type}`];
    // A third party's endpoint service may lead anywhere (AWS PrivateLink Guide, "Share your services").
    const service = awsServiceOf(serviceName)?.service;
    if (serviceName !== "" && service === undefined) return [`connects to ${serviceName}, which is not an AWS service`];
    const answers = endpoint.inputs["privateDnsEnabled"] === true && !ENDPOINT_SERVICES.includes(service ?? "");
    return answers ? [`uses private DNS for ${service ?? "a service"}, whose DNS names are unknown`] : [];
  },
  // A public NAT gateway has an Elastic IP address (Amazon EC2 API Reference, CreateNatGateway).
  "aws:ec2/natGateway:NatGateway": (nat) => {
    if (isRegional(nat)) return regionalFaults(nat);
    const needsAddress = text(nat, "connectivityType") !== "private";
    return needsAddress && text(nat, "allocationId") === "" ? ["is public and has no allocationId"] : [];
  },
  // Accounts that a subnet is shared with can launch anything in it (Amazon VPC User Guide, "Share your VPC").
  "aws:ram/resourceAssociation:ResourceAssociation": (share) => {
    const arn = text(share, "resourceArn");
    return /ec2\/subnet:Subnet|:subnet\//.test(arn) ? [`shares the subnet ${arn}`] : [];
  },
  "aws:route53/resolverEndpoint:ResolverEndpoint": (resolver) => {
    const [direction, protocols] = [text(resolver, "direction"), texts(resolver, "protocols")];
    return [
      ...(["INBOUND", "OUTBOUND", ""].includes(direction) ? [] : [`has the direction ${direction}`]),
      ...(protocols.length === 0 || protocols.includes("Do53")
        ? []
        : [`supports only ${protocols.join(", ")}, not Do53`]),
    ];
  },
};

/**
 * Regional NAT gateways are public, and AWS extends one without `availabilityZoneAddresses` to AZs by itself, with addresses
 * that no stack knows (Amazon EC2 API Reference, CreateNatGateway).
 */
function regionalFaults(nat: ModelResource): string[] {
  const zones = items(nat, "availabilityZoneAddresses").map((each) => textIn(each, "availabilityZone"));
  return [
    ...(text(nat, "connectivityType") === "private" ? ["is regional and private"] : []),
    ...(zones.length === 0 ? ["is regional and has no availabilityZoneAddresses"] : []),
    ...(text(nat, "subnetId") === "" && text(nat, "allocationId") === ""
      ? []
      : ["is regional and has a subnet or allocationId"]),
  ];
}

function inlineIpv6(table: ModelResource): string[] {
  const blocks = items(table, "routes").map((route) => textIn(route, "ipv6CidrBlock"));
  return blocks.filter((block) => block !== "").map((block) => `has a route for ${block}`);
}

/** What the model covers of a resource type. */
interface Coverage {
  /** Properties that the model covers. */
  readonly modeled: readonly string[];
  /** Properties that affect neither paths nor DNS answers. */
  readonly harmless?: readonly string[];
  /** Harmless values of other properties; any other value is reported. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

/** Properties, common to many types, that affect neither paths nor DNS answers. */
const ALWAYS_HARMLESS: readonly string[] = [
  ...["arn", "description", "id", "name", "namePrefix", "ownerId", "region", "tags", "tagsAll", "timeouts"],
];

/** Modules of the types below. */
export const EC2 = "aws:ec2";
export const TRANSIT = "aws:ec2transitgateway";
const OPT_OUTS = ["transitGatewayDefaultRouteTableAssociation", "transitGatewayDefaultRouteTablePropagation"];
const ROUTE_TARGETS = [
  ...["transitGatewayId", "natGatewayId", "gatewayId", "carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId"],
  ...["instanceId", "localGatewayId", "networkInterfaceId", "odbNetworkArn", "vpcEndpointId", "vpcPeeringConnectionId"],
];
const GROUP: Coverage = { modeled: ["ingress", "vpcId"], harmless: ["egress", "revokeRulesOnDelete"] };
const ACL: Coverage = { modeled: ["vpcId", "subnetIds", "ingress", "egress", "defaultNetworkAclId"] };
/** Properties of what belongs to a transit gateway route table. */
export const IN_TABLE = ["transitGatewayAttachmentId", "transitGatewayRouteTableId"];
const DEFAULT_TABLE: Coverage = {
  modeled: ["transitGatewayId", "transitGatewayRouteTableId"],
  harmless: ["originalDefaultRouteTableId"],
};

const SITE = "aws:directconnect/gatewayAssociation:GatewayAssociation";
/** Of each tunnel of a VPN connection; `data-and-access-are-protected` reads those that encrypt. */
const TUNNEL = [
  ...[
    "DpdTimeoutAction",
    "DpdTimeoutSeconds",
    "EnableTunnelLifecycleControl",
    "IkeVersions",
    "InsideCidr",
    "LogOptions",
  ],
  ...["Phase1DhGroupNumbers", "Phase1EncryptionAlgorithms", "Phase1IntegrityAlgorithms", "Phase1LifetimeSeconds"],
  ...["Phase2DhGroupNumbers", "Phase2EncryptionAlgorithms", "Phase2IntegrityAlgorithms", "Phase2LifetimeSeconds"],
  ...["PresharedKey", "RekeyFuzzPercentage", "RekeyMarginTimeSeconds", "ReplayWindowSize", "StartupAction"],
];

/**
 * Types that the model covers, with their @pulumi/aws properties. Any other property that is set is reported, because the
 * model does not know its effect.
 */
export const COVERED_TYPES: Readonly<Record<string, Coverage>> = {
  [`${EC2}/vpc:Vpc`]: {
    modeled: ["cidrBlock", "enableDnsSupport", "enableDnsHostnames", "mainRouteTableId"],
    harmless: [
      ...["instanceTenancy", "enableNetworkAddressUsageMetrics", "dhcpOptionsId"],
      ...["defaultNetworkAclId", "defaultRouteTableId", "defaultSecurityGroupId"],
    ],
  },
  [`${EC2}/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation`]: { modeled: ["vpcId", "cidrBlock"] },
  [`${EC2}/subnet:Subnet`]: {
    modeled: ["vpcId", "cidrBlock", "availabilityZone", "mapPublicIpOnLaunch"],
    harmless: [
      ...["enableResourceNameDnsARecordOnLaunch", "enableResourceNameDnsAaaaRecordOnLaunch"],
      "privateDnsHostnameTypeOnLaunch",
    ],
  },
  [`${EC2}/routeTable:RouteTable`]: { modeled: ["vpcId", "routes"] },
  [`${EC2}/defaultRouteTable:DefaultRouteTable`]: { modeled: ["defaultRouteTableId", "routes"], harmless: ["vpcId"] },
  [`${EC2}/route:Route`]: {
    // A target that the model does not cover is reported where a subnet uses the route.
    modeled: ["routeTableId", "destinationCidrBlock", "destinationPrefixListId", ...ROUTE_TARGETS],
    harmless: ["state", "origin", "instanceOwnerId"],
  },
  [`${EC2}/routeTableAssociation:RouteTableAssociation`]: { modeled: ["subnetId", "routeTableId"] },
  [`${EC2}/mainRouteTableAssociation:MainRouteTableAssociation`]: {
    modeled: ["vpcId", "routeTableId"],
    harmless: ["originalRouteTableId"],
  },
  [`${EC2}/internetGateway:InternetGateway`]: { modeled: ["vpcId"] },
  [`${EC2}/internetGatewayAttachment:InternetGatewayAttachment`]: { modeled: ["vpcId", "internetGatewayId"] },
  [`${EC2}/natGateway:NatGateway`]: {
    modeled: [
      ...["subnetId", "connectivityType", "allocationId", "privateIp", "secondaryPrivateIpAddresses"],
      ...["secondaryAllocationIds", "secondaryPrivateIpAddressCount"],
      ...["availabilityMode", "availabilityZoneAddresses", "vpcId"],
    ],
  },
  [`${EC2}/vpcEndpoint:VpcEndpoint`]: {
    modeled: [
      ...["vpcId", "serviceName", "vpcEndpointType", "subnetIds", "subnetConfigurations", "securityGroupIds"],
      ...["privateDnsEnabled", "routeTableIds"],
    ],
    harmless: ["policy", "autoAccept"],
    values: { ipAddressType: ["ipv4"] },
  },
  [`${EC2}/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation`]: {
    modeled: ["vpcEndpointId", "routeTableId"],
  },
  [`${EC2}/vpcDhcpOptions:VpcDhcpOptions`]: {
    modeled: ["domainNameServers"],
    harmless: [
      ...["domainName", "ntpServers", "netbiosNameServers", "netbiosNodeType"],
      "ipv6AddressPreferredLeaseTime",
    ],
  },
  [`${EC2}/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation`]: { modeled: ["vpcId", "dhcpOptionsId"] },
  [`${EC2}/managedPrefixList:ManagedPrefixList`]: {
    modeled: ["entries"],
    harmless: ["addressFamily", "maxEntries", "version"],
  },
  [`${EC2}/managedPrefixListEntry:ManagedPrefixListEntry`]: { modeled: ["prefixListId", "cidr"] },
  [`${EC2}/securityGroup:SecurityGroup`]: GROUP,
  [`${EC2}/defaultSecurityGroup:DefaultSecurityGroup`]: GROUP,
  [`${EC2}/securityGroupRule:SecurityGroupRule`]: {
    modeled: [
      ...["securityGroupId", "type", "protocol", "fromPort", "toPort", "self", "sourceSecurityGroupId"],
      ...["cidrBlocks", "ipv6CidrBlocks", "prefixListIds"],
    ],
    harmless: ["securityGroupRuleId"],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    modeled: [
      ...["securityGroupId", "ipProtocol", "fromPort", "toPort", "referencedSecurityGroupId"],
      ...["cidrIpv4", "cidrIpv6", "prefixListId"],
    ],
    harmless: ["securityGroupRuleId"],
  },
  [`${EC2}/networkAcl:NetworkAcl`]: ACL,
  [`${EC2}/defaultNetworkAcl:DefaultNetworkAcl`]: ACL,
  [`${EC2}/networkAclRule:NetworkAclRule`]: {
    modeled: ["networkAclId", "egress", "ruleNumber", "ruleAction", "protocol", "fromPort", "toPort", "cidrBlock"],
    harmless: ["ipv6CidrBlock", "icmpCode", "icmpType"],
  },
  [`${EC2}/networkAclAssociation:NetworkAclAssociation`]: { modeled: ["networkAclId", "subnetId"] },
  [`${TRANSIT}/transitGateway:TransitGateway`]: {
    modeled: ["defaultRouteTableAssociation", "defaultRouteTablePropagation", "autoAcceptSharedAttachments"],
    harmless: [
      ...["amazonSideAsn", "dnsSupport", "vpnEcmpSupport", "securityGroupReferencingSupport", "encryptionSupport"],
      ...["associationDefaultRouteTableId", "propagationDefaultRouteTableId"],
    ],
  },
  [`${TRANSIT}/vpcAttachment:VpcAttachment`]: {
    modeled: ["vpcId", "transitGatewayId", "subnetIds", "applianceModeSupport", ...OPT_OUTS],
    harmless: ["dnsSupport", "securityGroupReferencingSupport", "vpcOwnerId"],
  },
  [`${TRANSIT}/vpcAttachmentAccepter:VpcAttachmentAccepter`]: {
    modeled: ["transitGatewayAttachmentId", ...OPT_OUTS],
    harmless: [
      ...["applianceModeSupport", "dnsSupport", "ipv6Support", "securityGroupReferencingSupport"],
      ...["subnetIds", "transitGatewayId", "vpcId", "vpcOwnerId"],
    ],
  },
  [FIREWALL]: {
    modeled: ["transitGatewayId", "availabilityZoneMappings"],
    harmless: [
      ...["firewallPolicyArn", "deleteProtection", "firewallPolicyChangeProtection", "subnetChangeProtection"],
      ...["availabilityZoneChangeProtection", "enabledAnalysisTypes", "encryptionConfiguration"],
    ],
  },
  [`${TRANSIT}/routeTable:RouteTable`]: {
    modeled: ["transitGatewayId"],
    harmless: ["defaultAssociationRouteTable", "defaultPropagationRouteTable"],
  },
  [`${TRANSIT}/route:Route`]: { modeled: [...IN_TABLE, "destinationCidrBlock", "blackhole"] },
  [`${TRANSIT}/routeTableAssociation:RouteTableAssociation`]: {
    modeled: IN_TABLE,
    harmless: ["replaceExistingAssociation", "resourceId", "resourceType"],
  },
  [`${TRANSIT}/routeTablePropagation:RouteTablePropagation`]: {
    modeled: IN_TABLE,
    harmless: ["resourceId", "resourceType"],
  },
  [`${TRANSIT}/defaultRouteTableAssociation:DefaultRouteTableAssociation`]: DEFAULT_TABLE,
  [`${TRANSIT}/defaultRouteTablePropagation:DefaultRouteTablePropagation`]: DEFAULT_TABLE,
  [`${EC2}/customerGateway:CustomerGateway`]: {
    modeled: [],
    harmless: ["bgpAsn", "bgpAsnExtended", "certificateArn", "deviceName", "ipAddress"],
    values: { type: ["ipsec.1"] },
  },
  [`${EC2}/vpnConnection:VpnConnection`]: {
    modeled: ["customerGatewayId", "transitGatewayId", "staticRoutesOnly"],
    harmless: [
      ...["tunnel1", "tunnel2"].flatMap((tunnel) => TUNNEL.map((property) => `${tunnel}${property}`)),
      ...["enableAcceleration", "presharedKeyStorage", "tunnelBandwidth"],
    ],
    values: {
      ...{ type: ["ipsec.1"], tunnelInsideIpVersion: ["ipv4"], outsideIpAddressType: ["PublicIpv4"] },
      ...{ localIpv4NetworkCidr: ["0.0.0.0/0"], remoteIpv4NetworkCidr: ["0.0.0.0/0"] },
    },
  },
  [SITE]: { modeled: ["dxGatewayId", "associatedGatewayId", "allowedPrefixes"] },
  "aws:ram/resourceAssociation:ResourceAssociation": { modeled: ["resourceArn"], harmless: ["resourceShareArn"] },
  "aws:route53/zone:Zone": {
    modeled: ["name", "vpcs"],
    harmless: ["comment", "forceDestroy", "delegationSetId", "zoneId", "enableAcceleratedRecovery"],
  },
  "aws:route53/zoneAssociation:ZoneAssociation": {
    modeled: ["zoneId", "vpcId"],
    harmless: ["vpcRegion", "owningAccount"],
  },
  "aws:route53/record:Record": {
    modeled: ["zoneId", "name", "type", "records", "aliases"],
    harmless: ["ttl", "allowOverwrite", "fqdn"],
  },
  "aws:route53/resolverEndpoint:ResolverEndpoint": {
    modeled: ["direction", "ipAddresses", "securityGroupIds", "protocols"],
    harmless: ["rniEnhancedMetricsEnabled", "targetNameServerMetricsEnabled", "hostVpcId"],
    values: { resolverEndpointType: ["IPV4"] },
  },
  "aws:route53/resolverRule:ResolverRule": {
    modeled: ["domainName", "resolverEndpointId", "targetIps"],
    values: { ruleType: ["FORWARD"] },
  },
  "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": { modeled: ["resolverRuleId", "vpcId"] },
  "aws:route53/resolverFirewallRule:ResolverFirewallRule": {
    modeled: ["action", "firewallDomainListId", "firewallRuleGroupId", "priority"],
    harmless: ["firewallDomainRedirectionAction"],
    values: { blockResponse: ["NXDOMAIN", "NODATA"] },
  },
};
