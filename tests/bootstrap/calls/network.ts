import { of, type CallsByType } from "./calls";

/** For networks, what joins them, and their names. */
export const NETWORK_CALLS: CallsByType = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
    {
      make: "ec2:RevokeSecurityGroupIngress ec2:RevokeSecurityGroupEgress ec2:CreateTags",
      read: "ec2:DescribeSecurityGroups",
      arn: of("ec2", () => "security-group/sg-1"),
    },
  ],
  "aws:ec2/eip:Eip": [
    {
      make: "ec2:AllocateAddress ec2:DisassociateAddress",
      change: "ec2:ReleaseAddress",
      read: "ec2:DescribeAddresses ec2:DescribeAddressesAttribute",
    },
  ],
  "aws:ec2/flowLog:FlowLog": [
    {
      make: "ec2:CreateFlowLogs logs:CreateLogDelivery",
      change: "ec2:DeleteFlowLogs logs:DeleteLogDelivery",
      read: "ec2:DescribeFlowLogs",
    },
  ],
  "aws:ec2/internetGateway:InternetGateway": [
    {
      make: "ec2:CreateInternetGateway ec2:AttachInternetGateway",
      change: "ec2:DetachInternetGateway ec2:DeleteInternetGateway",
      read: "ec2:DescribeInternetGateways",
    },
  ],
  "aws:ec2/natGateway:NatGateway": [
    { make: "ec2:CreateNatGateway", change: "ec2:DeleteNatGateway", read: "ec2:DescribeNatGateways" },
  ],
  "aws:ec2/route:Route": [
    { make: "ec2:CreateRoute", change: "ec2:ReplaceRoute ec2:DeleteRoute", read: "ec2:DescribeRouteTables" },
  ],
  "aws:ec2/routeTable:RouteTable": [
    { make: "ec2:CreateRouteTable", change: "ec2:DeleteRouteTable", read: "ec2:DescribeRouteTables" },
  ],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": [
    {
      make: "ec2:AssociateRouteTable ec2:ReplaceRouteTableAssociation ec2:DisassociateRouteTable",
      read: "ec2:DescribeRouteTables",
    },
  ],
  "aws:ec2/securityGroup:SecurityGroup": [
    {
      make: "ec2:CreateSecurityGroup ec2:RevokeSecurityGroupEgress",
      change: "ec2:DeleteSecurityGroup",
      read: "ec2:DescribeSecurityGroups ec2:DescribeNetworkInterfaces",
    },
  ],
  "aws:ec2/subnet:Subnet": [
    {
      make: "ec2:CreateSubnet",
      change: "ec2:ModifySubnetAttribute ec2:DeleteSubnet",
      read: "ec2:DescribeSubnets ec2:DescribeNetworkInterfaces",
    },
  ],
  "aws:ec2/vpc:Vpc": [
    {
      make: "ec2:CreateVpc",
      change: "ec2:ModifyVpcAttribute ec2:DeleteVpc ec2:CreateTags ec2:DeleteTags",
      read: "ec2:DescribeVpcs ec2:DescribeVpcAttribute ec2:DescribeNetworkAcls ec2:DescribeSecurityGroups",
    },
  ],
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": [
    { make: "ec2:CreateDhcpOptions", change: "ec2:DeleteDhcpOptions", read: "ec2:DescribeDhcpOptions" },
  ],
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": [
    { make: "ec2:AssociateDhcpOptions", read: "ec2:DescribeVpcs" },
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    {
      make: "ec2:CreateVpcEndpoint",
      change: "ec2:ModifyVpcEndpoint ec2:DeleteVpcEndpoints",
      read: "ec2:DescribeVpcEndpoints ec2:DescribePrefixLists",
    },
  ],
  "aws:ec2transitgateway/defaultRouteTableAssociation:DefaultRouteTableAssociation": [
    { change: "ec2:ModifyTransitGateway", read: "ec2:DescribeTransitGateways" },
  ],
  "aws:ec2transitgateway/defaultRouteTablePropagation:DefaultRouteTablePropagation": [
    { change: "ec2:ModifyTransitGateway", read: "ec2:DescribeTransitGateways" },
  ],
  "aws:ec2transitgateway/route:Route": [
    {
      change: "ec2:CreateTransitGatewayRoute ec2:DeleteTransitGatewayRoute",
      read: "ec2:SearchTransitGatewayRoutes",
    },
  ],
  "aws:ec2transitgateway/routeTable:RouteTable": [
    {
      make: "ec2:CreateTransitGatewayRouteTable",
      change: "ec2:DeleteTransitGatewayRouteTable",
      read: "ec2:DescribeTransitGatewayRouteTables",
    },
  ],
  "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": [
    {
      change: "ec2:AssociateTransitGatewayRouteTable ec2:DisassociateTransitGatewayRouteTable",
      read: "ec2:GetTransitGatewayRouteTableAssociations",
    },
  ],
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": [
    {
      change: "ec2:EnableTransitGatewayRouteTablePropagation ec2:DisableTransitGatewayRouteTablePropagation",
      read: "ec2:GetTransitGatewayRouteTablePropagations",
    },
  ],
  "aws:ec2transitgateway/transitGateway:TransitGateway": [
    {
      make: "ec2:CreateTransitGateway",
      change: "ec2:ModifyTransitGateway ec2:DeleteTransitGateway",
      read: "ec2:DescribeTransitGateways",
    },
  ],
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": [
    {
      make: "ec2:CreateTransitGatewayVpcAttachment",
      change: "ec2:ModifyTransitGatewayVpcAttachment ec2:DeleteTransitGatewayVpcAttachment",
      read: "ec2:DescribeTransitGatewayVpcAttachments ec2:DescribeTransitGateways ec2:GetTransitGatewayRouteTableAssociations",
    },
  ],
  "aws:route53/record:Record": [
    {
      make: "route53:ChangeResourceRecordSets",
      read: "route53:ListResourceRecordSets route53:GetHostedZone route53:GetChange",
    },
  ],
  "aws:route53/resolverEndpoint:ResolverEndpoint": [
    {
      make:
        "route53resolver:CreateResolverEndpoint route53resolver:TagResource ec2:CreateNetworkInterface " +
        "ec2:ModifyNetworkInterfaceAttribute ec2:DeleteNetworkInterface",
      change:
        "route53resolver:UpdateResolverEndpoint route53resolver:AssociateResolverEndpointIpAddress " +
        "route53resolver:DisassociateResolverEndpointIpAddress route53resolver:DeleteResolverEndpoint",
      read: "route53resolver:GetResolverEndpoint route53resolver:ListResolverEndpointIpAddresses ec2:DescribeNetworkInterfaces",
    },
  ],
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": [
    {
      make:
        "route53resolver:CreateResolverQueryLogConfig route53resolver:TagResource logs:CreateLogDelivery " +
        "logs:GetLogDelivery logs:UpdateLogDelivery logs:ListLogDeliveries",
      change: "route53resolver:DeleteResolverQueryLogConfig route53resolver:UntagResource logs:DeleteLogDelivery",
      read: "route53resolver:GetResolverQueryLogConfig route53resolver:ListTagsForResource",
    },
    {
      make: "iam:CreateServiceLinkedRole",
      arn: of("iam", () => "role/aws-service-role/route53resolver.amazonaws.com/AWSServiceRoleForRoute53Resolver"),
      context: () => ({ "iam:AWSServiceName": "route53resolver.amazonaws.com" }),
    },
  ],
  "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": [
    {
      make: "route53resolver:AssociateResolverQueryLogConfig",
      change: "route53resolver:DisassociateResolverQueryLogConfig",
      read: "route53resolver:GetResolverQueryLogConfigAssociation ec2:DescribeVpcs",
    },
  ],
  "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization": [
    { read: "sts:AssumeRole", arn: ({ hubAccount = "" }) => `arn:aws:iam::${hubAccount}:role/piksel-spoke-access` },
  ],
  "aws:route53/zone:Zone": [
    {
      make: "route53:CreateHostedZone route53:AssociateVPCWithHostedZone route53:ChangeTagsForResource",
      change:
        "route53:UpdateHostedZoneComment route53:DisassociateVPCFromHostedZone route53:ChangeResourceRecordSets " +
        "route53:DeleteHostedZone",
      read: "route53:GetHostedZone route53:ListTagsForResource route53:ListResourceRecordSets route53:GetChange route53:GetDNSSEC",
      arn: () => "arn:aws:route53:::hostedzone/Z1",
    },
  ],
  "aws:route53/zoneAssociation:ZoneAssociation": [
    {
      make: "route53:AssociateVPCWithHostedZone",
      change: "route53:DisassociateVPCFromHostedZone",
      read: "route53:ListHostedZonesByVPC route53:GetChange",
      arn: () => "arn:aws:route53:::hostedzone/Z1",
    },
  ],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    {
      make: "ec2:AuthorizeSecurityGroupIngress ec2:RevokeSecurityGroupIngress",
      change: "ec2:ModifySecurityGroupRules",
      read: "ec2:DescribeSecurityGroupRules",
    },
  ],
};
