import {
  access,
  assigned,
  derived,
  elsewhere,
  encryption,
  handling,
  reach,
  spoken,
  table,
  type LiveTable,
} from "./rule";

const MODULE = "aws:ec2transitgateway";

/** Transit gateways and their share. Defaults: Amazon EC2 API Reference, TransitGatewayRequestOptions and
 * CreateTransitGatewayVpcAttachmentRequestOptions; AWS RAM API Reference. */
export const TRANSIT_TABLES: Readonly<Record<string, LiveTable>> = {
  [`${MODULE}/transitGateway:TransitGateway`]: table({
    amazonSideAsn: reach(64512),
    associationDefaultRouteTableId: elsewhere("reach"),
    autoAcceptSharedAttachments: access("disable"),
    defaultRouteTableAssociation: reach("enable"),
    defaultRouteTablePropagation: reach("enable"),
    description: spoken,
    dnsSupport: reach("enable"),
    encryptionSupport: encryption("disable"),
    multicastSupport: reach("disable"),
    ownerId: assigned,
    propagationDefaultRouteTableId: elsewhere("reach"),
    securityGroupReferencingSupport: reach("disable"),
    transitGatewayCidrBlocks: reach(),
    vpnEcmpSupport: reach("enable"),
  }),
  [`${MODULE}/vpcAttachment:VpcAttachment`]: table({
    applianceModeSupport: reach("disable"),
    dnsSupport: reach("enable"),
    ipv6Support: reach("disable"),
    securityGroupReferencingSupport: reach("enable"),
    subnetIds: reach(),
    transitGatewayDefaultRouteTableAssociation: reach(true),
    transitGatewayDefaultRouteTablePropagation: reach(true),
    transitGatewayId: reach(),
    vpcId: reach(),
    vpcOwnerId: derived,
  }),
  [`${MODULE}/routeTable:RouteTable`]: table({
    // The gateway says which of its tables are its defaults, and is compared.
    defaultAssociationRouteTable: derived,
    defaultPropagationRouteTable: derived,
    transitGatewayId: reach(),
  }),
  [`${MODULE}/route:Route`]: table({
    blackhole: reach(),
    destinationCidrBlock: reach(),
    transitGatewayAttachmentId: reach(),
    transitGatewayRouteTableId: reach(),
  }),
  [`${MODULE}/routeTableAssociation:RouteTableAssociation`]: table({
    replaceExistingAssociation: handling(),
    resourceId: derived,
    resourceType: reach("vpc"),
    transitGatewayAttachmentId: reach(),
    transitGatewayRouteTableId: reach(),
  }),
  [`${MODULE}/routeTablePropagation:RouteTablePropagation`]: table({
    resourceId: derived,
    resourceType: reach("vpc"),
    transitGatewayAttachmentId: reach(),
    transitGatewayRouteTableId: reach(),
  }),
  [`${MODULE}/defaultRouteTableAssociation:DefaultRouteTableAssociation`]: table({
    originalDefaultRouteTableId: assigned,
    transitGatewayId: reach(),
    transitGatewayRouteTableId: reach(),
  }),
  [`${MODULE}/defaultRouteTablePropagation:DefaultRouteTablePropagation`]: table({
    originalDefaultRouteTableId: assigned,
    transitGatewayId: reach(),
    transitGatewayRouteTableId: reach(),
  }),
  "aws:ram/resourceShare:ResourceShare": table({
    allowExternalPrincipals: access(),
    name: spoken,
    permissionArns: { ...access(), isDefault: areDefaultPermissions },
    resourceShareConfiguration: access(),
  }),
  "aws:ram/resourceAssociation:ResourceAssociation": table({ resourceArn: access(), resourceShareArn: access() }),
  "aws:ram/principalAssociation:PrincipalAssociation": table({ principal: access(), resourceShareArn: access() }),
};

/** RAM gives every share the default permission of what is shared (AWS RAM User Guide, "AWS RAM permissions"). */
function areDefaultPermissions(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((arn) => /^arn:aws[\w-]*:ram::aws:permission\/AWSRAMDefaultPermission/.test(String(arn)))
  );
}
