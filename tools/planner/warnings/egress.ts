import type { Egress } from "../../../components/settings/egress";
import { text } from "../../model/resource";
import { type ChangeWarning, type StackChange, warning } from "../changes/changes";
import type { PlannedResource } from "../engine/resource";

const SPOKE = "piksel:spoke:Spoke";
const ADDRESS = "aws:ec2/eip:Eip";
const NAT = "aws:ec2/natGateway:NatGateway";
const ROUTE = "aws:ec2/route:Route";

/** "Elastic IP addresses per Region" (Amazon VPC User Guide, "Amazon VPC quotas"). */
const DEFAULT_ADDRESSES = 5;

/** What a switch of a spoke's key `egress` interrupts, and what it needs. */
export function egressWarnings(change: StackChange): ChangeWarning[] {
  const [before, after] = [egressOf(change.resourcesBefore), egressOf(change.resourcesAfter)];
  if (before === undefined || after === undefined || before === after) return [];
  return [...pathWarnings(change, before, after), ...quotaWarnings(change)];
}

/** The path to the internet that the resources of a spoke make; undefined: they are not those of a spoke. */
function egressOf(resources: readonly PlannedResource[]): Egress | undefined {
  if (!resources.some(({ type }) => type === SPOKE)) return undefined;
  const gateways = resources.filter(({ type }) => type === NAT);
  if (gateways.some((nat) => text(nat, "availabilityMode") === "regional")) return "regional";
  if (gateways.length > 0) return "zonal";
  return resources.some((each) => each.type === ROUTE && toInternet(each)) ? "hub" : "none";
}

/** Whether a route leads half of all addresses to the transit gateway. */
function toInternet(route: PlannedResource): boolean {
  return text(route, "destinationCidrBlock").endsWith("/1") && text(route, "transitGatewayId") !== "";
}

const RUNBOOK = "docs/runbooks/change-egress.md";

function pathWarnings({ stack }: StackChange, before: Egress, after: Egress): ChangeWarning[] {
  if (before === "none") {
    return [warning("note", `The private subnets of ${stack} get a path to the internet (egress ${after}).`)];
  }
  const open = "Open connections to the internet break when their route changes";
  if (after === "none") {
    const lost =
      `The private subnets of ${stack} lose their path to the internet. ${open}, and no new ones are possible: pods reach ` +
      `AWS services only by endpoints, and pull only images that the hub's registry already has, and those of add-ons (${RUNBOOK}).`;
    return [warning("interrupted", lost)];
  }
  const moved =
    `The path from the private subnets of ${stack} to the internet changes from ${before} to ${after}. The new routes ` +
    `apply before the old ones are deleted, so new connections always have a path. ${open}, and new ones come from other ` +
    `public addresses, those of the output egressAddresses with regional and hub (${RUNBOOK}).`;
  return [warning("interrupted", moved)];
}

/** Old addresses are released after new ones are allocated, so a switch needs both at once. */
function quotaWarnings({ stack, resourcesBefore, changes }: StackChange): ChangeWarning[] {
  const created = changes.create.filter((name) => name.startsWith(`${ADDRESS}::`));
  const together = resourcesBefore.filter(({ type }) => type === ADDRESS).length + created.length;
  if (created.length === 0 || together <= DEFAULT_ADDRESSES) return [];
  return [
    warning(
      "note",
      `${stack} needs ${String(together)} Elastic IP addresses during the update, old and new ones, and the default quota is ` +
        `${String(DEFAULT_ADDRESSES)} per Region (Amazon VPC User Guide, "Amazon VPC quotas"). Raise the quota first. ` +
        "Without it, pulumi up stops before it changes a route, and continues when it is run again.",
    ),
  ];
}
