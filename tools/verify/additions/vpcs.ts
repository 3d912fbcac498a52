import { items, text, textIn } from "../../model/resource";
import { addition, told, type Find } from "./addition";

const ASSOCIATION = "aws:route53/zoneAssociation:ZoneAssociation";

/**
 * VPCs associated with a hosted zone that no stack associated with it: neither the zone's own stack nor another one. This
 * includes the VPC of a stack without an export, because it cannot be distinguished from an unknown VPC.
 */
export const vpcsOf: Find = (zone, { resources }) => {
  const stack = resources.stackOf(zone);
  const own = resources.ofType("aws:ec2/vpc:Vpc").filter((vpc) => resources.stackOf(vpc) === stack);
  const associations = resources.ofType(ASSOCIATION).filter((each) => text(each, "zoneId") === zone.id);
  const known = [...own.map(({ id }) => id), ...associations.map((each) => text(each, "vpcId"))];
  return items(told(zone), "vpcs")
    .filter((vpc) => !known.includes(textIn(vpc, "vpcId")))
    .map(({ vpcId, vpcRegion }) =>
      addition(
        zone,
        ASSOCIATION,
        { zoneId: zone.id, vpcId, vpcRegion },
        `${String(vpcId)}, which is not in an exported stack`,
      ),
    );
};
