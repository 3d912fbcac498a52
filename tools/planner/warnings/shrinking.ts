import { text } from "../../report/view/resources";
import { listed } from "../../report/view/words";
import { nameOf, warning, type ChangeWarning, type StackChange } from "./warning";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const ADDRESS = "aws:ec2/eip:Eip";
const NAT = "aws:ec2/natGateway:NatGateway";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const SPOKE_ROLES = "piksel:hub:SpokeRoles";

/** What taking an AZ, NAT gateways or a spoke away loses. */
export function shrinking(change: StackChange): ChangeWarning[] {
  return [...leavingZones(change), ...addresses(change), ...spokes(change)];
}

function leavingZones(change: StackChange): ChangeWarning[] {
  if (change.gone(VPC).length > 0) return [];
  const subnets = change.deleted(SUBNET);
  const staying = new Set(
    change.resourcesAfter.filter(({ type }) => type === SUBNET).map((subnet) => text(subnet, "availabilityZone")),
  );
  const zones = [...new Set(subnets.map((subnet) => text(subnet, "availabilityZone")))].filter(
    (az) => !staying.has(az),
  );
  if (zones.length === 0) return [];
  const groups = change.deleted(NODE_GROUP);
  const drained =
    groups.length === 0 ? "" : ` EKS drains and deletes the nodes of ${listed(groups.map(({ name }) => name))}.`;
  return [
    warning(
      "lost",
      `${change.stack} leaves ${listed(zones)}.${drained} A pod that uses an EBS volume there cannot start in another AZ. ` +
        "AWS refuses to delete a subnet that still has network interfaces (Amazon EC2 API Reference, DeleteSubnet): first " +
        `move Karpenter's nodes, load balancers and everything else out of ${listed(subnets.map(({ name }) => name))}.`,
      [...subnets, ...groups],
    ),
  ];
}

function addresses(change: StackChange): ChangeWarning[] {
  const released = change.gone(ADDRESS);
  const gateways = change.gone(NAT);
  return [
    ...(released.length === 0
      ? []
      : [
          warning(
            "lost",
            `The Elastic IP ${released.length === 1 ? "address" : "addresses"} ${listed(released.map(nameOf))} ` +
              `${released.length === 1 ? "is" : "are"} released and cannot be relied on to come back (Amazon VPC User ` +
              'Guide, "Elastic IP addresses"). Whoever allows traffic from there must allow the remaining addresses first.',
            released,
          ),
        ]),
    ...(gateways.length === 0
      ? []
      : [
          warning(
            "interrupted",
            `Connections through the NAT ${gateways.length === 1 ? "gateway" : "gateways"} ` +
              `${listed(gateways.map(nameOf))} are closed.`,
            gateways,
          ),
        ]),
  ];
}

/** Spokes that the hub no longer knows. */
function spokes(change: StackChange): ChangeWarning[] {
  return change.deleted(SPOKE_ROLES).map((roles) => {
    const spoke = roles.name.slice(`${change.stack}-spoke-`.length);
    return warning(
      "lost",
      `The hub deletes the roles that the stack ${spoke} assumes in its account: without them ${spoke} can be neither ` +
        `updated nor destroyed. If ${spoke} is deployed, destroy it first: see docs/runbooks/remove-a-spoke.md.`,
      [roles],
    );
  });
}
