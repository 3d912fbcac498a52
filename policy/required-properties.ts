const EC2 = "aws:ec2";
const TRANSIT = "aws:ec2transitgateway";

const TABLE_ENTRY = ["transitGatewayAttachmentId", "transitGatewayRouteTableId"];
const DEFAULT_TABLE = ["transitGatewayId", "transitGatewayRouteTableId"];
const PORTS = ["fromPort", "toPort"];
const INLINE_RULES = ["ingress.protocol", "ingress.fromPort", "ingress.toPort"];

/**
 * Properties that must be known before a resource can be checked, by type. The model would report a route with an unknown
 * route table or target as a fault.
 */
const REQUIRED_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  [`${EC2}/vpc:Vpc`]: ["cidrBlock"],
  [`${EC2}/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation`]: ["vpcId", "cidrBlock"],
  [`${EC2}/subnet:Subnet`]: ["vpcId", "availabilityZone", "cidrBlock"],
  [`${EC2}/routeTable:RouteTable`]: ["vpcId", "routes"],
  [`${EC2}/defaultRouteTable:DefaultRouteTable`]: ["routes"],
  [`${EC2}/routeTableAssociation:RouteTableAssociation`]: ["subnetId", "routeTableId"],
  [`${EC2}/mainRouteTableAssociation:MainRouteTableAssociation`]: ["vpcId", "routeTableId"],
  [`${EC2}/route:Route`]: [
    ...["routeTableId", "gatewayId", "natGatewayId", "transitGatewayId"],
    ...["destinationCidrBlock", "destinationPrefixListId"],
  ],
  [`${EC2}/natGateway:NatGateway`]: ["subnetId", "allocationId"],
  [`${EC2}/internetGateway:InternetGateway`]: ["vpcId"],
  [`${EC2}/internetGatewayAttachment:InternetGatewayAttachment`]: ["internetGatewayId", "vpcId"],
  [`${EC2}/securityGroup:SecurityGroup`]: INLINE_RULES,
  [`${EC2}/defaultSecurityGroup:DefaultSecurityGroup`]: ["vpcId", ...INLINE_RULES],
  [`${EC2}/securityGroupRule:SecurityGroupRule`]: ["securityGroupId", "type", "protocol", ...PORTS],
  ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"]: ["securityGroupId", "ipProtocol", ...PORTS],
  [`${EC2}/vpcEndpoint:VpcEndpoint`]: ["vpcEndpointType"],
  [`${EC2}/flowLog:FlowLog`]: ["vpcId", "trafficType", "logDestination"],
  [`${TRANSIT}/transitGateway:TransitGateway`]: ["defaultRouteTableAssociation", "defaultRouteTablePropagation"],
  [`${TRANSIT}/vpcAttachment:VpcAttachment`]: [
    ...["vpcId", "transitGatewayId"],
    ...["transitGatewayDefaultRouteTableAssociation", "transitGatewayDefaultRouteTablePropagation"],
  ],
  [`${TRANSIT}/routeTable:RouteTable`]: ["transitGatewayId"],
  [`${TRANSIT}/route:Route`]: [...TABLE_ENTRY, "destinationCidrBlock", "blackhole"],
  [`${TRANSIT}/routeTableAssociation:RouteTableAssociation`]: TABLE_ENTRY,
  [`${TRANSIT}/routeTablePropagation:RouteTablePropagation`]: TABLE_ENTRY,
  [`${TRANSIT}/defaultRouteTableAssociation:DefaultRouteTableAssociation`]: DEFAULT_TABLE,
  [`${TRANSIT}/defaultRouteTablePropagation:DefaultRouteTablePropagation`]: DEFAULT_TABLE,
  ["aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig"]: ["destinationArn"],
  ["aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation"]: [
    ...["resourceId", "resolverQueryLogConfigId"],
  ],
  ["aws:s3/bucketPolicy:BucketPolicy"]: ["bucket"],
  ...Object.fromEntries(
    ["Versioning", "ObjectLockConfiguration", "OwnershipControls", "PublicAccessBlock"]
      .concat("ServerSideEncryptionConfiguration")
      .map((name) => [`aws:s3/bucket${name}:Bucket${name}`, ["bucket"]]),
  ),
  ["aws:sns/topicPolicy:TopicPolicy"]: ["arn"],
  ["aws:sqs/queuePolicy:QueuePolicy"]: ["queueUrl"],
  ["aws:ecr/repository:Repository"]: ["name"],
  ["aws:ecr/repositoryPolicy:RepositoryPolicy"]: ["repository"],
  ["aws:ram/principalAssociation:PrincipalAssociation"]: ["principal"],
  ["aws:eks/cluster:Cluster"]: ["vpcConfig.endpointPublicAccess", "vpcConfig.publicAccessCidrs"],
};

/** Whether a required property of a resource is among the unknown ones, as a whole or in part. */
export function isUndetermined(type: string, unknown: readonly string[]): boolean {
  const required = REQUIRED_PROPERTIES[type] ?? [];
  const isIn = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`);
  return unknown.some((path) => required.some((each) => isIn(path, each) || isIn(each, path)));
}
