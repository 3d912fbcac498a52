import { items, text, textIn } from "../../model/resource";
import { addition, told, type Find } from "./addition";

const ASSOCIATION = "aws:route53/zoneAssociation:ZoneAssociation";

/**
 * VPCs that read a hosted zone and that no stack has associated with it: neither the zone's own stack, which makes it
 * with its VPC, nor another one by an association. The VPC of a stack whose export is missing is among them, since
 * nothing tells it from a stranger's.
 */
export const vpcsOf: Find = (zone, { resources }) => {
  const stack = resources.stackOf(zone);
  const own = resources.ofType("aws:ec2/vpc:Vpc").filter((vpc) => resources.stackOf(vpc) === stack);
  const associations = resources.ofType(ASSOCIATION).filter((each) => text(each, "zoneId") === zone.id);
  const known = [...own.map(({ id }) => id), ...associations.map((each) => text(each, "vpcId"))];
  return items(told(zone), "vpcs")
    .filter((vpc) => !known.includes(textIn(vpc, "vpcId")))
    .map(({ vpcId, vpcRegion }) =>
      addition(zone, ASSOCIATION, { zoneId: zone.id, vpcId, vpcRegion }, `${String(vpcId)}, of no exported stack`),
    );
};
