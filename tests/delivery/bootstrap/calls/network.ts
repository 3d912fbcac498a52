import type { Deployment } from "../../../../delivery/bootstrap/deployment-policy";
import { hubRoleNames, type HubRoleNames } from "../../../../components/names";
import type { TagsByKind } from "../authorization";
import { of, UNTAGGED, type CallsByType } from "./calls";

/** Of the resolver's group, of which the calls are the same as of the endpoints'. */
const OWN_GROUP = ({ prefix }: Deployment): TagsByKind => ({
  "security-group": { Project: prefix, Name: "hub-resolver" },
});

/** Interface endpoints have a group, the gateway endpoints of spokes have none. */
const ENDPOINT = {
  make: "ec2:CreateVpcEndpoint",
  change: "ec2:ModifyVpcEndpoint ec2:DeleteVpcEndpoints",
  read: "ec2:DescribeVpcEndpoints ec2:DescribePrefixLists",
};
const RULE = {
  make: "ec2:AuthorizeSecurityGroupIngress ec2:RevokeSecurityGroupIngress",
  change: "ec2:ModifySecurityGroupRules",
  read: "ec2:DescribeSecurityGroupRules",
};
const queryLog = of("route53resolver", () => "resolver-query-log-config/rqlc-1");
const firewallGroup = of("route53resolver", () => "firewall-rule-group/rslvr-frg-1");
const firewallList = of("route53resolver", () => "firewall-domain-list/rslvr-fdl-1");
const FIREWALL_RULE = {
  make: "route53resolver:CreateFirewallRule",
  change: "route53resolver:UpdateFirewallRule route53resolver:DeleteFirewallRule",
};
const hubRole =
  (role: keyof HubRoleNames) =>
  (deployment: Deployment): string =>
    `arn:aws:iam::${deployment.role === "spoke" ? deployment.hubAccount : ""}:role/${hubRoleNames(deployment.prefix, deployment.stack)[role]}`;

/** For networks and their names. */
export const NETWORK_CALLS: CallsByType = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
    {
      // As it is found; a destroy leaves it, and AWS deletes it with its VPC.
      make: "ec2:RevokeSecurityGroupIngress ec2:RevokeSecurityGroupEgress",
      read: "ec2:DescribeSecurityGroups",
      tags: { "security-group": UNTAGGED },
    },
    { change: "ec2:RevokeSecurityGroupIngress ec2:RevokeSecurityGroupEgress" },
  ],
  "aws:ec2/eip:Eip": [
    {
      make: "ec2:AllocateAddress",
      change: "ec2:ReleaseAddress",
      read: "ec2:DescribeAddresses ec2:DescribeAddressesAttribute",
    },
    // Of a NAT gateway's interface.
    { change: "ec2:DisassociateAddress", tags: { "network-interface": UNTAGGED } },
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
    {
      make: "ec2:CreateNatGateway",
      change: "ec2:AssociateNatGatewayAddress ec2:DisassociateNatGatewayAddress ec2:DeleteNatGateway",
      read: "ec2:DescribeNatGateways",
    },
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
      tags: (hub) => ({ ...OWN_GROUP(hub), request: { Name: "hub-resolver" } }),
    },
    // The rules of the group of the Resolver outbound endpoint.
    { change: "ec2:AuthorizeSecurityGroupEgress", tags: (hub) => ({ ...OWN_GROUP(hub), request: UNTAGGED }) },
  ],
  "aws:ec2/subnet:Subnet": [
    {
      make: "ec2:CreateSubnet",
      change: "ec2:ModifySubnetAttribute ec2:DeleteSubnet",
      // The last one for AZs that are given by AZ ID (aws_availability_zones).
      read: "ec2:DescribeSubnets ec2:DescribeNetworkInterfaces ec2:DescribeAvailabilityZones",
    },
  ],
  "aws:ec2/vpc:Vpc": [
    {
      make: "ec2:CreateVpc",
      change: "ec2:ModifyVpcAttribute ec2:DeleteVpc",
      read:
        "ec2:DescribeVpcs ec2:DescribeVpcAttribute ec2:DescribeNetworkAcls ec2:DescribeRouteTables " +
        "ec2:DescribeSecurityGroups",
    },
  ],
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": [
    { make: "ec2:CreateDhcpOptions", change: "ec2:DeleteDhcpOptions", read: "ec2:DescribeDhcpOptions" },
  ],
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": [
    { make: "ec2:AssociateDhcpOptions", read: "ec2:DescribeVpcs" },
    // A destroy gives the VPC AWS's own options back.
    { change: "ec2:AssociateDhcpOptions", tags: { "dhcp-options": UNTAGGED } },
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    { ...ENDPOINT, tags: OWN_GROUP, only: "hub" },
    { ...ENDPOINT, tags: { "security-group": null }, only: "spoke" },
  ],
  "aws:route53/record:Record": [
    {
      make: "route53:ChangeResourceRecordSets",
      read: "route53:ListResourceRecordSets route53:GetHostedZone route53:GetChange",
    },
  ],
  "aws:route53/resolverEndpoint:ResolverEndpoint": [
    {
      make: "route53resolver:CreateResolverEndpoint route53resolver:TagResource",
      change:
        "route53resolver:UpdateResolverEndpoint route53resolver:AssociateResolverEndpointIpAddress " +
        "route53resolver:DisassociateResolverEndpointIpAddress route53resolver:DeleteResolverEndpoint " +
        "route53resolver:UntagResource",
      read:
        "route53resolver:GetResolverEndpoint route53resolver:ListResolverEndpointIpAddresses " +
        "route53resolver:ListTagsForResource ec2:DescribeNetworkInterfaces",
      arn: of("route53resolver", () => "resolver-endpoint/rslvr-in-1"),
    },
    // Its interfaces, which it does not tag.
    {
      make: "ec2:CreateNetworkInterface ec2:ModifyNetworkInterfaceAttribute ec2:DeleteNetworkInterface",
      tags: (hub) => ({ ...OWN_GROUP(hub), "network-interface": UNTAGGED, request: UNTAGGED }),
    },
  ],
  "aws:route53/resolverFirewallConfig:ResolverFirewallConfig": [
    {
      make: "route53resolver:UpdateFirewallConfig",
      read: "route53resolver:ListFirewallConfigs ec2:DescribeVpcs",
      arn: of("route53resolver", () => "firewall-config/rslvr-fc-1"),
    },
  ],
  "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": [
    {
      make: "route53resolver:CreateFirewallDomainList route53resolver:TagResource",
      change:
        "route53resolver:UpdateFirewallDomains route53resolver:DeleteFirewallDomainList route53resolver:UntagResource",
      read: "route53resolver:GetFirewallDomainList route53resolver:ListFirewallDomains route53resolver:ListTagsForResource",
      arn: firewallList,
    },
  ],
  "aws:route53/resolverFirewallRule:ResolverFirewallRule": [
    { ...FIREWALL_RULE, read: "route53resolver:ListFirewallRules", arn: firewallGroup },
    { ...FIREWALL_RULE, arn: firewallList },
    // A list of AWS's, of which no account is known.
    { ...FIREWALL_RULE, arn: ({ region }) => `arn:aws:route53resolver:${region}::firewall-domain-list/rslvr-fdl-1` },
  ],
  "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": [
    {
      make: "route53resolver:CreateFirewallRuleGroup route53resolver:TagResource",
      change: "route53resolver:DeleteFirewallRuleGroup route53resolver:UntagResource",
      read: "route53resolver:GetFirewallRuleGroup route53resolver:ListTagsForResource",
      arn: firewallGroup,
    },
  ],
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": [
    {
      make: "route53resolver:AssociateFirewallRuleGroup route53resolver:TagResource",
      change:
        "route53resolver:UpdateFirewallRuleGroupAssociation route53resolver:DisassociateFirewallRuleGroup " +
        "route53resolver:UntagResource",
      read: "route53resolver:GetFirewallRuleGroupAssociation route53resolver:ListTagsForResource ec2:DescribeVpcs",
      arn: of("route53resolver", () => "firewall-rule-group-association/rslvr-frgassoc-1"),
    },
  ],
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": [
    {
      make: "route53resolver:CreateResolverQueryLogConfig route53resolver:TagResource",
      change: "route53resolver:DeleteResolverQueryLogConfig route53resolver:UntagResource",
      read: "route53resolver:GetResolverQueryLogConfig route53resolver:ListTagsForResource",
      arn: queryLog,
    },
    {
      make: "logs:CreateLogDelivery logs:GetLogDelivery logs:UpdateLogDelivery logs:ListLogDeliveries",
      change: "logs:DeleteLogDelivery",
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
      arn: queryLog,
    },
  ],
  "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization": [
    { make: "sts:AssumeRole", arn: hubRole("access") },
    // Review M4: a preview takes the role that reads.
    { read: "sts:AssumeRole", arn: hubRole("preview") },
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
    { ...RULE, tags: OWN_GROUP, only: "hub" },
    // The group that EKS makes, which has its tags and none of ours.
    {
      ...RULE,
      tags: ({ prefix }) => ({ "security-group": { "aws:eks:cluster-name": `${prefix}-dev` } }),
      only: "spoke",
    },
  ],
};
