import { ec2, type Grant, inRegion, on, onOurs, type Scope } from "./grants";

/** Actions that associate a VPC with a Resolver rule. */
const ASSOCIATE_RULES = ["route53resolver:AssociateResolverRule", "route53resolver:DisassociateResolverRule"];
const RULE_ASSOCIATION = "aws:route53/resolverRuleAssociation:ResolverRuleAssociation";

/** Grants for the external sites of the hub, and for the Resolver rules of the domains that they resolve. */
export function siteGrants(scope: Scope): readonly Grant[] {
  return [vpnGrant(scope), directConnectGrant(scope), ruleGrant(scope)];
}

/** Grant for VPN connections. AWS creates the attachment to the transit gateway with them. */
function vpnGrant(scope: Scope): Grant {
  return {
    types: ["aws:ec2/customerGateway:CustomerGateway", "aws:ec2/vpnConnection:VpnConnection"],
    statements: [
      on("MakeDevices", ["ec2:CreateCustomerGateway"], ec2(scope, "customer-gateway")),
      on("MakeVpns", ["ec2:CreateVpnConnection"], ec2(scope, "vpn-connection")),
      onOurs(scope, "MakeVpnsOfOurs", ["ec2:CreateVpnConnection"], ec2(scope, "customer-gateway", "transit-gateway")),
      onOurs(
        scope,
        "ChangeVpns",
        [
          "ec2:CreateTags",
          "ec2:DeleteCustomerGateway",
          "ec2:DeleteTags",
          "ec2:DeleteVpnConnection",
          "ec2:ModifyVpnConnection",
          "ec2:ModifyVpnTunnelOptions",
        ],
        ec2(scope, "customer-gateway", "vpn-connection"),
      ),
    ],
  };
}

/** Grant for associations with Direct Connect gateways of the account. They have no tags, and the gateways no name in their ARN. */
function directConnectGrant(scope: Scope): Grant {
  return {
    types: ["aws:directconnect/gatewayAssociation:GatewayAssociation"],
    statements: [
      on(
        "AssociateDirectConnect",
        ["directconnect:CreateDirectConnectGatewayAssociation", "directconnect:DeleteDirectConnectGatewayAssociation"],
        `arn:aws:directconnect::${scope.account}:dx-gateway/*`,
      ),
      // It has no resource-level permissions (Service Authorization Reference, AWS Direct Connect).
      inRegion(scope, "AnnounceByDirectConnect", ["directconnect:UpdateDirectConnectGatewayAssociation"]),
    ],
  };
}

/** Grant for the hub's Resolver rules, and for sharing them. */
function ruleGrant({ account, region }: Scope): Grant {
  return {
    types: ["aws:route53/resolverRule:ResolverRule", RULE_ASSOCIATION],
    statements: [
      on(
        "ForwardDomains",
        [
          ...ASSOCIATE_RULES,
          "route53resolver:CreateResolverRule",
          "route53resolver:DeleteResolverRule",
          "route53resolver:PutResolverRulePolicy",
          "route53resolver:TagResource",
          "route53resolver:UntagResource",
          "route53resolver:UpdateResolverRule",
        ],
        `arn:aws:route53resolver:${region}:${account}:resolver-rule/*`,
      ),
    ],
  };
}

/** Grant for associating a spoke's VPC with the hub's Resolver rules. */
export function spokeRuleGrant({ region }: Scope, hubAccount: string): Grant {
  return {
    types: [RULE_ASSOCIATION],
    statements: [
      // The hub shares the rules; their ids are not known here.
      on("FollowRules", ASSOCIATE_RULES, `arn:aws:route53resolver:${region}:${hubAccount}:resolver-rule/*`),
    ],
  };
}
