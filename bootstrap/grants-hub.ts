import { inRegion, on, onOurs, type Grant, type Scope } from "./grants";
import { imageGrants } from "./grants-images";
import { logArchiveGrants } from "./grants-log-archive";
import { networkGrants } from "./grants-network";
import { roleGrant, serviceLinkedRoleGrant } from "./grants-roles";
import { PREFIX } from "../components/tags";

/** What the hub takes: a network, and what all networks share. */
export function hubGrants(scope: Scope): readonly Grant[] {
  return [
    ...networkGrants(scope),
    roleGrant(scope, [`${PREFIX}-spoke-access`, `${scope.stack}-*`]),
    ...transit(scope),
    ...names(scope),
    ...imageGrants(scope),
    ...logArchiveGrants(scope),
    serviceLinkedRoleGrant([
      "pullthroughcache.ecr.amazonaws.com",
      "route53resolver.amazonaws.com",
      "transitgateway.amazonaws.com",
    ]),
  ];
}

function transit(scope: Scope): readonly Grant[] {
  return [
    {
      types: [
        "aws:ec2transitgateway/defaultRouteTableAssociation:DefaultRouteTableAssociation",
        "aws:ec2transitgateway/defaultRouteTablePropagation:DefaultRouteTablePropagation",
        "aws:ec2transitgateway/route:Route",
        "aws:ec2transitgateway/routeTable:RouteTable",
        "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
        "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
        "aws:ec2transitgateway/transitGateway:TransitGateway",
      ],
      statements: [
        inRegion(scope, "MakeTransitGateway", ["ec2:CreateTransitGateway", "ec2:CreateTransitGatewayRouteTable"]),
        onOurs(scope, "ChangeTransitGateway", [
          "ec2:AssociateTransitGatewayRouteTable",
          "ec2:CreateTransitGatewayRoute",
          "ec2:DeleteTransitGateway",
          "ec2:DeleteTransitGatewayRoute",
          "ec2:DeleteTransitGatewayRouteTable",
          "ec2:DisableTransitGatewayRouteTablePropagation",
          "ec2:DisassociateTransitGatewayRouteTable",
          "ec2:EnableTransitGatewayRouteTablePropagation",
          "ec2:ModifyTransitGateway",
        ]),
      ],
    },
    {
      types: [
        "aws:ram/principalAssociation:PrincipalAssociation",
        "aws:ram/resourceAssociation:ResourceAssociation",
        "aws:ram/resourceShare:ResourceShare",
      ],
      statements: [
        inRegion(scope, "MakeShares", ["ram:CreateResourceShare", "ram:TagResource"]),
        onOurs(scope, "ChangeShares", [
          "ram:AssociateResourceShare",
          "ram:DeleteResourceShare",
          "ram:DisassociateResourceShare",
          "ram:UntagResource",
          "ram:UpdateResourceShare",
        ]),
      ],
    },
  ];
}

function names(scope: Scope): readonly Grant[] {
  return [
    {
      types: ["aws:route53/record:Record", "aws:route53/zone:Zone"],
      statements: [
        on(
          "HostZones",
          [
            "route53:AssociateVPCWithHostedZone",
            "route53:ChangeResourceRecordSets",
            "route53:ChangeTagsForResource",
            "route53:CreateHostedZone",
            "route53:DeleteHostedZone",
            "route53:DisassociateVPCFromHostedZone",
            "route53:UpdateHostedZoneComment",
          ],
          // Route 53 has no region, and a zone no name in its ARN.
          "*",
        ),
      ],
    },
    {
      types: [
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:route53/resolverEndpoint:ResolverEndpoint",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      ],
      statements: [
        inRegion(scope, "MakeResolver", [
          // Asked of the group and of the rule, which has no tag before it is made.
          "ec2:AuthorizeSecurityGroupIngress",
          "ec2:CreateNetworkInterface",
          "ec2:CreateSecurityGroup",
          // Of the resolver's own interfaces, which it does not tag.
          "ec2:DeleteNetworkInterface",
          "ec2:ModifyNetworkInterfaceAttribute",
          "route53resolver:AssociateResolverEndpointIpAddress",
          "route53resolver:CreateResolverEndpoint",
          "route53resolver:DeleteResolverEndpoint",
          "route53resolver:DisassociateResolverEndpointIpAddress",
          "route53resolver:UpdateResolverEndpoint",
        ]),
        onOurs(scope, "ChangeGroups", ["ec2:DeleteSecurityGroup", "ec2:ModifySecurityGroupRules"]),
      ],
    },
  ];
}
