import { items, type ModelResource, text, textIn, texts } from "../resource";
import type { Resources } from "./resources";

export interface NatGateway {
  readonly id: string;
  readonly name: string;
  /** VPC of its subnet, or of the regional one. */
  readonly vpcId: string;
  /** Its subnet; empty for a regional NAT gateway. */
  readonly subnetId: string;
  /** AZs in which a regional NAT gateway has addresses, and which it serves; undefined for a zonal one. */
  readonly zones: readonly string[] | undefined;
  /** Whether it has an Elastic IP address. */
  readonly isPublic: boolean;
  /** Private addresses that it sends from, if the inputs set them; empty: any address of its subnet. */
  readonly addresses: readonly string[];
}

/** The NAT gateways of all stacks, by id. */
export function readNatGateways(resources: Resources): ReadonlyMap<string, NatGateway> {
  return new Map(resources.ofType("aws:ec2/natGateway:NatGateway").map((nat) => [nat.id, natGateway(nat, resources)]));
}

/** Whether a NAT gateway is regional: without a subnet, for the AZs in which it has addresses. */
export function isRegional(nat: ModelResource): boolean {
  return text(nat, "availabilityMode") === "regional";
}

/** Allocation ids of the Elastic IP addresses of a NAT gateway. */
export function allocationsOf(nat: ModelResource): readonly string[] {
  const regional = items(nat, "availabilityZoneAddresses").flatMap((inputs) => texts({ inputs }, "allocationIds"));
  return [text(nat, "allocationId"), ...texts(nat, "secondaryAllocationIds"), ...regional].filter((id) => id !== "");
}

function natGateway(nat: ModelResource, resources: Resources): NatGateway {
  const subnet = resources.byId(text(nat, "subnetId"));
  const regional = items(nat, "availabilityZoneAddresses").filter(
    (inputs) => texts({ inputs }, "allocationIds").length > 0,
  );
  const zones = isRegional(nat) ? regional.map((each) => textIn(each, "availabilityZone")) : undefined;
  const vpcId = zones === undefined && subnet !== undefined ? text(subnet, "vpcId") : text(nat, "vpcId");
  const isPublic = text(nat, "connectivityType") !== "private" && allocationsOf(nat).length > 0;
  const [first, more] = [text(nat, "privateIp"), texts(nat, "secondaryPrivateIpAddresses")];
  // AWS chooses a private address for each further Elastic IP address, or as many as the count says.
  const chosen = Number(nat.inputs["secondaryPrivateIpAddressCount"] ?? texts(nat, "secondaryAllocationIds").length);
  const addresses = first === "" || chosen > more.length ? [] : [first, ...more];
  return { id: nat.id, name: nat.name, vpcId, subnetId: text(nat, "subnetId"), zones, isPublic, addresses };
}
