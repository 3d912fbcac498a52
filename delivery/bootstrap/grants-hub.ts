import { eventsTopicName, formerHubRoleName, hubRoleNames } from "../../components/names";
import {
  defaultTagsAlone,
  ec2,
  type Grant,
  guardGrant,
  inRegion,
  on,
  onOurs,
  roleGrant,
  ruleGrant,
  type Scope,
  serviceLinkedRoleGrant,
} from "./grants";
import { alarmGrants } from "./grants-alarms";
import { firewallGrant } from "./grants-firewall";
import { imageGrants, logArchiveGrants } from "./grants-data";
import { natGatewayGrant, networkGrants, ownGroupGrants } from "./grants-network";
import { siteGrants } from "./grants-sites";

/** Options of the hub's grants. */
export interface HubOptions {
  /** Whether the role may create and change the bucket of the log archive. */
  readonly archiveChanges: boolean;
}

/** Grants for the hub: its network, and what all networks share. */
export function hubGrants(scope: Scope, { archiveChanges }: HubOptions): readonly Grant[] {
  const { stack, account, region, prefix } = scope;
  return [
    ...networkGrants(scope),
    roleGrant(scope, [...Object.values(hubRoleNames(prefix, "*")), `${stack}-*`]),
    formerRole(scope),
    transitGrant(scope),
    shareGrant(scope),
    ...siteGrants(scope),
    natGatewayGrant(scope),
    firewallGrant(scope),
    ...names(scope),
    ...ownGroupGrants(scope, [`${stack}-resolver`, `${stack}-endpoint`, `${stack}-outbound`]),
    ...imageGrants(scope),
    ...logArchiveGrants(scope, archiveChanges),
    ruleGrant(scope, "KeepRules", [`${stack}-transit-events`]),
    ...alarmGrants(scope, [`arn:aws:sns:${region}:${account}:${eventsTopicName(prefix)}`]),
    guardGrant(scope),
    serviceLinkedRoleGrant([
      "network-firewall.amazonaws.com",
      "pullthroughcache.ecr.amazonaws.com",
      "route53resolver.amazonaws.com",
      "transitgateway.amazonaws.com",
    ]),
  ];
}

/** The single role for all spokes of release 0.1.0. An update deletes it, with or without a boundary. */
function formerRole({ account, prefix }: Scope): Grant {
  return {
    types: [],
    statements: [
      on(
        "DeleteFormerRole",
        ["iam:DeleteRole", "iam:DeleteRolePolicy"],
        `arn:aws:iam::${account}:role/${formerHubRoleName(prefix)}`,
      ),
    ],
  };
}

function names(scope: Scope): readonly Grant[] {
  const { account, region } = scope;
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
          // Route 53 has no Region, the ARN of a hosted zone does not contain its name, and no condition key has its
          // tags.
          "*",
        ),
      ],
    },
    {
      types: ["aws:route53/resolverEndpoint:ResolverEndpoint"],
      statements: [
        on(
          "KeepResolver",
          [
            "route53resolver:AssociateResolverEndpointIpAddress",
            "route53resolver:CreateResolverEndpoint",
            "route53resolver:DeleteResolverEndpoint",
            "route53resolver:DisassociateResolverEndpointIpAddress",
            "route53resolver:TagResource",
            "route53resolver:UntagResource",
            "route53resolver:UpdateResolverEndpoint",
          ],
          `arn:aws:route53resolver:${region}:${account}:resolver-endpoint/*`,
        ),
        // Route 53 Resolver does not tag its network interfaces. They may be only in subnets of this program.
        on(
          "KeepResolverInterfaces",
          ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"],
          ec2(scope, "network-interface"),
        ),
        onOurs(
          scope,
          "PlaceResolverInterfaces",
          ["ec2:CreateNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"],
          ec2(scope, "subnet"),
        ),
      ],
    },
  ];
}

/** Grant for the transit gateway and its route tables. */
function transitGrant(scope: Scope): Grant {
  return {
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
      on("MakeTransitGateway", ["ec2:CreateTransitGateway"], ec2(scope, "transit-gateway")),
      on("MakeTransitTables", ["ec2:CreateTransitGatewayRouteTable"], ec2(scope, "transit-gateway-route-table")),
      onOurs(scope, "ChangeTransitGateway", [
        "ec2:AssociateTransitGatewayRouteTable",
        "ec2:CreateTransitGatewayRoute",
        "ec2:CreateTransitGatewayRouteTable",
        "ec2:DeleteTransitGateway",
        "ec2:DeleteTransitGatewayRoute",
        "ec2:DeleteTransitGatewayRouteTable",
        "ec2:DisableTransitGatewayRouteTablePropagation",
        "ec2:DisassociateTransitGatewayRouteTable",
        "ec2:EnableTransitGatewayRouteTablePropagation",
        "ec2:ModifyTransitGateway",
      ]),
      // A destroy restores the gateway's first route table as the default. AWS created that table, without a tag.
      on("ChooseDefaultTables", ["ec2:ModifyTransitGateway"], ec2(scope, "transit-gateway-route-table")),
      // Routes and connections name attachments of spokes, whose tags only the spoke's account sees. The route table in the
      // same call must have our tag.
      on(
        "RouteToSpokes",
        [
          "ec2:AssociateTransitGatewayRouteTable",
          "ec2:CreateTransitGatewayRoute",
          "ec2:DisableTransitGatewayRouteTablePropagation",
          "ec2:DisassociateTransitGatewayRouteTable",
          "ec2:EnableTransitGatewayRouteTablePropagation",
        ],
        ec2(scope, "transit-gateway-attachment"),
      ),
    ],
  };
}

/**
 * Grant for sharing the gateway and Resolver rules. A share is identified by its name, not by our tag: no condition of ram:TagResource
 * restricts which share is tagged (Service Authorization Reference, AWS RAM), so any share could get the tag.
 */
function shareGrant(scope: Scope): Grant {
  const { stack, region } = scope;
  const regional = { "aws:RequestedRegion": region };
  const ourKindsAlone = {
    StringEqualsIfExists: { "ram:RequestedResourceType": ["ec2:TransitGateway", "route53resolver:ResolverRule"] },
  };
  return {
    types: [
      "aws:ram/principalAssociation:PrincipalAssociation",
      "aws:ram/resourceAssociation:ResourceAssociation",
      "aws:ram/resourceShare:ResourceShare",
    ],
    statements: [
      {
        ...inRegion(scope, "MakeShares", ["ram:CreateResourceShare"]),
        Condition: {
          ...ourKindsAlone,
          StringEquals: regional,
          Bool: { "ram:RequestedAllowsExternalPrincipals": "false" },
        },
      },
      {
        ...inRegion(scope, "ChangeShares", [
          "ram:AssociateResourceShare",
          "ram:DeleteResourceShare",
          "ram:DisassociateResourceShare",
          "ram:UpdateResourceShare",
        ]),
        Condition: {
          ...ourKindsAlone,
          StringEquals: {
            ...regional,
            "ram:ResourceShareName": [`${stack}-transit-gateway`, `${stack}-resolver-rules`],
          },
          BoolIfExists: { "ram:RequestedAllowsExternalPrincipals": "false" },
        },
      },
      {
        ...inRegion(scope, "TagShares", ["ram:TagResource", "ram:UntagResource"]),
        Condition: { ...defaultTagsAlone(scope), StringEquals: regional },
      },
    ],
  };
}
