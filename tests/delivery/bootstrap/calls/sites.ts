import { type CallsByType, of } from "./calls";

/** For external sites, and the domains that they resolve. */
export const SITE_CALLS: CallsByType = {
  "aws:ec2/customerGateway:CustomerGateway": [
    {
      make: "ec2:CreateCustomerGateway",
      change: "ec2:DeleteCustomerGateway",
      read: "ec2:DescribeCustomerGateways",
    },
  ],
  "aws:ec2/vpnConnection:VpnConnection": [
    {
      make: "ec2:CreateVpnConnection",
      change: "ec2:ModifyVpnConnection ec2:ModifyVpnTunnelOptions ec2:DeleteVpnConnection",
      read: "ec2:DescribeVpnConnections ec2:DescribeTransitGatewayAttachments",
    },
  ],
  "aws:directconnect/gatewayAssociation:GatewayAssociation": [
    {
      make: "directconnect:CreateDirectConnectGatewayAssociation",
      change: "directconnect:DeleteDirectConnectGatewayAssociation",
      read: "ec2:DescribeTransitGatewayAttachments",
      arn: ({ account }) => `arn:aws:directconnect::${account}:dx-gateway/01234567-89ab-cdef-0123-456789abcdef`,
    },
    {
      change: "directconnect:UpdateDirectConnectGatewayAssociation",
      read: "directconnect:DescribeDirectConnectGatewayAssociations",
    },
  ],
  "aws:route53/resolverRule:ResolverRule": [
    {
      // AWS RAM asks for the policy when the rule is shared.
      make: "route53resolver:CreateResolverRule route53resolver:TagResource route53resolver:PutResolverRulePolicy",
      change: "route53resolver:UpdateResolverRule route53resolver:DeleteResolverRule route53resolver:UntagResource",
      read: "route53resolver:GetResolverRule route53resolver:ListTagsForResource",
      arn: of("route53resolver", () => "resolver-rule/rslvr-rr-1"),
    },
  ],
  "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": [
    {
      make: "route53resolver:AssociateResolverRule",
      change: "route53resolver:DisassociateResolverRule",
      read: "route53resolver:GetResolverRuleAssociation ec2:DescribeVpcs",
      // The rule is the hub's.
      arn: (deployment) => {
        const owner = deployment.role === "hub" ? deployment.account : deployment.hubAccount;
        return `arn:aws:route53resolver:${deployment.region}:${owner}:resolver-rule/rslvr-rr-1`;
      },
    },
  ],
};
