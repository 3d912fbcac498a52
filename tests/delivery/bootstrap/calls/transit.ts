import { UNTAGGED, type CallsByType } from "./calls";

/** For what joins the networks. */
export const TRANSIT_CALLS: CallsByType = {
  "aws:ec2transitgateway/defaultRouteTableAssociation:DefaultRouteTableAssociation": [
    { make: "ec2:ModifyTransitGateway", read: "ec2:DescribeTransitGateways" },
    // Review A4: a destroy puts the gateway's first table back, which AWS made.
    { change: "ec2:ModifyTransitGateway", tags: { "transit-gateway-route-table": UNTAGGED } },
  ],
  "aws:ec2transitgateway/defaultRouteTablePropagation:DefaultRouteTablePropagation": [
    { make: "ec2:ModifyTransitGateway", read: "ec2:DescribeTransitGateways" },
    // Review A4: a destroy puts the gateway's first table back, which AWS made.
    { change: "ec2:ModifyTransitGateway", tags: { "transit-gateway-route-table": UNTAGGED } },
  ],
  "aws:ec2transitgateway/route:Route": [
    {
      change: "ec2:CreateTransitGatewayRoute ec2:DeleteTransitGatewayRoute",
      read: "ec2:SearchTransitGatewayRoutes",
    },
    // To the attachment of a spoke, whose tags are its own account's.
    { make: "ec2:CreateTransitGatewayRoute", tags: { "transit-gateway-attachment": UNTAGGED } },
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
    // Of the attachment of a spoke, which is looked up first: connections.
    {
      change: "ec2:AssociateTransitGatewayRouteTable ec2:DisassociateTransitGatewayRouteTable",
      read: "ec2:DescribeTransitGatewayAttachments",
      tags: { "transit-gateway-attachment": UNTAGGED },
    },
  ],
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": [
    {
      change: "ec2:EnableTransitGatewayRouteTablePropagation ec2:DisableTransitGatewayRouteTablePropagation",
      read: "ec2:GetTransitGatewayRouteTablePropagations",
    },
    // Of the attachment of a spoke: connections.
    {
      change: "ec2:EnableTransitGatewayRouteTablePropagation ec2:DisableTransitGatewayRouteTablePropagation",
      tags: { "transit-gateway-attachment": UNTAGGED },
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
      read:
        "ec2:DescribeTransitGatewayVpcAttachments ec2:DescribeTransitGateways " +
        "ec2:GetTransitGatewayRouteTableAssociations ec2:GetTransitGatewayRouteTablePropagations",
    },
    // To the gateway of the hub, from a spoke.
    { make: "ec2:CreateTransitGatewayVpcAttachment", tags: { "transit-gateway": UNTAGGED } },
  ],
};
