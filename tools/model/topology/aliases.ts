import { attribute, text, type ModelResource } from "../resource";

type OfType = (type: string) => readonly ModelResource[];

/**
 * Further ids of what AWS makes by itself, each with the id that the model uses. A plan has a symbol for every attribute
 * that leads there, and one for the resource that adopts it; what runs has one id.
 *
 * The main route table is the one that AWS made with the VPC, which both `mainRouteTableId` and `defaultRouteTableId`
 * name until another one is made the main one (Amazon VPC User Guide, "Subnet route tables"). A transit gateway has one
 * default table for associations and propagations until another one is made the default (Amazon VPC Transit Gateways,
 * "Transit gateway route tables in AWS Transit Gateway").
 */
export function aliases(ofType: OfType): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const vpc of ofType("aws:ec2/vpc:Vpc")) {
    if (vpc.outputs === undefined) found.set(attribute(vpc, "mainRouteTableId"), attribute(vpc, "defaultRouteTableId"));
    const group = ofType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").find(
      (each) => text(each, "vpcId") === vpc.id,
    );
    if (group !== undefined) found.set(group.id, attribute(vpc, "defaultSecurityGroupId"));
  }
  for (const gateway of ofType("aws:ec2transitgateway/transitGateway:TransitGateway")) {
    if (gateway.outputs !== undefined) continue;
    const own = attribute(gateway, "defaultRouteTableId");
    found.set(attribute(gateway, "associationDefaultRouteTableId"), own);
    found.set(attribute(gateway, "propagationDefaultRouteTableId"), own);
  }
  const adopt = (type: string, property: string): void => {
    for (const each of ofType(type)) {
      const adopted = text(each, property);
      if (adopted !== "") found.set(each.id, found.get(adopted) ?? adopted);
    }
  };
  adopt("aws:ec2/defaultRouteTable:DefaultRouteTable", "defaultRouteTableId");
  adopt("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "defaultNetworkAclId");
  return found;
}
