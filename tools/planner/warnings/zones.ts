import { isZoneId } from "../../../components/facts/aws-regions";
import { listed } from "../../io/words";
import { text } from "../../model/resource";
import { type ChangeWarning, nameOf, type StackChange, warning } from "../changes/changes";

const SUBNET = "aws:ec2/subnet:Subnet";

/** Subnets that move to another AZ, or may do so: a plan does not know the names of AZ IDs. */
export function zoneWarnings(change: StackChange): ChangeWarning[] {
  const moves = change.replaced(SUBNET).flatMap((subnet) => {
    const after = change.successor(subnet);
    const [from, to] = [text(subnet, "availabilityZone"), after === undefined ? "" : text(after, "availabilityZone")];
    return to === "" || from === to ? [] : [{ subnet, from, to }];
  });
  const [first] = moves;
  if (first === undefined) return [];
  const subnets = moves.map(({ subnet }) => subnet);
  const pairs = [...new Set(moves.map(({ from, to }) => `${from} → ${to}`))].join(", ");
  const sentence =
    isZoneId(first.from) === isZoneId(first.to)
      ? `AWS cannot move a subnet to another AZ (${pairs}): ${listed(subnets.map(nameOf))} are deleted with everything in them ` +
        "and created again. Restore availability-zones; only append to it."
      : `The AZs of ${change.stack} change between names and AZ IDs (${pairs}), and only its account knows which belong ` +
        "together: this plan shows every subnet as replaced. If the AZs are the same in the same order, pulumi preview " +
        "shows no change. If not, it shows replaced subnets, and pulumi up would delete what is in them: correct the order.";
  return [warning("lost", sentence, subnets)];
}
