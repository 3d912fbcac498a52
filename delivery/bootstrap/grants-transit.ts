import { defaultTagsAlone, ec2, inRegion, on, onOurs, type Grant, type Scope } from "./grants";

/** What the transit gateway takes, and its route tables. */
export function transitGrant(scope: Scope): Grant {
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
      // A destroy gives the gateway its first table back as the default one. AWS made that table, without a tag.
      on("ChooseDefaultTables", ["ec2:ModifyTransitGateway"], ec2(scope, "transit-gateway-route-table")),
      // Routes of our tables lead to the attachments of spokes, whose tags are their own account's.
      on("RouteToSpokes", ["ec2:CreateTransitGatewayRoute"], ec2(scope, "transit-gateway-attachment")),
    ],
  };
}

/**
 * What sharing the gateway takes. A share is told by its name: any share can be given our tag, since no condition of
 * ram:TagResource tells which one is tagged (Service Authorization Reference, AWS RAM), so the tag decides nothing.
 */
export function shareGrant(scope: Scope): Grant {
  const { stack, region } = scope;
  const regional = { "aws:RequestedRegion": region };
  const gatewaysAlone = { StringEqualsIfExists: { "ram:RequestedResourceType": "ec2:TransitGateway" } };
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
          ...gatewaysAlone,
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
          ...gatewaysAlone,
          StringEquals: { ...regional, "ram:ResourceShareName": `${stack}-transit-gateway` },
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
